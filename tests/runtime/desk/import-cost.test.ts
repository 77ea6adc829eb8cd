/** The statements that an import executes: as many for an article of a large newsroom as of a small one, and few of them. */
import { runInDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import { type ImportItem, importItem } from "../../../src/desk/commands/import-item.ts";
import { createLedger } from "../../../src/desk/ledger/ledger.ts";
import { StaleKeys } from "../../../src/desk/ledger/stale-keys.ts";
import type { WriteRequest } from "../../../src/desk/messages.ts";
import { RIGHTS } from "../../../src/desk/principal.ts";
import { counted } from "../../support/counted-sql.ts";
import { desk } from "../../support/newsroom.ts";
import { sized } from "../../support/size.ts";

const NOON = Date.parse("2026-11-04T12:00:00Z");
const MINUTE = 60_000;
const REQUEST: WriteRequest = {
  actor: { name: "EDITOR_TOKEN", rights: RIGHTS },
  preconditions: {},
  isDryRun: false,
};
// Lines of a transaction, each in one of so many sections.
const STEP = 20;
const SECTIONS = 10;
// What the article, its revision, its audit row and its key take, and its two feeds. The keys of a step are shared.
const MOST = 26;
const [SMALL, LARGE] = [500, sized(1000, 5000)];

function line(number: number, section: number, published: number): ImportItem {
  const name = `Desk${section}`;
  const text = `Report ${number}: ${Array.from({ length: 9 }, (_, word) => number * 10 + word).join(" ")}.`;
  const draft = {
    sections: [{ id: name.toLowerCase(), title: name }],
    headline: `Story ${number}`,
    html: `<p>${text}</p>`,
    text,
    authors: [],
    tags: [],
    language: "en",
    attachments: [],
    published,
  };
  const id = `story-${number}`;
  const authority = "courier.example";
  return { kind: "upload", submission: { draft, id, isDraft: false, isSilent: false, authority } };
}

function dailyNews(number: number): ImportItem {
  return line(number, number % SECTIONS, NOON - number * MINUTE);
}

function ofOneTime(number: number): ImportItem {
  return line(number, 1, NOON);
}

/** A ledger into which lines are imported step by step, as the Desk does. */
function importer(storage: DurableObjectStorage) {
  const database = counted(storage.sql);
  const ledger = createLedger(database.sql, { url: "https://news.example", itemsPerFeed: 50, feeds: [] });
  const bring = (from: number, to: number, make: (number: number) => ImportItem): void => {
    for (let start = from; start < to; start += STEP) {
      storage.transactionSync(() => {
        const stale = new StaleKeys(ledger, "backlog", NOON);
        for (let number = start; number < start + STEP; number++) {
          const imported = importItem(ledger, stale, make(number), `digest ${number}`, REQUEST, NOON);
          expect(imported.ok).toBe(true);
        }
      });
    }
  };
  return { ...database, bring };
}

test("an import executes few statements for an article, and no more of them in a large ledger", async () => {
  await desk().tokens();
  const measured = await runInDurableObject(desk(), (_instance, { storage }) => {
    const { bring, executions, rowsRead, statements } = importer(storage);
    const measure = (from: number, to: number) => {
      bring(from, to - STEP, dailyNews);
      executions();
      rowsRead();
      bring(to - STEP, to, dailyNews);
      const executed = executions()
        .values()
        .reduce((sum, times) => sum + times, 0);
      return { executed: executed / STEP, rows: rowsRead() / STEP };
    };
    return { small: measure(0, SMALL), large: measure(SMALL, LARGE), statements: statements() };
  });
  expect(measured.small.executed).toBeLessThan(MOST);
  expect(measured.large.executed).toBeLessThan(measured.small.executed * 1.1);
  expect(measured.large.rows).toBeLessThan(measured.small.rows * 1.2);
  // SQLite plans such a statement anew for each binding.
  expect(measured.statements.filter((statement) => /LIMIT \?/.test(statement))).toEqual([]);
});

test("an import compares an article with at most two others of its time, however many there are", async () => {
  await desk().tokens();
  const records = await runInDurableObject(desk(), (_instance, { storage }) => {
    const { bring, executions } = importer(storage);
    bring(0, 10 * STEP, ofOneTime);
    executions();
    bring(10 * STEP, 11 * STEP, ofOneTime);
    return [...executions()]
      .filter(([statement]) => statement.startsWith("SELECT record FROM revision"))
      .reduce((sum, [, times]) => sum + times, 0);
  });
  expect(records).toBe(2 * STEP);
});
