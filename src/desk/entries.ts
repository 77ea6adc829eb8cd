/** The ledger's entries: which article stands in which feed, and on which of its archive pages. No KV, no clock. */
import type { Article, Instant } from "../article/article.ts";
import { type FeedId, readFeedId } from "../article/feed-id.ts";
import { sequenceOf } from "./sequence.ts";

/** Where an article stands: `page` is 0 until it is on an archive page. */
export type Place = { feed: FeedId; published: Instant; page: number };

/** An article on an archive page, as the ledger knows it. */
export type Archived = Pick<Article, "id" | "revision" | "updated"> & {
  link?: string | undefined;
  /** Of its public record. */
  sequence: number;
};

export class Entries {
  readonly #sql: SqlStorage;
  readonly #windowSize: number;

  /** @param windowSize how many articles a feed shows at most */
  constructor(sql: SqlStorage, windowSize: number) {
    this.#sql = sql;
    this.#windowSize = windowSize;
  }

  /** Every feed that shows an article. */
  of(article: string): Place[] {
    return this.#sql
      .exec<{ feed: string; published: number; page: number }>(
        "SELECT feed, published, page FROM entry WHERE article = ? ORDER BY feed",
        article,
      )
      .toArray()
      .map(({ feed, published, page }) => ({ feed: readFeedId(feed), published, page }));
  }

  /** @param length of the article's record, in UTF-16 units */
  add(article: string, { feed, published, page }: Place, length: number): void {
    this.#sql.exec(
      "INSERT INTO entry (feed, published, article, page, length) VALUES (?, ?, ?, ?, ?)",
      feed,
      published,
      article,
      page,
      length,
    );
  }

  /** Notes on which archive page an article stands, and how long its record is now. */
  update(article: string, { feed, published, page }: Place, length: number): void {
    this.#sql.exec(
      "UPDATE entry SET page = ?, length = ? WHERE feed = ? AND published = ? AND article = ?",
      page,
      length,
      feed,
      published,
      article,
    );
  }

  /** Notes how long an article's record is, wherever it stands. */
  weigh(article: string, length: number): void {
    this.#sql.exec("UPDATE entry SET length = ? WHERE article = ? AND length != ?", length, article, length);
  }

  remove(article: string, { feed, published }: Place): void {
    this.#sql.exec(
      "DELETE FROM entry WHERE feed = ? AND published = ? AND article = ?",
      feed,
      published,
      article,
    );
  }

  /** An article older than all that a feed shows doesn't change what it shows. */
  isInWindow(article: string, { feed, published }: Place): boolean {
    const [oldest] = this.#sql
      .exec<{ published: number; article: string }>(
        `SELECT published, article FROM entry WHERE feed = ?
         ORDER BY published DESC, article DESC LIMIT 1 OFFSET ?`,
        feed,
        this.#windowSize - 1,
      )
      .toArray();
    if (oldest === undefined) return true;
    return published === oldest.published ? article >= oldest.article : published > oldest.published;
  }

  /**
   * The records of a feed's newest articles, as JSON texts, newest first.
   * @param maxBytes where to stop; the newest article is there however long it is
   * @returns `isCut`: whether it did stop there
   */
  records(feed: FeedId, maxBytes: number): { records: string[]; isCut: boolean } {
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
    const all = [...records.values()];
    let bytes = 0;
    const end = all.findIndex((record, index) => {
      bytes += encoder.encode(record).byteLength;
      return index > 0 && bytes > maxBytes;
    });
    return end < 0 ? { records: all, isCut: false } : { records: all.slice(0, end), isCut: true };
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

  /** What stands on an archive page, in the feed's order. */
  onPage(feed: FeedId, page: number): Archived[] {
    // The plus signs choose the index by page: sorting a page costs less than walking its feed in order.
    return this.#sql
      .exec<{
        id: string;
        revision: number;
        updated: number;
        link: string | null;
        changed: number;
        sequence: number | null;
        sequenced: number | null;
      }>(
        `SELECT article.id, article.revision, article.updated, article.link, article.changed, article.sequence,
           article.sequenced
         FROM entry JOIN article ON article.id = entry.article
         WHERE entry.feed = ? AND entry.page = ? ORDER BY +entry.published DESC, +entry.article DESC`,
        feed,
        page,
      )
      .toArray()
      .map(({ id, revision, updated, link, changed, sequence, sequenced }) => ({
        id,
        revision,
        updated,
        link: link ?? undefined,
        sequence: sequenceOf({ revision, status: "published", changed, sequence, sequenced }),
      }));
  }

  /** The article that came first to a feed, of those that it shows, as far as archive pages tell. */
  earliest(feed: FeedId): string | undefined {
    return this.#sql
      .exec<{ article: string }>(
        "SELECT article FROM entry WHERE feed = ? ORDER BY page, published, article LIMIT 1",
        feed,
      )
      .toArray()[0]?.article;
  }

  /** How many articles an archive page holds, and how long their records are together. */
  loadOf(feed: FeedId, page: number): { count: number; length: number } {
    return this.#sql
      .exec<{ count: number; length: number }>(
        "SELECT count(*) AS count, coalesce(sum(length), 0) AS length FROM entry WHERE feed = ? AND page = ?",
        feed,
        page,
      )
      .one();
  }
}
