/** The topics to which somebody subscribes, and when each has its next edition. No clock. */
import * as v from "valibot";
import type { Instant } from "../../article/article.ts";
import type { FeedId } from "../../article/feed-id.ts";
import { feedId, firstRow, isAnyRow, onlyRow, optional, rows } from "../../rows.ts";
import type { Topic } from "../topics.ts";

const TopicRow = v.object({
  id: v.number(),
  url: v.string(),
  feed: feedId,
  sequence: v.number(),
  digest: optional(v.string()),
  made: v.number(),
  changes: v.number(),
  changed: optional(v.number()),
  recalled: v.pipe(
    v.number(),
    v.transform((flag) => flag === 1),
  ),
});

/**
 * A topic: the sequence, the SHA-256 and the time of its newest edition; how many
 * changes there were, and the first that no edition has yet; and whether the
 * newest edition may have an article that was taken away.
 */
export type TopicRow = v.InferOutput<typeof TopicRow>;

const COLUMNS = "id, url, feed, sequence, digest, made, changes, changed, recalled";
const Count = v.object({ count: v.number() });
const Due = v.object({ due: optional(v.number()) });

export class TopicsTable {
  readonly #sql: SqlStorage;
  /** Counted when it is asked for first: strangers ask for it, and a count reads every row. */
  #count: number | undefined;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  find(id: number): TopicRow | undefined {
    return firstRow(this.#sql, TopicRow, `SELECT ${COLUMNS} FROM topic WHERE id = ?`, id);
  }

  withUrl(url: string): TopicRow | undefined {
    return firstRow(this.#sql, TopicRow, `SELECT ${COLUMNS} FROM topic WHERE url = ?`, url);
  }

  /** Adds a topic, unless it is there. */
  open({ url, feed: whole, feeds }: Topic): TopicRow {
    const isNew = isAnyRow(
      this.#sql,
      "INSERT INTO topic (url, feed) VALUES (?, ?) ON CONFLICT (url) DO NOTHING RETURNING id",
      url,
      whole,
    );
    if (isNew && this.#count !== undefined) this.#count += 1;
    const row = onlyRow(this.#sql, TopicRow, `SELECT ${COLUMNS} FROM topic WHERE url = ?`, url);
    for (const feed of feeds) {
      this.#sql.exec(
        "INSERT INTO topic_feed (feed, topic) VALUES (?, ?) ON CONFLICT (feed, topic) DO NOTHING",
        feed,
        row.id,
      );
    }
    return row;
  }

  /** The topics that are made of a feed. */
  of(feed: FeedId): TopicRow[] {
    return rows(
      this.#sql,
      TopicRow,
      `SELECT ${COLUMNS} FROM topic WHERE id IN (SELECT topic FROM topic_feed WHERE feed = ?)`,
      feed,
    );
  }

  /** Notes a change, and when the next edition is to be made. */
  change(id: number, changed: Instant, due: Instant, isRecalled: boolean): void {
    this.#sql.exec(
      "UPDATE topic SET changes = changes + 1, changed = ?, due = ?, recalled = max(recalled, ?) WHERE id = ?",
      changed,
      due,
      Number(isRecalled),
      id,
    );
  }

  /** Notes that the newest edition of each topic that has changed since may have an article that was taken away. */
  recallChanged(): void {
    this.#sql.exec("UPDATE topic SET recalled = 1 WHERE changed IS NOT NULL AND recalled = 0");
  }

  /** Notes that there is nothing to send of a topic until its next edition: nobody gets the newest one any more. */
  withhold({ id, changes }: Pick<TopicRow, "id" | "changes">): void {
    this.#sql.exec("UPDATE topic SET recalled = 1, digest = NULL, search = NULL WHERE id = ?", id);
    this.#sql.exec("UPDATE topic SET changed = NULL, due = NULL WHERE id = ? AND changes = ?", id, changes);
  }

  /** Withholds the newest edition of every topic, whose next one is to be made as soon as possible. */
  withholdAll(): void {
    this.#sql.exec(
      "UPDATE topic SET recalled = 1, changed = coalesce(changed, 0), due = 0, changes = changes + 1",
    );
  }

  /** Topics whose next edition is to be made now. */
  due(now: Instant, limit: number): TopicRow[] {
    const statement = `SELECT ${COLUMNS} FROM topic WHERE due <= ? ORDER BY due LIMIT +?`;
    return rows(this.#sql, TopicRow, statement, now, limit);
  }

  /** Puts the next edition of a topic off. */
  postpone(id: number, due: Instant): void {
    this.#sql.exec("UPDATE topic SET due = ? WHERE id = ?", due, id);
  }

  /** Notes that the present edition has all changes that a row of the topic knows. One that came later still waits. */
  settle({ id, changes }: Pick<TopicRow, "id" | "changes">): void {
    this.#sql.exec(
      "UPDATE topic SET changed = NULL, due = NULL, recalled = 0 WHERE id = ? AND changes = ?",
      id,
      changes,
    );
  }

  /** Notes a new edition. @param search when to look for subscribers that it didn't reach */
  addEdition(id: number, digest: string, made: Instant, search: Instant): number {
    return onlyRow(
      this.#sql,
      v.object({ sequence: v.number() }),
      "UPDATE topic SET sequence = sequence + 1, digest = ?, made = ?, search = ? WHERE id = ? RETURNING sequence",
      digest,
      made,
      search,
      id,
    ).sequence;
  }

  /** Topics whose subscribers are to be looked for now. */
  toSearch(now: Instant, limit: number): TopicRow[] {
    const statement = `SELECT ${COLUMNS} FROM topic WHERE search <= ? ORDER BY search LIMIT +?`;
    return rows(this.#sql, TopicRow, statement, now, limit);
  }

  /** @param search undefined where no subscriber is missing */
  searchAt(id: number, search: Instant | undefined): void {
    this.#sql.exec("UPDATE topic SET search = ? WHERE id = ?", search ?? null, id);
  }

  /** When the next edition of any topic is to be made. */
  nextEdition(): Instant | undefined {
    return onlyRow(this.#sql, Due, "SELECT min(due) AS due FROM topic WHERE due IS NOT NULL").due;
  }

  nextSearch(): Instant | undefined {
    return onlyRow(this.#sql, Due, "SELECT min(search) AS due FROM topic WHERE search IS NOT NULL").due;
  }

  isEmpty(): boolean {
    return !isAnyRow(this.#sql, "SELECT id FROM topic LIMIT 1");
  }

  /** How many there are. A transaction that is rolled back leaves it wrong until topics are pruned: it is a bound. */
  count(): number {
    this.#count ??= onlyRow(this.#sql, Count, "SELECT count(*) AS count FROM topic").count;
    return this.#count;
  }

  all(): TopicRow[] {
    return rows(this.#sql, TopicRow, `SELECT ${COLUMNS} FROM topic ORDER BY id`);
  }

  /** Removes the topics without subscription, with their editions. */
  prune(): void {
    this.#count = undefined;
    const orphans = "SELECT id FROM topic WHERE id NOT IN (SELECT topic FROM subscription)";
    this.#sql.exec(`DELETE FROM edition WHERE topic IN (${orphans})`);
    this.#sql.exec(`DELETE FROM topic_feed WHERE topic IN (${orphans})`);
    this.#sql.exec("DELETE FROM topic WHERE id NOT IN (SELECT topic FROM subscription)");
  }
}
