/** The rows that a copy reads in the ledger: as many for an article of a large newsroom as of a small one. */
import { runInDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import { adoptFeed } from "../../../src/desk/commands/copied-feed.ts";
import {
  copyFeeds,
  copyRevisions,
  type FeedPart,
  type StoredRevision,
} from "../../../src/desk/commands/copy.ts";
import { sized } from "../../support/size.ts";
import { createLedger } from "../../../src/desk/ledger/ledger.ts";
import { StaleKeys } from "../../../src/desk/ledger/stale-keys.ts";
import { RIGHTS } from "../../../src/desk/principal.ts";
import { restoreRevision } from "../../../src/desk/commands/copied-revision.ts";
import { anArticle } from "../../support/stories/article.ts";
import { counted } from "../../support/counted-sql.ts";
import { desk } from "../../support/newsroom.ts";

const NOON = Date.parse("2026-11-04T12:00:00Z");
const MINUTE = 60_000;
const ACTOR = { name: "EDITOR_TOKEN", rights: RIGHTS };
// Few, so that a feed's pages come in several parts.
const ON_A_PAGE = 10;
const [SMALL, LARGE] = [500, sized(1000, 4000)];

/** All parts of something that is copied part by part, the rows that they read, and the most rows that one of them read. */
function copyAll<Part>(copyNext: (last: Part | undefined) => Part[], rowsRead: () => number) {
  const all: Part[] = [];
  let rows = 0;
  let most = 0;
  for (;;) {
    const parts = copyNext(all.at(-1));
    const read = rowsRead();
    rows += read;
    most = Math.max(most, read);
    if (parts.length === 0) return { all, rows, most };
    all.push(...parts);
  }
}

test("an export, and the import of its feeds, read as many rows for an article in a large ledger as in a small one", async () => {
  await desk().tokens();
  const [small, large] = await runInDurableObject(desk(), (_instance, { storage }) => {
    const { sql, rowsRead } = counted(storage.sql);
    const ledger = createLedger(sql, { url: "https://news.example", itemsPerFeed: 50, feeds: [] });
    const measure = (from: number, to: number) => {
      for (let number = from; number < to; number++) {
        const published = NOON + number * MINUTE;
        const id = `story-${number}`;
        const article = anArticle({ id, guid: `urn:${id}`, published, updated: published });
        const page = 1 + Math.floor(number / ON_A_PAGE);
        const places = { all: page, "section:politics": page };
        const stale = new StaleKeys(ledger, "backlog", published);
        restoreRevision(ledger, stale, { article, isPast: false, places }, ACTOR, published);
      }
      rowsRead();
      const revisions = copyAll<StoredRevision>((last) => copyRevisions(ledger, last), rowsRead);
      const feeds = copyAll<FeedPart>((last) => copyFeeds(ledger, last?.end, NOON), rowsRead);
      for (const { head } of feeds.all) {
        const pages = feeds.all.filter(({ end }) => end.feed === head?.id).flatMap((part) => part.pages);
        if (head !== undefined) adoptFeed(ledger, { ...head, pages }, NOON);
      }
      expect(revisions.all.length).toBe(to);
      expect(feeds.all.flatMap(({ pages }) => pages).length).toBe(2 * (to / ON_A_PAGE));
      const each = [revisions.rows, feeds.rows, rowsRead()].map((rows) => rows / to);
      return { each, most: feeds.most, parts: feeds.all.length };
    };
    return [measure(0, SMALL), measure(SMALL, LARGE)];
  });
  for (const [index, rows] of (large?.each ?? []).entries()) {
    expect(rows).toBeGreaterThan(0);
    expect(rows).toBeLessThan((small?.each[index] ?? 0) * 1.2);
  }
  // A part has at most 200 pages and feeds, of some fifty rows each in two tables; two feeds come in more than two parts.
  expect(large?.most).toBeLessThan(20_000);
  expect(large?.parts).toBeGreaterThan(2);
}, 120_000);
