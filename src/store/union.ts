/** Several windows as one: what a feed of several sections shows. Pure. */
import { type Article, newestFirst, type Tombstone } from "../article/article.ts";
import { fitting, weightOf } from "../article/weight.ts";
import { type Edition, UNWRITTEN } from "./edition.ts";
import type { Window } from "./records.ts";

/**
 * The edition of several values together. Its sequence is the sum of theirs: each only ever rises, so that the sum rises
 * whenever one of them changes, and two readings have one sum only where neither is later in all of them.
 * @param editions those of values that were never written may be among them
 */
export function unionEdition(editions: readonly Edition[]): Edition {
  const written = editions.filter(({ epoch }) => epoch !== UNWRITTEN.epoch);
  if (written.length === 0) return UNWRITTEN;
  return {
    epoch: [...new Set(written.map(({ epoch }) => epoch))].toSorted().join(""),
    sequence: written.reduce((sum, { sequence }) => sum + sequence, 0),
    changed: Math.max(...written.map(({ changed }) => changed)),
  };
}

/**
 * The newest articles of several windows, each once, newest first.
 * @param size how many at most
 * @param maxBytes what they may weigh together
 */
export function unionWindow(windows: readonly Window[], size: number, maxBytes: number): Window {
  const withdrawn = latestOf(windows.flatMap((window) => window.withdrawn)).toSorted(
    (a, b) => b.withdrawn - a.withdrawn || (a.id > b.id ? -1 : 1),
  );
  const gone = new Map(withdrawn.map(({ id, revision }) => [id, revision]));
  const articles = latestOf(windows.flatMap((window) => window.articles))
    .filter(({ id, revision }) => revision > (gone.get(id) ?? 0))
    .filter((article) => windows.every((window) => isKnownThrough(window, article)))
    .toSorted(newestFirst)
    .slice(0, size);
  const present = new Set(articles.map(({ id }) => id));
  return {
    version: 1,
    articles: fitting(articles, weightOf, maxBytes).shown,
    withdrawn: withdrawn.filter(({ id }) => !present.has(id)).slice(0, size),
  };
}

/**
 * A window that ends for its weight says nothing of what is older: there the union ends too, rather than have a gap. An article
 * that is too heavy for any feed is in none of the windows, and its place is no gap.
 */
function isKnownThrough({ isCut, articles }: Window, article: Article): boolean {
  const oldest = articles.at(-1);
  return isCut !== true || oldest === undefined || newestFirst(article, oldest) <= 0;
}

/** Each article once, in its latest revision: two windows needn't have been written at the same time. */
function latestOf<Record extends Article | Tombstone>(records: readonly Record[]): Record[] {
  const latest = new Map<string, Record>();
  for (const record of records) {
    if ((latest.get(record.id)?.revision ?? 0) < record.revision) latest.set(record.id, record);
  }
  return [...latest.values()];
}
