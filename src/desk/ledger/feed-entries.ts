/** Feed entries: which article stands in which feed, and on which of its archive pages. No KV, no clock. */
import * as v from "valibot";
import type { Article, Instant } from "../../article/article.ts";
import type { FeedId } from "../../article/feed-id.ts";
import { feedId, firstRow, onlyRow, optional, rows } from "../../rows.ts";
import { sequenceOf } from "./sequence.ts";

/** An article's entry in a feed: `page` is 0 until it is on an archive page. */
export type FeedEntry = { feed: FeedId; published: Instant; page: number };

/** An article on an archive page, as the ledger knows it. */
export type Archived = Pick<Article, "id" | "revision" | "updated"> & {
  link?: string | undefined;
  /** The address of its picture; one that is kept here begins at the root of the site. */
  image?: string | undefined;
  /** Of its public record. */
  sequence: number;
};

const EntryRow = v.object({ feed: feedId, published: v.number(), page: v.number() });
const PlaceRow = v.object({ published: v.number(), article: v.string() });
const RecordRow = v.object({ id: v.string(), revision: v.number(), changed: v.number() });
const ShownRow = v.object({ ...RecordRow.entries, length: v.number() });
const ArchivedRow = v.pipe(
  v.object({
    ...RecordRow.entries,
    updated: v.number(),
    link: optional(v.string()),
    image: optional(v.string()),
    sequence: v.nullable(v.number()),
    sequenced: v.nullable(v.number()),
  }),
  v.transform(({ changed, sequence, sequenced, ...row }): Archived => ({
    ...row,
    sequence: sequenceOf({ revision: row.revision, status: "published", changed, sequence, sequenced }),
  })),
);
const LengthRow = v.object({ ...PlaceRow.entries, length: v.number() });
const LoadRow = v.object({ count: v.number(), length: v.number() });

export class FeedEntries {
  readonly #sql: SqlStorage;
  readonly #windowSize: number;

  /** @param windowSize how many articles a feed shows at most */
  constructor(sql: SqlStorage, windowSize: number) {
    this.#sql = sql;
    this.#windowSize = windowSize;
  }

  /** Every feed that shows an article. */
  of(article: string): FeedEntry[] {
    const statement = "SELECT feed, published, page FROM entry WHERE article = ? ORDER BY feed";
    return rows(this.#sql, EntryRow, statement, article);
  }

  /** @param length what the article weighs, in bytes */
  add(article: string, { feed, published, page }: FeedEntry, length: number): void {
    this.#sql.exec(
      "INSERT INTO entry (feed, published, article, page, length) VALUES (?, ?, ?, ?, ?)",
      feed,
      published,
      article,
      page,
      length,
    );
  }

  /** Notes on which archive page an article stands, and what it weighs now. */
  update(article: string, { feed, published, page }: FeedEntry, length: number): void {
    this.#sql.exec(
      "UPDATE entry SET page = ?, length = ? WHERE feed = ? AND published = ? AND article = ?",
      page,
      length,
      feed,
      published,
      article,
    );
  }

  /** Notes what an article weighs, in every feed that shows it. @param length in bytes */
  weigh(article: string, length: number): void {
    this.#sql.exec("UPDATE entry SET length = ? WHERE article = ? AND length != ?", length, article, length);
  }

  remove(article: string, { feed, published }: FeedEntry): void {
    this.#sql.exec(
      "DELETE FROM entry WHERE feed = ? AND published = ? AND article = ?",
      feed,
      published,
      article,
    );
  }

  /** Whether an article is new enough for a feed's window: an older one changes nothing there. */
  isInWindow(article: string, { feed, published }: FeedEntry): boolean {
    const oldest = firstRow(
      this.#sql,
      PlaceRow,
      "SELECT published, article FROM entry WHERE feed = ? ORDER BY published DESC, article DESC LIMIT 1 OFFSET ?",
      feed,
      this.#windowSize - 1,
    );
    if (oldest === undefined) return true;
    return published === oldest.published ? article >= oldest.article : published > oldest.published;
  }

  /** The newest articles of a feed, which its window shows as far as they fit, in its order. */
  shown(feed: FeedId): v.InferOutput<typeof ShownRow>[] {
    return rows(
      this.#sql,
      ShownRow,
      `SELECT article.id, article.revision, article.changed, entry.length
       FROM entry JOIN article ON article.id = entry.article
       WHERE entry.feed = ? ORDER BY entry.published DESC, entry.article DESC LIMIT +?`,
      feed,
      this.#windowSize,
    );
  }

  /** The articles on an archive page, in the feed's order. */
  onPage(feed: FeedId, page: number): Archived[] {
    // The plus signs choose the index by page: sorting a page costs less than walking its feed in order.
    return rows(
      this.#sql,
      ArchivedRow,
      `SELECT article.id, article.revision, article.updated, article.link, article.image, article.changed,
         article.sequence, article.sequenced
       FROM entry JOIN article ON article.id = entry.article
       WHERE entry.feed = ? AND entry.page = ? ORDER BY +entry.published DESC, +entry.article DESC`,
      feed,
      page,
    );
  }

  /** The article that came first to a feed, of those that it shows, as far as archive pages tell. */
  earliest(feed: FeedId): string | undefined {
    return firstRow(
      this.#sql,
      v.object({ article: v.string() }),
      "SELECT article FROM entry WHERE feed = ? ORDER BY page, published, article LIMIT 1",
      feed,
    )?.article;
  }

  /** Articles that stand on archive pages after one; at most `limit`. */
  beyond(feed: FeedId, page: number, limit: number): v.InferOutput<typeof LengthRow>[] {
    return rows(
      this.#sql,
      LengthRow,
      "SELECT article, published, length FROM entry WHERE feed = ? AND page > ? ORDER BY page LIMIT +?",
      feed,
      page,
      limit,
    );
  }

  /** The number of articles on an archive page, and their weight together. */
  loadOf(feed: FeedId, page: number): v.InferOutput<typeof LoadRow> {
    return onlyRow(
      this.#sql,
      LoadRow,
      "SELECT count(*) AS count, coalesce(sum(length), 0) AS length FROM entry WHERE feed = ? AND page = ?",
      feed,
      page,
    );
  }
}
