/**
 * The backfill: adds articles to feeds that came later, which are the authors, tags and archives of an old ledger and the feeds
 * that the owner has defined since. After a migration it also brings every article to the form that this release keeps, and
 * repairs what an earlier release did in its own way. It has windows of an earlier form written again. Each step takes some
 * articles, or some feeds. To run in a transaction. No KV, no clock.
 */
import * as v from "valibot";
import type { Instant } from "../../article/article.ts";
import type { StandingFeed } from "../../article/site.ts";
import { withExcerpt } from "../../article/excerpt.ts";
import type { FeedId } from "../../article/feed-id.ts";
import { weightOf } from "../../article/weight.ts";
import { sitemapCount } from "../../store/sitemap.ts";
import type { ArticleRow } from "../ledger/article-row.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { firstRow, isAnyRow } from "../../rows.ts";
import { StaleKeys } from "../ledger/stale-keys.ts";
import { addPresentForm } from "./window-form.ts";

// Raise it when articles belong to other feeds under the same definitions of the owner, or when KV is to hold other keys.
const VERSION = 3;
/** From this version of the backfill on, windows have excerpts of their articles' texts. */
const LIGHT_WINDOWS = 3;
// A transaction of some milliseconds: other requests have their turn after each.
const STEP = 20;
// All archive pages of a feed are written with it: one for fifty articles.
const FEEDS_STEP = 2;
/** From this version of the ledger on, releases write to KV as this one does. */
const SAME_IN_KV = 3;

/** What the backfill writes to KV again, beside what changes: nothing, all keys, or windows in their present form. */
const REWRITES = { nothing: 0, all: 1, windows: 2 } as const;

const ProgressRow = v.object({
  definition: v.string(),
  published: v.number(),
  article: v.string(),
  done: v.number(),
  rewrites: v.picklist(Object.values(REWRITES)),
  /** The last feed that was written again. Windows come before all articles, and all keys after them. */
  feed: v.nullable(v.string()),
});

type Progress = v.InferOutput<typeof ProgressRow>;

export class Backfill {
  readonly #sql: SqlStorage;
  readonly #ledger: Ledger;
  readonly #definition: string;

  constructor(sql: SqlStorage, ledger: Ledger, standing: readonly StandingFeed[]) {
    this.#sql = sql;
    this.#ledger = ledger;
    this.#definition = JSON.stringify([
      VERSION,
      standing.map(({ id, all, any, none, tags }) => [id, all, any, none, tags]),
    ]);
  }

  /** Marks the backfill as done in a ledger that has no article yet. */
  start(now: Instant): void {
    if (isAnyRow(this.#sql, "SELECT id FROM article LIMIT 1") || !this.isOpen()) return;
    this.#resume(now);
    this.#sql.exec("UPDATE filing SET done = 1, rewrites = ?", REWRITES.nothing);
  }

  /**
   * Begins again after a migration. Where a backfill has run already, the migration follows a rollback.
   * @param version of the ledger before it
   */
  restart(version: number, now: Instant): void {
    const progress = this.#progress();
    const isRolledBack = progress !== undefined && version < SAME_IN_KV;
    this.#restart(isRolledBack ? REWRITES.all : rewritesOf(progress), now);
  }

  /** Whether articles or feeds wait for the backfill. */
  isOpen(): boolean {
    if (this.#ledger.directory.isFilling) return true;
    const progress = this.#progress();
    return progress?.definition !== this.#definition || progress.done === 0;
  }

  /**
   * Writes the next windows in their present form; then adds the next articles to their feeds, the oldest first; then writes the
   * next feeds again. Does nothing where all is done.
   */
  step(now: Instant): void {
    const { articles, directory } = this.#ledger;
    const stale = this.#staleKeys(now);
    if (directory.fill(stale) || !this.isOpen()) return;
    const progress = this.#resume(now);
    if (progress.rewrites === REWRITES.windows) {
      if (this.#rewriteFeeds(progress.feed ?? "", (feed) => addPresentForm(this.#ledger, feed, now, stale)))
        return;
      this.#sql.exec("UPDATE filing SET rewrites = ?, feed = NULL", REWRITES.nothing);
    }
    const isRewriting = progress.rewrites === REWRITES.all;
    const batch = articles.after({ published: progress.published, id: progress.article }, STEP);
    for (const row of batch) this.#backfillArticle(row, isRewriting, stale);
    const last = batch.at(-1);
    if (last !== undefined) {
      this.#sql.exec("UPDATE filing SET published = ?, article = ?", last.published, last.id);
      return;
    }
    const isMore =
      isRewriting &&
      this.#rewriteFeeds(progress.feed ?? "", (feed) => {
        stale.addWindow(feed);
        stale.addPages(feed);
      });
    if (isMore) return;
    this.#sql.exec("UPDATE filing SET done = 1, rewrites = ?", REWRITES.nothing);
    for (const listing of ["site", "authors", "news"] as const) stale.addListing(listing);
  }

  #backfillArticle(row: ArticleRow, isRewriting: boolean, stale: StaleKeys): void {
    const { articles, revisions, feedEntries, directory, feedMembership, tombstones, expiries } =
      this.#ledger;
    const { id, status, seen, changed } = row;
    revisions.deflatePast(row);
    const article = revisions.find(row);
    if (article === undefined) return;
    const weight = weightOf(withExcerpt(article));
    articles.annotate(article);
    feedEntries.weigh(id, weight);
    const isPublished = status === "published";
    // The first releases counted the editions of records otherwise than archive pages name them.
    const isUnpaged = isPublished && feedEntries.of(id).every(({ page }) => page === 0);
    if (isUnpaged || (isRewriting && seen)) stale.addArticle(id);
    const moved = isPublished
      ? feedMembership.reconcile(article, weight, stale)
      : feedMembership.update(id, undefined, weight, stale);
    // Withdrawn by a release that knew only some of its feeds.
    const announced = status === "withdrawn" ? moved.left : [];
    tombstones.add(id, announced, changed);
    for (const feed of [...announced, ...expiries.note(article)]) stale.addWindow(feed);
    const present = isPublished ? feedEntries.of(id).map(({ feed }) => feed) : [];
    for (const feed of new Set([...moved.touched, ...present])) directory.note(feed, stale);
  }

  /** Writes the next feeds again. @returns false when there are none left */
  #rewriteFeeds(after: string, write: (feed: FeedId) => void): boolean {
    const next = this.#ledger.feeds.after(after, FEEDS_STEP);
    next.forEach(write);
    const last = next.at(-1);
    if (last !== undefined) this.#sql.exec("UPDATE filing SET feed = ?", last);
    return last !== undefined;
  }

  #staleKeys(now: Instant): StaleKeys {
    return new StaleKeys(this.#ledger, "backlog", now);
  }

  #progress(): Progress | undefined {
    return firstRow(this.#sql, ProgressRow, "SELECT * FROM filing");
  }

  /** Resumes the backfill: from the first article where the feeds are others than at the last step. */
  #resume(now: Instant): Progress {
    const progress = this.#progress();
    if (progress?.definition === this.#definition) return progress;
    return this.#restart(rewritesOf(progress), now);
  }

  #restart(rewrites: Progress["rewrites"], now: Instant): Progress {
    // A ledger of a release that kept no sitemaps, or of a rollback to one, has none in KV.
    const sitemaps = sitemapCount(this.#ledger.archivePages.newest("all"));
    const stale = this.#staleKeys(now);
    for (let number = 1; number <= sitemaps; number++) stale.addSitemap(number);
    const start: Progress = {
      definition: this.#definition,
      published: Number.MIN_SAFE_INTEGER,
      article: "",
      done: 0,
      rewrites,
      feed: null,
    };
    this.#sql.exec("DELETE FROM filing");
    this.#sql.exec(
      "INSERT INTO filing (definition, published, article, done, rewrites) VALUES (?, ?, ?, 0, ?)",
      start.definition,
      start.published,
      start.article,
      start.rewrites,
    );
    return start;
  }
}

/** What is to be written again when the backfill starts anew: what it hadn't written yet, or windows of an earlier form. */
function rewritesOf(progress: Progress | undefined): Progress["rewrites"] {
  if (progress === undefined) return REWRITES.nothing;
  if (progress.rewrites !== REWRITES.nothing) return progress.rewrites;
  return versionOf(progress) < LIGHT_WINDOWS ? REWRITES.windows : REWRITES.nothing;
}

/** The version of the backfill that came so far. */
function versionOf({ definition }: Progress): number {
  return Number.parseInt(definition.slice(1), 10);
}
