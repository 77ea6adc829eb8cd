import { runInDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import { Actions } from "../../src/desk/actions.ts";
import { Book } from "../../src/desk/book.ts";
import { Newsdesk } from "../../src/desk/newsdesk.ts";
import type { Order } from "../../src/desk/outcome.ts";
import { partsOf } from "../../src/desk/parts.ts";
import { RIGHTS } from "../../src/desk/principal.ts";
import { desk } from "../support/newsroom.ts";

const NOON = Date.parse("2026-11-04T12:00:00Z");
const MINUTE = 60_000;
const DRAFT = {
  sections: [{ id: "politics", title: "Politics" }],
  html: "<p>Cars crossed the bridge at noon.</p>",
  text: "Cars crossed the bridge at noon.",
  authors: [],
  tags: [],
  language: "en",
  attachments: [],
};
const ORDER: Order = { actor: { name: "EDITOR_TOKEN", rights: RIGHTS }, expectation: {}, isRehearsal: false };

/** The real SQLite, and how many rows its statements have read since the last question. */
function counting(sql: SqlStorage): { sql: SqlStorage; rowsRead: () => number } {
  const cursors: { rowsRead: number }[] = [];
  const counted = new Proxy(sql, {
    get(target, property) {
      if (property !== "exec") return Reflect.get(target, property);
      return (...statement: Parameters<SqlStorage["exec"]>) => {
        const cursor = target.exec(...statement);
        cursors.push(cursor);
        return cursor;
      };
    },
  });
  return { sql: counted, rowsRead: () => cursors.splice(0).reduce((sum, { rowsRead }) => sum + rowsRead, 0) };
}

test("a publication, a correction and a look at the clock read as few rows in a large ledger as in a small one", async () => {
  await desk().tokens();
  const [small, large] = await runInDurableObject(desk(), (_instance, { storage }) => {
    const { sql, rowsRead } = counting(storage.sql);
    const parts = partsOf(sql, { itemsPerFeed: 50, feeds: [] });
    const book = new Book(parts);
    const newsdesk = new Newsdesk(parts, book);
    const actions = new Actions(parts, book);
    const publish = (number: number): void => {
      const published = NOON + number * MINUTE;
      const draft = { ...DRAFT, headline: `Story ${number}`, published };
      const submission = { draft, isDraft: false, isSilent: false, authority: "courier.example" };
      newsdesk.publish(submission, `digest ${number}`, ORDER, published);
    };
    const measure = (from: number, to: number): number => {
      for (let number = from; number < to; number++) publish(number);
      parts.outbox.prune(Infinity);
      rowsRead();
      publish(to);
      const now = NOON + to * MINUTE;
      actions.act("2026-11-04-story-1", { kind: "correct", correction: `At ${to}.` }, ORDER, now);
      parts.ledger.due(now, 100);
      parts.ledger.nextDue();
      parts.outbox.next();
      parts.outbox.due(now, 60);
      return rowsRead();
    };
    return [measure(0, 200), measure(201, 2500)];
  });
  expect(small).toBeGreaterThan(0);
  expect(large).toBeLessThan((small ?? 0) * 1.2);
});
