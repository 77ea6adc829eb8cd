/**
 * Files the articles under feeds that came later: those of a ledger from before there were authors, tags and archives, and
 * those that the owner has defined since. After a migration it brings every article to what this release keeps of it, and
 * makes up for what an earlier release did in its own way. Some articles at a time; to run in a transaction. No KV, no clock.
 */
import * as v from "valibot";
import type { Instant } from "../../article/article.ts";
import type { StandingFeed } from "../../article/site.ts";
import { weightOf } from "../../article/weight.ts";
import { sitemapCount } from "../../store/sitemap.ts";
import type { ArticleRow } from "../ledger/article-row.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { firstRow, isAnyRow } from "../ledger/rows.ts";
import { StaleKeys } from "../ledger/stale-keys.ts";

// Rises when an article belongs to other feeds than before though the owner's definitions are the same, and when KV is to hold
// other keys.
const VERSION = 2;
// A transaction of some milliseconds: whoever waits for the Desk has a turn after each.
const STEP = 20;
// A feed's step writes all of its pages: a fiftieth of its articles.
const FEEDS_STEP = 2;
/** Since this version of the ledger its releases write to KV as this one does. */
const SAME_IN_KV = 3;

const ProgressRow = v.object({
  definition: v.string(),
  published: v.number(),
  article: v.string(),
  done: v.number(),
  rewrites: v.number(),
  /** The last feed that was written again; null until all articles are filed. */
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

  /** Says that all is filed, in a ledger that has no article yet. */
  start(now: Instant): void {
    if (isAnyRow(this.#sql, "SELECT id FROM article LIMIT 1") || !this.isOpen()) return;
    this.#resume(now);
    this.#sql.exec("UPDATE filing SET done = 1");
  }

  /**
   * Begins anew after a migration. Where articles have been filed already, it comes after a rollback.
   * @param version of the ledger before it
   */
  restart(version: number, now: Instant): void {
    const progress = this.#progress();
    const isRolledBack = progress !== undefined && version < SAME_IN_KV;
    this.#restart(isRolledBack || progress?.rewrites === 1, now);
  }

  /** Whether articles wait to be filed. */
  isOpen(): boolean {
    if (this.#ledger.directory.isFilling) return true;
    const progress = this.#progress();
    return progress?.definition !== this.#definition || progress.done === 0;
  }

  /** Files the next articles, the oldest first, then writes the next feeds again; nothing where all is done. */
  step(now: Instant): void {
    const { articles, directory } = this.#ledger;
    const stale = this.#staleKeys(now);
    if (directory.fill(stale) || !this.isOpen()) return;
    const progress = this.#resume(now);
    const isRewriting = progress.rewrites === 1;
    const batch = articles.after({ published: progress.published, id: progress.article }, STEP);
    for (const row of batch) this.#backfillArticle(row, isRewriting, stale);
    const last = batch.at(-1);
    if (last !== undefined) {
      this.#sql.exec("UPDATE filing SET published = ?, article = ?", last.published, last.id);
      return;
    }
    if (isRewriting && this.#rewriteFeeds(progress.feed ?? "", stale)) return;
    this.#sql.exec("UPDATE filing SET done = 1, rewrites = 0");
    for (const listing of ["site", "authors", "news"] as const) stale.addListing(listing);
  }

  #backfillArticle(row: ArticleRow, isRewriting: boolean, stale: StaleKeys): void {
    const { articles, revisions, feedEntries, directory, feedMembership, tombstones, expiries } =
      this.#ledger;
    const { id, status, seen, changed } = row;
    revisions.deflatePast(row);
    const article = revisions.find(row);
    if (article === undefined) return;
    const weight = weightOf(article);
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

  /** Writes the next feeds again, each with all of its archive pages. @returns false when there are none left */
  #rewriteFeeds(after: string, stale: StaleKeys): boolean {
    const next = this.#ledger.feeds.after(after, FEEDS_STEP);
    for (const feed of next) {
      stale.addWindow(feed);
      stale.addPages(feed);
    }
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

  /** Where to go on: at the first article, when the feeds are others than at the last step. */
  #resume(now: Instant): Progress {
    const progress = this.#progress();
    if (progress?.definition === this.#definition) return progress;
    return this.#restart(progress?.rewrites === 1, now);
  }

  #restart(isRewriting: boolean, now: Instant): Progress {
    // Those of a release that kept none, or that was rolled back to one.
    const sitemaps = sitemapCount(this.#ledger.archivePages.newest("all"));
    const stale = this.#staleKeys(now);
    for (let number = 1; number <= sitemaps; number++) stale.addSitemap(number);
    const start: Progress = {
      definition: this.#definition,
      published: Number.MIN_SAFE_INTEGER,
      article: "",
      done: 0,
      rewrites: Number(isRewriting),
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
