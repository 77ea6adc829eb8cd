import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, test } from "vitest";
import type { StandingFeed } from "../../../src/article/site.ts";
import { change, tick } from "../../../src/desk/commands/change.ts";
import { copyFeeds, copyRevisions } from "../../../src/desk/commands/copy.ts";
import { Delivery } from "../../../src/desk/publication/delivery.ts";
import { Backfill } from "../../../src/desk/commands/backfill.ts";
import { publish as publishDraft } from "../../../src/desk/commands/publish.ts";
import type { Action, WriteRequest } from "../../../src/desk/messages.ts";
import { sized } from "../../support/size.ts";
import { createLedger } from "../../../src/desk/ledger/ledger.ts";
import { StaleKeys } from "../../../src/desk/ledger/stale-keys.ts";
import { RIGHTS } from "../../../src/desk/principal.ts";
import { Projection } from "../../../src/desk/publication/projection.ts";
import { counted, explain } from "../../support/counted-sql.ts";
import { desk } from "../../support/newsroom.ts";

const NOON = Date.parse("2026-11-04T12:00:00Z");
const MINUTE = 60_000;
const DRAFT = {
  sections: [{ id: "politics", title: "Politics" }],
  html: "<p>Cars crossed the bridge at noon.</p>",
  text: "Cars crossed the bridge at noon.",
  authors: [{ name: "Ada Marlow" }],
  tags: ["Harbour"],
  language: "en",
  attachments: [],
};
const WRITE_REQUEST: WriteRequest = {
  actor: { name: "EDITOR_TOKEN", rights: RIGHTS },
  preconditions: {},
  isDryRun: false,
};

// Each has ten articles on its newest archive page, which is the first of a sitemap.
const SMALL = 1010;
const LARGE = sized(2010, 3010);

/** The ledger on the real SQLite, its commands and its delivery, without a scheduler that would set an alarm. */
function newsroom(storage: DurableObjectStorage) {
  const database = counted(storage.sql);
  const ledger = createLedger(database.sql, { url: "https://news.example", itemsPerFeed: 50, feeds: [] });
  const delivery = new Delivery(env.ARTICLES, ledger, new Projection(ledger, "epoch"));
  const publish = (number: number) => {
    const published = NOON + number * MINUTE;
    const draft = { ...DRAFT, headline: `Story ${number}`, published };
    const submission = { draft, isDraft: false, isSilent: false, authority: "courier.example" };
    const stale = new StaleKeys(ledger, "urgent", published);
    return publishDraft(ledger, stale, submission, `digest ${number}`, WRITE_REQUEST, published);
  };
  const fill = (from: number, to: number): void => {
    storage.transactionSync(() => {
      for (let number = from; number < to; number++) publish(number);
    });
  };
  const forget = (): void => {
    storage.sql.exec("DELETE FROM outbox");
  };
  const act = (id: string, action: Action, now: number) =>
    change(ledger, new StaleKeys(ledger, "urgent", now), id, action, WRITE_REQUEST, now);
  return { ...database, ledger, delivery, publish, act, fill, forget };
}

type Newsroom = ReturnType<typeof newsroom>;

/** The number of rows that some work reads in a small ledger, and in a large one. */
function atTwoSizes(
  work: (room: Newsroom, size: number, storage: DurableObjectStorage) => unknown,
): Promise<[small: number, large: number]> {
  return runInDurableObject(desk(), async (_instance, { storage }) => {
    const room = newsroom(storage);
    const measure = async (from: number, to: number): Promise<number> => {
      room.fill(from, to);
      room.forget();
      room.rowsRead();
      await work(room, to, storage);
      return room.rowsRead();
    };
    return [await measure(0, SMALL), await measure(SMALL + 1, LARGE)];
  });
}

beforeEach(async () => {
  await desk().tokens();
});

describe("a large ledger reads as few rows as a small one", { timeout: 60_000 }, () => {
  test("for a publication, a correction and a look at the clock", async () => {
    const [small, large] = await atTwoSizes(({ ledger, act, publish }, size) => {
      publish(size);
      const now = NOON + size * MINUTE;
      act("2026-11-04-story-1", { kind: "correct", correction: `At ${size}.` }, now);
      ledger.articles.due(now, 100);
      ledger.articles.nextDue();
      ledger.outbox.next();
      ledger.outbox.due("urgent", "few", now, 60);
      ledger.outbox.due("urgent", "many", now, 60);
    });
    expect(small).toBeGreaterThan(0);
    expect(large).toBeLessThan(small * 1.2);
  });

  test("for a publication's delivery, with every feed and archive page that it changes", async () => {
    const [small, large] = await atTwoSizes(async ({ delivery, publish, ledger, rowsRead }, size) => {
      const outcome = publish(size);
      rowsRead();
      while ((await delivery.deliverNext(0)) !== undefined);
      ledger.outbox.prune(Infinity);
      expect(outcome.ok).toBe(true);
    });
    expect(small).toBeGreaterThan(0);
    expect(large).toBeLessThan(small * 1.2);
  });

  test("for a step of the backfill", async () => {
    const feed: StandingFeed = {
      id: "harbour",
      title: "Harbour",
      all: [],
      any: [],
      none: [],
      tags: ["harbour"],
    };
    const [small, large] = await atTwoSizes(({ sql, ledger }, size, storage) => {
      const backfill = new Backfill(
        sql,
        createLedger(sql, { url: "https://news.example", itemsPerFeed: 50, feeds: [feed] }),
        [feed],
      );
      storage.sql.exec("DELETE FROM filing");
      expect(ledger.articles.find("2026-11-04-story-1")).toBeDefined();
      storage.transactionSync(() => backfill.step(NOON + size * MINUTE));
    });
    expect(small).toBeGreaterThan(0);
    expect(large).toBeLessThan(small * 1.2);
  });

  test("for each article of an export, with its feeds and archive pages", async () => {
    const [small, large] = await atTwoSizes(({ ledger }, size) => {
      const now = NOON + size * MINUTE;
      for (let part = copyFeeds(ledger, undefined, now); part.length > 0;)
        part = copyFeeds(ledger, part.at(-1)?.end, now);
      for (let page = copyRevisions(ledger, undefined); page.length > 0;)
        page = copyRevisions(ledger, page.at(-1));
    });
    expect(small).toBeGreaterThan(0);
    expect(large / LARGE).toBeLessThan((small / SMALL) * 1.2);
  });
});

test("the delivery of a publication reads no record but that of its article, in whichever windows it stands", async () => {
  const reads = await runInDurableObject(desk(), async (_instance, { storage }) => {
    const { publish, fill, delivery, ledger, executions } = newsroom(storage);
    const deliver = async (): Promise<number> => {
      executions();
      while ((await delivery.deliverNext(0)) !== undefined);
      ledger.outbox.prune(Infinity);
      return [...executions()]
        .filter(([statement]) => statement.startsWith("SELECT record FROM revision"))
        .reduce((sum, [, count]) => sum + count, 0);
    };
    fill(0, 60);
    await deliver();
    publish(60);
    return deliver();
  });
  // For the article's own key, and for the windows of the site, a section, an author and a tag.
  expect(reads).toBe(2);
});

test("a step of a sweep reads as few rows beside a large backlog as beside a small one", async () => {
  const [small, large] = await runInDurableObject(desk(), async (_instance, { storage }) => {
    const { ledger, delivery, fill, forget, rowsRead } = newsroom(storage);
    fill(0, SMALL);
    forget();
    const measure = async (from: number, to: number): Promise<number> => {
      storage.transactionSync(() => {
        for (let number = from; number < to; number++) {
          ledger.outbox.add(`article:old-${number}`, "backlog", NOON);
          ledger.outbox.add(`window:tag:old-${number}`, "backlog", NOON);
          ledger.feeds.open(`tag:old-${number}`, "");
        }
      });
      ledger.outbox.add("article:2026-11-04-story-1", "urgent", NOON);
      rowsRead();
      ledger.articles.due(NOON, 100);
      ledger.articles.nextDue();
      ledger.outbox.next();
      await delivery.deliverNext(0);
      await delivery.deliverNext(0);
      ledger.outbox.prune(Infinity);
      return rowsRead();
    };
    return [await measure(0, 500), await measure(500, sized(1500, 10_000))];
  });
  expect(small).toBeGreaterThan(0);
  expect(large).toBeLessThan((small ?? 0) * 1.2);
});

test("a publication without pictures costs nothing for them, and one with a picture a few rows", async () => {
  const ID = "a".repeat(64);
  const [none, before, after] = await runInDurableObject(desk(), (_instance, { storage }) => {
    const { ledger, publish, act, rowsRead, rowsWritten, executions } = newsroom(storage);
    const media = {
      id: ID,
      type: "image/gif",
      width: 9,
      height: 9,
      length: 9,
      sizes: [],
      created: 0,
    } as const;
    ledger.media.store({ ...media, sizes: [] }, true);
    const cost = (work: () => unknown): number => {
      rowsRead();
      rowsWritten();
      work();
      return rowsRead() + rowsWritten();
    };
    publish(1);
    executions();
    publish(2);
    const statements = [...executions().keys()].filter((statement) => statement.includes("media"));
    let corrections = 0;
    const correct = (): unknown =>
      act("2026-11-04-story-2", { kind: "correct", correction: `At ${(corrections += 1)}.` }, NOON);
    correct();
    const plain = cost(correct);
    act("2026-11-04-story-2", { kind: "picture", image: { media: ID }, isSilent: true }, NOON);
    return [statements, plain, cost(correct)] as const;
  });
  expect(none).toEqual([]);
  expect(after - before).toBeLessThan(5);
});

// The tables that grow with the newsroom. Each other table has a few rows.
const LARGE_TABLES = [
  "article",
  "entry",
  "revision",
  "outbox",
  "audit",
  "feed",
  "page",
  "tombstone",
  "repeat",
];

/** Statements that may go through a whole table, and why. */
const SCANS: Record<string, string> = {
  "SELECT id FROM feed ORDER BY id": "an export names every feed",
  "SELECT id FROM article LIMIT 1": "it ends at the first row",
};

test("no statement of an editor's change, the clock, a delivery, a backfill or an export scans a table", async () => {
  const scans = await runInDurableObject(desk(), async (_instance, { storage }) => {
    const { sql, ledger, act, delivery, publish, statements } = newsroom(storage);
    const id = "2026-11-04-story-1";
    for (const number of [1, 2, 3]) publish(number);
    act(id, { kind: "correct", correction: "In the second paragraph." }, NOON);
    act(id, { kind: "expire", expires: NOON + 9 * MINUTE }, NOON);
    for (const row of ledger.articles.due(NOON + 10 * MINUTE, 100)) tick(ledger, row, NOON + 10 * MINUTE);
    act(id, { kind: "withdraw", reason: undefined }, NOON);
    act(id, { kind: "reinstate" }, NOON);
    ledger.articles.nextDue();
    while ((await delivery.deliverNext(0)) !== undefined);
    ledger.outbox.prune(Infinity);
    ledger.outbox.next();
    const backfill = new Backfill(sql, ledger, []);
    backfill.start(NOON);
    for (backfill.step(NOON); backfill.isOpen();) backfill.step(NOON);
    copyRevisions(ledger, copyRevisions(ledger, undefined).at(-1));
    copyFeeds(ledger, copyFeeds(ledger, undefined, NOON).at(-1)?.end, NOON);
    ledger.articles.list({ published: NOON, id }, 10, undefined);
    ledger.articles.list({ published: NOON, id }, 10, "scheduled");
    const table = new RegExp(`^SCAN (?:${LARGE_TABLES.join("|")})\\b`);
    return statements()
      .filter((statement) => !(statement in SCANS))
      .map((statement) => [statement, explain(storage.sql, statement).filter((step) => table.test(step))])
      .filter(([, steps]) => steps !== undefined && steps.length > 0);
  });
  expect(scans).toEqual([]);
});
