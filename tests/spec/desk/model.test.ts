/** The Desk and KV against a model: any sequence of newsroom actions, faults, evictions and time. */
import { env } from "cloudflare:workers";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { readArchivePage } from "../../../src/store/archive-page.ts";
import { readSitemap } from "../../../src/store/sitemap.ts";
import { readSite } from "../../../src/store/directory.ts";
import { readEdition } from "../../../src/store/edition.ts";
import { readArticleOrTombstone, readWindow } from "../../../src/store/records.ts";
import { clear } from "../../support/clear.ts";
import { type Fault, faults } from "../../support/faulty-kv.ts";
import {
  breaking,
  correct,
  emptyModel,
  evict,
  expire,
  hasPage,
  isInFeeds,
  type Model,
  pass,
  publishNow,
  read,
  reinstate,
  release,
  SECOND,
  upload,
  withdrawing,
} from "../../support/model.ts";
import { at, settle } from "../../support/newsroom.ts";
import { sized } from "../../support/size.ts";
import { layout, startAnotherIsolate } from "../../support/worker.ts";

// Ahead of the real clock: the platform's own alarms don't interfere with those that a command runs.
const START = Date.parse("2031-11-20T12:00:00Z");
const SECTIONS = ["politics", "events", "country"];
const IDS = ["a", "b", "c", "d", "e", "f"];
const ITEMS_PER_FEED = 3;
// Seconds: an embargo that ends while the newsroom works, and one that outlives every run.
const EMBARGO = 20;
const LONG_EMBARGO = 100_000;

/** The headlines and corrections of a feed according to the model, newest first. */
function expectedWindow(model: Model, section: string | undefined): unknown[] {
  return [...model.articles]
    .filter(([, article]) => isInFeeds(article))
    .filter(([, { sections }]) => section === undefined || sections.includes(section))
    .toSorted(([a, one], [b, other]) => other.published - one.published || (a > b ? -1 : 1))
    .slice(0, ITEMS_PER_FEED)
    .map(([, { headline, correction }]) => [headline, correction]);
}

async function checkWindows(model: Model): Promise<void> {
  for (const section of [undefined, ...SECTIONS]) {
    const key = section === undefined ? "window:all" : `window:section:${section}`;
    const { articles, withdrawn } = readWindow((await env.ARTICLES.get(key)) ?? undefined, key);
    const shown = articles.map(({ headline, correction }) => [headline, correction]);
    expect([key, shown]).toEqual([key, expectedWindow(model, section)]);
    expect(withdrawn.filter(({ id }) => model.articles.get(id)?.isWithdrawn !== true)).toEqual([]);
  }
}

function inOrder(a: string, b: string): number {
  return a.localeCompare(b);
}

/** Every article that is in its feeds stands on exactly one archive page of each, under the edition of its record. */
async function checkPages(model: Model): Promise<void> {
  const known = await env.ARTICLES.list({ prefix: "page:" });
  const stands = await Promise.all(
    known.keys.map(async ({ name }) => {
      const { articles } = readArchivePage((await env.ARTICLES.get(name)) ?? "", name);
      return articles.map(({ id, sequence }) => `${name.replace(/:\d+$/, "")} ${id} ${sequence}`);
    }),
  );
  const expected = await Promise.all(
    [...model.articles]
      .filter(([, article]) => isInFeeds(article))
      .map(async ([id, { sections }]) => {
        const { metadata } = await env.ARTICLES.getWithMetadata(`article:${id}`);
        const feeds = ["page:all", ...sections.map((section) => `page:section:${section}`)];
        return feeds.map((feed) => `${feed} ${id} ${readEdition(metadata)?.sequence}`);
      }),
  );
  expect(stands.flat().toSorted(inOrder)).toEqual(expected.flat().toSorted(inOrder));
}

/** The sitemap lists every article that is in its feeds. */
async function checkSitemap(model: Model): Promise<void> {
  const listed = readSitemap((await env.ARTICLES.get("sitemap:1")) ?? "{}", "sitemap:1").map(({ id }) => id);
  const expected = [...model.articles].filter(([, article]) => isInFeeds(article)).map(([id]) => id);
  expect(listed.toSorted(inOrder)).toEqual(expected.toSorted(inOrder));
}

async function checkRecords(model: Model): Promise<void> {
  for (const [id, article] of model.articles) {
    const text = await env.ARTICLES.get(`article:${id}`);
    const record = text === null ? undefined : readArticleOrTombstone(text, id);
    const isGone = article.wasPublic && article.isWithdrawn;
    const { headline, correction } = article;
    const page = { headline, correction, status: isInFeeds(article) ? "published" : "expired" };
    expect({
      id,
      isTombstone: record !== undefined && "withdrawn" in record,
      page:
        record !== undefined && "headline" in record
          ? { headline: record.headline, correction: record.correction, status: record.status }
          : undefined,
    }).toEqual({ id, isTombstone: isGone, page: hasPage(article) ? page : undefined });
  }
}

async function checkSite(model: Model): Promise<void> {
  const record = readSite((await env.ARTICLES.get("site")) ?? undefined);
  for (const section of SECTIONS) {
    const times = [...model.articles.values()]
      .filter((article) => isInFeeds(article) && article.sections.includes(section))
      .map(({ published }) => published);
    const { count, newest } = record.sections.find(({ id }) => id === section) ?? {};
    expect([section, count ?? 0, newest]).toEqual([
      section,
      times.length,
      times.length === 0 ? undefined : Math.max(...times),
    ]);
  }
}

const id = fc.constantFrom(...IDS);
const sections = fc.subarray(SECTIONS, { minLength: 1 });
const fault = fc.constantFrom<Fault>("none", "fails", "answers-429", "succeeds-but-reports-failure");
const past = fc.integer({ min: -100, max: 0 });
const soon = fc.integer({ min: 1, max: EMBARGO });
const path = fc.constantFrom(
  "/",
  "/feed.json",
  "/sections/politics/rss.xml",
  "/sections/events/atom.xml",
  "/sections/country",
  ...IDS.map((known) => `/articles/${known}`),
);

const commands = fc.commands<Model, null, boolean>(
  [
    fc.tuple(id, sections, past, fc.constant(false)).map((given) => upload(...given)),
    fc.tuple(id, sections, soon, fc.constant(false)).map((given) => upload(...given)),
    fc.tuple(id, sections, fc.constant(LONG_EMBARGO), fc.constant(false)).map((given) => upload(...given)),
    fc.tuple(id, sections, fc.oneof(past, soon), fc.constant(true)).map((given) => upload(...given)),
    id.map(publishNow),
    fc.tuple(id, fc.oneof(soon, fc.constant(LONG_EMBARGO))).map((given) => expire(...given)),
    id.map(correct),
    id.map(withdrawing),
    id.map(reinstate),
    fc.tuple(fc.integer({ min: 0, max: 10 }), fc.boolean()).map((given) => pass(...given)),
    fc.array(fault, { minLength: 1, maxLength: 12 }).map(breaking),
    fc.constant(evict),
    path.map(read),
    path.map(read),
  ],
  { maxCommands: 40 },
);

test("under any actions of the newsroom and any faults of KV readers never see a hidden article, and in the end see every public one", async () => {
  vi.spyOn(console, "error").mockReturnValue();
  await fc.assert(
    fc.asyncProperty(commands, async (sequence) => {
      await clear();
      faults.reset();
      startAnotherIsolate();
      layout.itemsPerFeed = ITEMS_PER_FEED;
      at(START);
      const model = emptyModel();
      await fc.asyncModelRun(() => ({ model, real: null }), sequence);
      faults.onWrite = () => "none";
      vi.setSystemTime(Date.now() + EMBARGO * SECOND);
      await settle();
      release(model);
      await checkWindows(model);
      await checkPages(model);
      await checkSitemap(model);
      await checkRecords(model);
      await checkSite(model);
    }),
    { numRuns: sized(12, 150) },
  );
}, 120_000);
