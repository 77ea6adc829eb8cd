/** The bounds of the table of readers: strangers choose how many rows they ask for. No clock. */
import * as v from "valibot";
import type { Instant } from "../article/article.ts";
import { type FeedId, isUnion, topicOf } from "../article/feed-id.ts";
import { eachRow, feedId, rows } from "../rows.ts";

// More than all names in all formats: whoever pretends to be each of them pushes no true reader of the feed out.
const MAX_ROWS_PER_FEED = 600;
// Anybody can make up unions, and there are many authors and tags: whatever is asked for among those, the readers of the
// feeds that the newsroom itself laid out stay.
const MAX_ROWS = { laidOut: 20_000, gathered: 10_000, union: 1000 } as const;
type Kind = keyof typeof MAX_ROWS;
// Room is made for some at once: the search for the longest unseen of a kind passes over the others.
const ROOM = 1 / 20;

const Count = v.object({ feed: feedId, count: v.number() });
const Row = v.object({ feed: feedId, format: v.string(), agent: v.string() });

export class ReaderRoom {
  readonly #sql: SqlStorage;
  readonly #ofKind = new Map<Kind, number>();
  /** Counted once in the life of this object: a new row counts no others. */
  #ofFeed: Map<FeedId, number> | undefined;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /**
   * Counts a row that is to come. The longest unseen of the feed's kind make room for it.
   * @returns whether there is room
   */
  makeRoom(feed: FeedId): boolean {
    if ((this.#counts().get(feed) ?? 0) >= MAX_ROWS_PER_FEED) return false;
    const kind = kindOf(feed);
    if ((this.#ofKind.get(kind) ?? 0) >= MAX_ROWS[kind]) this.#forget(kind);
    this.#count(feed, 1);
    return true;
  }

  /** Removes the rows of those who haven't polled since an instant. */
  expire(since: Instant): void {
    const isCounted = this.#ofFeed !== undefined;
    const statement = "DELETE FROM reader WHERE seen <= ? RETURNING feed, 1 AS count";
    for (const { feed, count } of rows(this.#sql, Count, statement, since))
      if (isCounted) this.#count(feed, -count);
  }

  #forget(kind: Kind): void {
    const longestUnseen: v.InferOutput<typeof Row>[] = [];
    for (const reader of eachRow(this.#sql, Row, "SELECT feed, format, agent FROM reader ORDER BY seen")) {
      if (kindOf(reader.feed) === kind) longestUnseen.push(reader);
      if (longestUnseen.length >= MAX_ROWS[kind] * ROOM) break;
    }
    for (const { feed, format, agent } of longestUnseen) {
      this.#sql.exec("DELETE FROM reader WHERE feed = ? AND format = ? AND agent = ?", feed, format, agent);
      this.#count(feed, -1);
    }
  }

  #counts(): Map<FeedId, number> {
    if (this.#ofFeed !== undefined) return this.#ofFeed;
    const counts = new Map<FeedId, number>();
    this.#ofFeed = counts;
    const statement = "SELECT feed, count(*) AS count FROM reader GROUP BY feed";
    for (const { feed, count } of rows(this.#sql, Count, statement)) this.#count(feed, count);
    return counts;
  }

  #count(feed: FeedId, change: number): void {
    const counts = this.#counts();
    const count = (counts.get(feed) ?? 0) + change;
    if (count > 0) counts.set(feed, count);
    else counts.delete(feed);
    const kind = kindOf(feed);
    this.#ofKind.set(kind, (this.#ofKind.get(kind) ?? 0) + change);
  }
}

function kindOf(feed: FeedId): Kind {
  if (isUnion(feed)) return "union";
  const kind = topicOf(feed)?.kind;
  return kind === "author" || kind === "tag" ? "gathered" : "laidOut";
}
