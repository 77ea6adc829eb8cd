/** Revisions of copied articles that wait for the last one: nobody sees any of them. To run in a transaction. No KV, no clock. */
import * as v from "valibot";
import type { Article, Instant } from "../../article/article.ts";
import { DAY_MILLISECONDS } from "../../article/instant.ts";
import { Revisions } from "./revisions.ts";
import { firstRow, rows } from "../../rows.ts";

const WaitingRow = v.object({ guid: v.string(), first: v.number(), last: v.number() });

/** The revisions of an article that wait: from the first to the last, none missing between. */
export type Waiting = v.InferOutput<typeof WaitingRow>;

// A copy that was cut is sent again within the day; what it left is dropped after.
const PATIENCE_MILLISECONDS = DAY_MILLISECONDS;
const MAX_DROPPED = 20;

export class Staging {
  /** The records of what waits. */
  readonly revisions: Revisions;
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    this.revisions = new Revisions(sql, "copied_revision");
  }

  /** The revisions of an article that wait; undefined where none does. */
  find(id: string): Waiting | undefined {
    return firstRow(this.#sql, WaitingRow, "SELECT guid, first, last FROM copied_article WHERE id = ?", id);
  }

  /** Keeps a revision, the next of what waits of its article or the first. */
  add(article: Article, digest: string | undefined, now: Instant): void {
    const { id, guid, revision } = article;
    this.revisions.store(article, digest);
    this.#sql.exec(
      `INSERT INTO copied_article (id, guid, first, last, arrived) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET last = excluded.last, arrived = excluded.arrived`,
      id,
      guid,
      revision,
      revision,
      now,
    );
  }

  /** Notes that a copy has brought a revision of an article again. */
  touch(id: string, now: Instant): void {
    this.#sql.exec("UPDATE copied_article SET arrived = ? WHERE id = ?", now, id);
  }

  drop(id: string): void {
    this.revisions.drop(id);
    this.#sql.exec("DELETE FROM copied_article WHERE id = ?", id);
  }

  /** Drops articles of which no copy has brought a revision for a day; a few at once. To be called now and then. */
  prune(now: Instant): void {
    const old = rows(
      this.#sql,
      v.object({ id: v.string() }),
      "SELECT id FROM copied_article WHERE arrived < ? ORDER BY arrived LIMIT +?",
      now - PATIENCE_MILLISECONDS,
      MAX_DROPPED,
    );
    for (const { id } of old) this.drop(id);
  }
}
