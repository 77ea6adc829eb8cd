/** The ledger's feeds: what each shows, how many, and which edition it is at. No KV, no clock. */
import type { Article, Instant } from "../article/article.ts";
import { type FeedId, feedsOf, readFeedId, sectionOf } from "../article/feed-id.ts";
import type { Edition } from "../store/edition.ts";
import type { SectionCount } from "../store/records.ts";

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
    for (const feed of windows) this.raise(feed);
    const isSiteChanged = isMoved || left.join() !== entered.join();
    if (isSiteChanged) this.#raiseSite();
    return { windows: [...windows], isSiteChanged };
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

  /** What a feed shows, in its order. */
  shown(feed: FeedId): Pick<Article, "id" | "revision">[] {
    return this.#sql
      .exec<{ id: string; revision: number }>(
        `SELECT article.id, article.revision
         FROM entry JOIN article ON article.id = entry.article
         WHERE entry.feed = ? ORDER BY entry.published DESC, entry.article DESC LIMIT ?`,
        feed,
        this.#windowSize,
      )
      .toArray();
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

  /** Says that a feed's window is another one now. */
  raise(feed: FeedId): void {
    this.#sql.exec("UPDATE feed SET sequence = sequence + 1 WHERE id = ?", feed);
  }

  /** The feeds that there are, `all` among them, once anything was published. */
  ids(): FeedId[] {
    return this.#sql
      .exec<{ id: string }>("SELECT id FROM feed ORDER BY id")
      .toArray()
      .map(({ id }) => readFeedId(id));
  }

  /** The title under which a feed's section was last named; empty for `all`, undefined where there is no such feed. */
  title(feed: FeedId): string | undefined {
    return this.#sql.exec<{ title: string }>("SELECT title FROM feed WHERE id = ?", feed).toArray()[0]?.title;
  }

  /** Makes a feed that shows nothing, unless it is there. */
  open(feed: FeedId, title: string): void {
    this.#sql.exec(
      `INSERT INTO feed (id, title, count, sequence, stamped, changed) VALUES (?, ?, 0, 0, 0, 0)
       ON CONFLICT (id) DO NOTHING`,
      feed,
      title,
    );
  }

  /** Gives a feed the date and the title that it has in a copy from which it was imported. */
  adopt(feed: FeedId, title: string, changed: Instant): void {
    this.#sql.exec(
      "UPDATE feed SET title = ?, changed = ?, sequence = sequence + 1, stamped = sequence + 1 WHERE id = ?",
      title,
      changed,
      feed,
    );
    this.#raiseSite();
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

  #raiseSite(): void {
    this.#sql.exec(
      `INSERT INTO counter (name, value) VALUES ('site', 1)
       ON CONFLICT (name) DO UPDATE SET value = value + 1`,
    );
  }
}
