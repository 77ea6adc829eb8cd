/** Unions: several windows as one, for a feed of several sections. Pure. */
import { newestFirst, type Tombstone, type WindowArticle } from "../article/article.ts";
import { fitting, weightOf } from "../article/weight.ts";
import { type Edition, UNWRITTEN } from "./edition.ts";
import type { Window } from "./records.ts";

/**
 * The edition of several values together. Its sequence is the sum of theirs. Each of them only ever rises, so that the sum
 * rises whenever one changes, and two readings have the same sum only where neither is the later in all of them.
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
 * @param size the most articles that it may have
 * @param maxBytes the most bytes that they may weigh together
 */
export function unionWindow(windows: readonly Window[], size: number, maxBytes: number): Window {
  const withdrawn = latestOf(windows.flatMap((window) => window.withdrawn)).toSorted(
    (a, b) => b.withdrawn - a.withdrawn || (a.id > b.id ? -1 : 1),
  );
  const gone = new Map(withdrawn.map(({ id, revision }) => [id, revision]));
  const articles = latestOf(windows.flatMap((window) => window.articles))
    .filter(({ id, revision }) => revision > (gone.get(id) ?? 0))
    .filter((article) => windows.every((window) => isCompleteDownTo(window, article)))
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
 * Whether a window has everything that is as new as an article or newer. One that ends early for its weight says nothing of
 * what is older: the union ends there too, rather than have a gap. An article too heavy for any feed is in no window, and
 * leaves no gap.
 */
function isCompleteDownTo({ isCut, articles }: Window, article: WindowArticle): boolean {
  const oldest = articles.at(-1);
  return isCut !== true || oldest === undefined || newestFirst(article, oldest) <= 0;
}

/** Each article once, in its latest revision: two windows may have been written at different times. */
function latestOf<Record extends WindowArticle | Tombstone>(records: readonly Record[]): Record[] {
  const latest = new Map<string, Record>();
  for (const record of records) {
    if ((latest.get(record.id)?.revision ?? 0) < record.revision) latest.set(record.id, record);
  }
  return [...latest.values()];
}
