/** The ledger's feeds: what each shows, how many, and which edition it is at. No KV, no clock. */
import type { Article, Instant, Tombstone } from "../article/article.ts";
import { type FeedId, feedsOf, sectionOf } from "../article/feed-id.ts";
import type { Edition } from "../store/edition.ts";
import type { SectionCount } from "../store/records.ts";

/** How long a withdrawal is announced in the feeds. */
const TOMBSTONE_MILLISECONDS = 30 * 24 * 60 * 60 * 1000;

/** An article as a feed shows it. */
export type Shown = Pick<Article, "id" | "published" | "sections">;

export type FeedChanges = {
  /** Feeds whose window is another one now. */
  windows: FeedId[];
  /** Whether a section's count, newest time or title changed. */
  isSiteChanged: boolean;
};

export class Feeds {
  readonly #sql: SqlStorage;
  readonly #windowSize: number;

  /** @param windowSize how many articles a feed shows at most */
  constructor(sql: SqlStorage, windowSize: number) {
    this.#sql = sql;
    this.#windowSize = windowSize;
  }

  /**
   * Moves an article from the feeds that showed it to those that show it now.
   * @param before undefined when no reader saw it; `after` undefined when none does any more
   */
  move(before: Shown | undefined, after: Shown | undefined): FeedChanges {
    const left = before === undefined ? [] : feedsOf(before.sections);
    const entered = after === undefined ? [] : feedsOf(after.sections);
    const windows = new Set<FeedId>();
    const isMoved = before?.published !== after?.published;
    for (const feed of left) {
      if (before !== undefined && this.#isInWindow(feed, before)) windows.add(feed);
      if (before !== undefined && (isMoved || !entered.includes(feed))) this.#remove(feed, before);
    }
    for (const feed of entered) {
      if (after !== undefined && (isMoved || !left.includes(feed))) this.#insert(feed, after);
      if (after !== undefined && this.#isInWindow(feed, after)) windows.add(feed);
    }
    for (const feed of windows) this.#raise(feed);
    const isSiteChanged = isMoved || left.join() !== entered.join();
    if (isSiteChanged) this.#raiseSite();
    return { windows: [...windows], isSiteChanged };
  }

  /** Announces a withdrawal in the feeds that showed the article. */
  bury(article: Shown, withdrawn: Instant): FeedId[] {
    const feeds = feedsOf(article.sections);
    for (const feed of feeds) {
      this.#sql.exec(
        "INSERT INTO tombstone (feed, withdrawn, article) VALUES (?, ?, ?)",
        feed,
        withdrawn,
        article.id,
      );
      this.#raise(feed);
    }
    return feeds;
  }

  /**
   * The edition of a feed's window, for a write that is about to start. A sequence gets its `changed` once, so that a
   * repeated write brings the same bytes; no two editions of a feed share a second.
   */
  edition(feed: FeedId, epoch: string, now: Instant): Edition {
    const row = this.#sql
      .exec<{ sequence: number; stamped: number; changed: number }>(
        "SELECT sequence, stamped, changed FROM feed WHERE id = ?",
        feed,
      )
      .one();
    if (row.stamped === row.sequence) return { epoch, sequence: row.sequence, changed: row.changed };
    const changed = Math.max(Math.floor(now / 1000) * 1000, row.changed + 1000);
    this.#sql.exec("UPDATE feed SET stamped = ?, changed = ? WHERE id = ?", row.sequence, changed, feed);
    return { epoch, sequence: row.sequence, changed };
  }

  /**
   * The records of a feed's newest articles, as JSON texts, newest first.
   * @param maxBytes where to stop; the newest article is there however long it is
   */
  records(feed: FeedId, maxBytes: number): string[] {
    const rows = this.#sql.exec<{ article: string; record: string }>(
      `SELECT shown.article, revision.record
       FROM (SELECT article, published FROM entry WHERE feed = ?
             ORDER BY published DESC, article DESC LIMIT ?) AS shown
       JOIN article ON article.id = shown.article
       JOIN revision ON revision.article = article.id AND revision.revision = article.revision
       ORDER BY shown.published DESC, shown.article DESC, revision.piece`,
      feed,
      this.#windowSize,
    );
    const records = new Map<string, string>();
    for (const { article, record } of rows) records.set(article, (records.get(article) ?? "") + record);
    const encoder = new TextEncoder();
    let bytes = 0;
    return [...records.values()].filter((record, index) => {
      bytes += encoder.encode(record).byteLength;
      return index === 0 || bytes <= maxBytes;
    });
  }

  /** What was withdrawn from a feed in the thirty days before `changed`, newest first. */
  tombstones(feed: FeedId, changed: Instant): Tombstone[] {
    return this.#sql
      .exec<{ id: string; guid: string; revision: number; withdrawn: number }>(
        `SELECT article.id, article.guid, article.revision, tombstone.withdrawn
         FROM tombstone JOIN article ON article.id = tombstone.article
         WHERE tombstone.feed = ? AND tombstone.withdrawn > ?
         ORDER BY tombstone.withdrawn DESC LIMIT ?`,
        feed,
        changed - TOMBSTONE_MILLISECONDS,
        this.#windowSize,
      )
      .toArray()
      .map(({ id, guid, revision, withdrawn }) => ({ version: 1, id, guid, revision, withdrawn }));
  }

  /** Every section that ever published something, by id. */
  sections(): SectionCount[] {
    return this.#sql
      .exec<{ id: string; title: string; count: number; newest: number | null }>(
        `SELECT id, title, count, (SELECT max(published) FROM entry WHERE entry.feed = feed.id) AS newest
         FROM feed WHERE id != 'all' ORDER BY id`,
      )
      .toArray()
      .map(({ id, title, count, newest }) => ({
        id: id.slice("section:".length),
        title,
        count,
        newest: newest ?? undefined,
      }));
  }

  /** How often the record of sections has changed. */
  siteSequence(): number {
    return (
      this.#sql.exec<{ value: number }>("SELECT value FROM counter WHERE name = 'site'").toArray()[0]
        ?.value ?? 0
    );
  }

  #insert(feed: FeedId, article: Shown): void {
    const section = sectionOf(feed);
    const title = article.sections.find(({ id }) => id === section)?.title ?? "";
    this.#sql.exec(
      `INSERT INTO feed (id, title, count, sequence, stamped, changed) VALUES (?, ?, 1, 0, 0, 0)
       ON CONFLICT (id) DO UPDATE SET count = count + 1, title = excluded.title`,
      feed,
      title,
    );
    this.#sql.exec(
      "INSERT INTO entry (feed, published, article) VALUES (?, ?, ?)",
      feed,
      article.published,
      article.id,
    );
  }

  #remove(feed: FeedId, article: Shown): void {
    this.#sql.exec("UPDATE feed SET count = count - 1 WHERE id = ?", feed);
    this.#sql.exec(
      "DELETE FROM entry WHERE feed = ? AND published = ? AND article = ?",
      feed,
      article.published,
      article.id,
    );
  }

  /** An article older than all that a feed shows doesn't change what it shows. */
  #isInWindow(feed: FeedId, article: Shown): boolean {
    const [oldest] = this.#sql
      .exec<{ published: number; article: string }>(
        `SELECT published, article FROM entry WHERE feed = ?
         ORDER BY published DESC, article DESC LIMIT 1 OFFSET ?`,
        feed,
        this.#windowSize - 1,
      )
      .toArray();
    if (oldest === undefined) return true;
    return article.published === oldest.published
      ? article.id >= oldest.article
      : article.published > oldest.published;
  }

  #raise(feed: FeedId): void {
    this.#sql.exec("UPDATE feed SET sequence = sequence + 1 WHERE id = ?", feed);
  }

  #raiseSite(): void {
    this.#sql.exec(
      `INSERT INTO counter (name, value) VALUES ('site', 1)
       ON CONFLICT (name) DO UPDATE SET value = value + 1`,
    );
  }
}
