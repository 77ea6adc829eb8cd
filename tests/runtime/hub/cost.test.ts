/** The rows that the hub reads for what strangers can make many of. */
import { runInDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import { createTables } from "../../../src/hub/tables/tables.ts";
import { counted, explain } from "../../support/counted-sql.ts";
import { hub } from "../../support/hub.ts";

const NOW = Date.parse("2031-11-24T12:00:00Z");
const LIMIT = 6;

/** Adds requests that wait, as many with each number of attempts: half of them are due. */
function fill(sql: SqlStorage, count: number): void {
  for (let number = 0; number < count; number++)
    sql.exec(
      `INSERT INTO intent (mode, topic, sent_topic, callback, host, source, lease, created, attempts, due)
       VALUES ('subscribe', 't', 't', ?, 'reader.example.org', 's', 0, 0, ?, ?)`,
      `https://reader.example.org/${crypto.randomUUID()}`,
      number % 3,
      NOW + (number % 2 === 0 ? -1 : 1),
    );
}

test("the verifications to begin are found by an index, however many requests wait", async () => {
  const [small, large, steps] = await runInDurableObject(hub(), (_instance, { storage }) => {
    const { sql, rowsRead, statements } = counted(storage.sql);
    const { intents } = createTables(sql);
    const measure = (count: number): number => {
      fill(storage.sql, count);
      rowsRead();
      expect(intents.begin(NOW, LIMIT, NOW + 1)).toHaveLength(LIMIT);
      intents.next();
      return rowsRead();
    };
    const reads = [measure(60), measure(1000)];
    return [...reads, statements().flatMap((statement) => explain(storage.sql, statement))] as const;
  });
  expect(large).toBeLessThanOrEqual(Number(small));
  expect(steps).not.toContainEqual(expect.stringMatching(/^SCAN intent$|TEMP B-TREE/));
});
