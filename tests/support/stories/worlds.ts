/** Two newsrooms that do the same in public, one of which also does hidden work: everything that readers can ask for in each. */
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { clear } from "../clear.ts";
import { faults } from "../faulty-kv.ts";
import { at, desk, edit, get, put, settle } from "../newsroom.ts";
import { storedFeeds } from "../reading/public.ts";
import { layout, startAnotherIsolate } from "../worker.ts";

export const START = Date.parse("2031-11-24T12:00:00Z");
/** The time between two steps, in milliseconds. */
export const STEP = 600_000;

/** A public act of both newsrooms, and the hidden acts of one before it, which change nothing for readers. */
export type Step = { hidden: readonly Act[]; shown: Act };
export type Act = { name: string; run: () => Promise<unknown> };

const TOPICS = ["ghost", "politics", "lantern-news", "nowhere"];
const FILES = ["", "/rss.xml", "/atom.xml", "/feed.json", "/feed", "/msn.xml", "/archive/1/atom.xml"];
const PATHS = [
  ...["", "/feeds/ghosts", "/sections/events+politics", "/sections/ghost+politics"].flatMap(addressesIn),
  ...["sections", "authors", "tags"].flatMap((kind) => TOPICS.flatMap((id) => addressesIn(`/${kind}/${id}`))),
  "/feeds",
  "/feeds.opml",
  "/.well-known/feeds",
  "/robots.txt",
  "/news-sitemap.xml",
  "/sitemap.xml",
  "/sitemap-pages.xml",
  "/sitemap-1.xml",
  "/sitemap-2.xml",
  "/articles/nothing",
];

function addressesIn(home: string): string[] {
  return FILES.map((file) => `${home}${file}` || "/");
}

/**
 * Runs steps in an installation of its own, on a clock that is stopped at the same instants in each.
 * @param ids of articles whose pages are asked for
 * @returns every response, without the ledger's epoch; and the keys that hidden acts wrote
 */
export async function live(
  steps: readonly Step[],
  hasHiddenLife: boolean,
  ids: readonly string[],
): Promise<{ answers: unknown[]; written: string[] }> {
  await clear();
  faults.reset();
  layout.itemsPerFeed = 3;
  layout.feeds = [{ id: "ghosts", title: "Lights", all: [], any: ["ghost"], none: [], tags: ["ghost"] }];
  startAnotherIsolate();
  const written: string[] = [];
  for (const [index, { hidden, shown }] of steps.entries()) {
    const now = START + index * STEP;
    at(now - STEP / 2);
    await settle();
    at(now - STEP / 4);
    const before = faults.writes.length;
    for (const { run } of hasHiddenLife ? hidden : []) await run();
    await settle();
    written.push(...faults.writes.slice(before).map(({ key }) => key));
    at(now);
    await shown.run();
    await settle();
  }
  at(START + steps.length * STEP);
  await settle();
  return { answers: await everyAnswer(ids), written };
}

/** Status, header fields and body of every address, and the editions of what KV holds. */
async function everyAnswer(ids: readonly string[]): Promise<unknown[]> {
  const epoch = await runInDurableObject(
    desk(),
    (_instance, { storage }) => storage.sql.exec<{ epoch: string }>("SELECT epoch FROM ledger").one().epoch,
  );
  const { keys } = await env.ARTICLES.list();
  const known = keys.map(({ name }) => name).filter((name) => name.startsWith("article:"));
  const articles = [...new Set([...ids, ...known.map((name) => name.slice("article:".length))])].toSorted();
  const paths = [...PATHS, ...articles.map((id) => `/articles/${id}`), ...(await storedFeeds())];
  const answers: unknown[] = [];
  for (const path of paths) {
    for (const client of [{}, { "Sec-Fetch-Dest": "document" }]) {
      const response = await get(path, client);
      answers.push([path, response.status, [...response.headers], await response.text()]);
    }
  }
  const editions = keys.map(({ name, metadata }) => [name, metadata]);
  return JSON.parse(JSON.stringify([answers, editions]).replaceAll(epoch, "epoch"));
}

/** An upload of a JSON document. */
export function send(method: string, path: string, item: object): Promise<Response> {
  return edit(method, path, JSON.stringify(item), { "Content-Type": "application/json" });
}

/** An upload of a JSON document under an id. */
export function sendTo(id: string, item: object, query = ""): Promise<Response> {
  return put(`${id}${query}`, JSON.stringify(item), { "Content-Type": "application/json" });
}
