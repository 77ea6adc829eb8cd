/** The Desk and KV against a model: any sequence of newsroom actions, faults, evictions and time. */
import { evictAllDurableObjects, reset, runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { readArticleOrTombstone, readSite, readWindow } from "../../src/store/records.ts";
import { type Fault, faults } from "../support/faulty-kv.ts";
import { desk, get, put, settle, wire, withdraw } from "../support/newsroom.ts";
import { limits, startAnotherIsolate } from "../support/worker.ts";

const START = Date.parse("2026-11-20T12:00:00Z");
const SECTIONS = ["politics", "events", "country"];
const IDS = ["a", "b", "c", "d", "e", "f"];
const ITEMS_PER_FEED = 3;
const SECOND = 1000;
// Seconds: one that ends while the newsroom works, and one that no run sees the end of.
const EMBARGO = 20;
const LONG_EMBARGO = 100_000;

type Version = { headline: string; sections: string[]; published: number };

/** What the newsroom did so far, and so what readers may see. */
type Model = {
  articles: Map<string, Version & { isWithdrawn: boolean; wasPublic: boolean }>;
  /** Every version that was ever accepted, by its headline, which no other version has. */
  accepted: Map<string, Version>;
};

type Command = fc.AsyncCommand<Model, null, boolean>;

const HEADLINE = /Headline \d+\./g;

function command(name: string, run: (model: Model) => Promise<void>): Command {
  return { check: () => true, run, toString: () => name };
}

/** @param offset seconds from now to the dateline: an embargo when positive */
function publish(id: string, sections: string[], offset: number): Command {
  return command(`publish(${id}, ${sections.join("+")}, ${offset}s)`, async (model) => {
    const headline = `Headline ${model.accepted.size + 1}.`;
    const published = Math.floor(Date.now() / SECOND) * SECOND + offset * SECOND;
    const before = model.articles.get(id);
    const version = { headline, sections, published };
    if (before?.isWithdrawn !== true) {
      model.accepted.set(headline, version);
      const wasPublic = (before?.wasPublic ?? false) || published <= Date.now();
      model.articles.set(id, { ...version, isWithdrawn: false, wasPublic });
    }
    const time = new Date(published).toISOString();
    const response = await put(id, wire({ headline, sections: sections.join(" "), time }));
    const revised = before?.isWithdrawn ? 410 : 200;
    expect(response.status).toBe(before === undefined ? 201 : revised);
  });
}

function withdrawing(id: string): Command {
  return command(`withdraw(${id})`, async (model) => {
    const article = model.articles.get(id);
    const { status } = await withdraw(id);
    expect(status).toBe(article === undefined ? 404 : 200);
    if (article !== undefined) article.isWithdrawn = true;
  });
}

function pass(seconds: number, isAlarmRun: boolean): Command {
  return command(`pass(${seconds}s${isAlarmRun ? ", alarm" : ""})`, async (model) => {
    vi.setSystemTime(Date.now() + seconds * SECOND);
    if (!isAlarmRun) return;
    await runDurableObjectAlarm(desk());
    release(model);
  });
}

/** @param coming what happens to the next writes, one after the other; then all go through */
function breaking(coming: Fault[]): Command {
  return command(`break(${coming.join(", ")})`, () => {
    const left = [...coming];
    faults.onWrite = () => left.shift() ?? "none";
    return Promise.resolve();
  });
}

/** Reads what readers read: nothing may be there that was never accepted, or whose time has not come. */
function read(path: string): Command {
  return command(`read(${path})`, async (model) => {
    const body = await (await get(path)).text();
    const forbidden = (body.match(HEADLINE) ?? []).filter((headline) => {
      const version = model.accepted.get(headline);
      return version === undefined || version.published > Date.now();
    });
    expect(forbidden).toEqual([]);
  });
}

const evict: Command = {
  check: ({ articles }) => articles.size > 0,
  run: () => evictAllDurableObjects(),
  toString: () => "evict()",
};

function isShown({ isWithdrawn, published }: { isWithdrawn: boolean; published: number }): boolean {
  return !isWithdrawn && published <= Date.now();
}

function release(model: Model): void {
  for (const article of model.articles.values()) if (isShown(article)) article.wasPublic = true;
}

/** The headlines of a feed by the model, newest first. */
function expectedWindow(model: Model, section: string | undefined): string[] {
  return [...model.articles]
    .filter(([, article]) => isShown(article))
    .filter(([, { sections }]) => section === undefined || sections.includes(section))
    .toSorted(([a, one], [b, other]) => other.published - one.published || (a > b ? -1 : 1))
    .slice(0, ITEMS_PER_FEED)
    .map(([, { headline }]) => headline);
}

async function checkWindows(model: Model): Promise<void> {
  for (const section of [undefined, ...SECTIONS]) {
    const key = section === undefined ? "window:all" : `window:section:${section}`;
    const window = readWindow((await env.ARTICLES.get(key)) ?? undefined, key);
    const headlines = window.articles.map(({ headline }) => headline);
    expect([key, headlines]).toEqual([key, expectedWindow(model, section)]);
  }
}

async function checkRecords(model: Model): Promise<void> {
  for (const [id, article] of model.articles) {
    const text = await env.ARTICLES.get(`article:${id}`);
    const record = text === null ? undefined : readArticleOrTombstone(text, id);
    const isGone = article.wasPublic && article.isWithdrawn;
    expect({
      id,
      isThere: record !== undefined,
      isTombstone: record !== undefined && "withdrawn" in record,
      headline: record !== undefined && "headline" in record ? record.headline : undefined,
    }).toEqual({
      id,
      isThere: isGone || isShown(article),
      isTombstone: isGone,
      headline: isShown(article) ? article.headline : undefined,
    });
  }
}

async function checkSite(model: Model): Promise<void> {
  const record = readSite((await env.ARTICLES.get("site")) ?? undefined);
  for (const section of SECTIONS) {
    const times = [...model.articles.values()]
      .filter((article) => isShown(article) && article.sections.includes(section))
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
    fc.tuple(id, sections, fc.integer({ min: -100, max: 0 })).map((given) => publish(...given)),
    fc.tuple(id, sections, fc.integer({ min: 1, max: EMBARGO })).map((given) => publish(...given)),
    fc.tuple(id, sections, fc.constant(LONG_EMBARGO)).map((given) => publish(...given)),
    id.map(withdrawing),
    fc.tuple(fc.integer({ min: 0, max: 10 }), fc.boolean()).map((given) => pass(...given)),
    fc.array(fault, { minLength: 1, maxLength: 12 }).map(breaking),
    fc.constant(evict),
    path.map(read),
    path.map(read),
  ],
  { maxCommands: 40 },
);

test("whatever the newsroom does and however KV fails, readers never see what they must not, and in the end all they must", async () => {
  vi.spyOn(console, "error").mockReturnValue();
  await fc.assert(
    fc.asyncProperty(commands, async (sequence) => {
      await reset();
      faults.reset();
      startAnotherIsolate();
      limits.itemsPerFeed = ITEMS_PER_FEED;
      vi.useFakeTimers({ toFake: ["Date"], now: START });
      const model: Model = { articles: new Map(), accepted: new Map() };
      await fc.asyncModelRun(() => ({ model, real: null }), sequence);
      faults.onWrite = () => "none";
      vi.setSystemTime(Date.now() + EMBARGO * SECOND);
      await settle();
      release(model);
      await checkWindows(model);
      await checkRecords(model);
      await checkSite(model);
    }),
    { seed: 20_261_123, numRuns: 150 },
  );
}, 60_000);
