/** Storage of revisions in the ledger: the present one as text, past ones deflated, and all of them read back whole. */
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { beforeEach, expect, test } from "vitest";
import { exported, importBody } from "../../support/stories/copies.ts";
import { act, at, desk, edit, put, settle, shown, sweep, withdraw } from "../../support/newsroom.ts";
import { clear } from "../../support/clear.ts";
import { wire } from "../../support/stories/wire.ts";

const WORDS =
  "the harbour bridge that ministers promised for years was opened on a windy morning while engineers still measured how far the eastern pier had moved since spring and ferries kept their old timetable".split(
    " ",
  );

/** Prose of about the given number of characters, with its words in another order each time. */
function prose(length: number, seed: number): string {
  let text = "";
  for (let index = seed; text.length < length; index++)
    text += `${WORDS[(index * index + index * seed) % WORDS.length]}${index % 17 === 0 ? ` ${index}.\n\n` : " "}`;
  return text.trim();
}

type Row = { revision: number; type: string; bytes: number };

async function stored(id: string): Promise<Row[]> {
  return runInDurableObject(desk(), (_instance, { storage }) =>
    storage.sql
      .exec<Row>(
        `SELECT revision, typeof(record) AS type, sum(length(CAST(record AS BLOB))) AS bytes FROM revision
         WHERE article = ? GROUP BY revision, type ORDER BY revision`,
        id,
      )
      .toArray(),
  );
}

async function revise(id: string, length: number): Promise<void> {
  for (let seed = 1; seed <= 3; seed++) await put(id, wire({ body: prose(length, seed) }));
}

beforeEach(() => {
  at(Date.parse("2031-11-24T12:00:00Z"));
});

test.each([4000, 40_000, 180_000])(
  "a past revision of %s characters takes under half of its bytes",
  async (length) => {
    await revise("bridge", length);
    const rows = await stored("bridge");
    expect(rows.map(({ revision, type }) => [revision, type])).toEqual([
      [1, "blob"],
      [2, "blob"],
      [3, "text"],
    ]);
    const [past, , present] = rows;
    expect(past?.bytes).toBeLessThan((present?.bytes ?? 0) / 2);
  },
);

test("a past revision is read, restored and exported as it was, and comes back from a copy", async () => {
  await revise("bridge", 4000);
  const first = prose(4000, 1).slice(0, 60);
  const revision = await (await edit("GET", "/api/articles/bridge/revisions/1")).json<{ text: string }>();
  expect(revision.text.slice(0, 60)).toBe(first);
  await withdraw("bridge");
  expect((await act("bridge", "reinstate")).status).toBe(200);
  expect((await act("bridge", "revisions/1/restore")).status).toBe(200);
  expect((await shown("bridge")).text.slice(0, 60)).toBe(first);
  const copy = await exported();
  expect(copy.split("\n").filter((line) => line.includes('"revision"'))).toHaveLength(6);
  await settle();
  await clear();
  await importBody(copy);
  await settle();
  expect(await exported()).toBe(copy);
});

test("past revisions that an earlier release kept as text are deflated in the background", async () => {
  await revise("bridge", 4000);
  const before = await exported();
  await runInDurableObject(desk(), (_instance, { storage: { sql } }) => {
    const { record } = sql
      .exec<{ record: string }>("SELECT record FROM revision WHERE article = 'bridge' AND revision = 3")
      .one();
    const text = JSON.stringify({ ...JSON.parse(record), revision: 1, headline: "As text" });
    sql.exec("UPDATE revision SET record = ? WHERE revision = 1", text);
    sql.exec("UPDATE ledger SET version = 3");
  });
  await evictDurableObject(desk());
  await sweep();
  expect((await stored("bridge")).map(({ type }) => type)).toEqual(["blob", "blob", "text"]);
  const revision = await edit("GET", "/api/articles/bridge/revisions/1");
  expect(await revision.json()).toMatchObject({ headline: "As text" });
  expect((await exported()).split("\n").length).toBe(before.split("\n").length);
});
