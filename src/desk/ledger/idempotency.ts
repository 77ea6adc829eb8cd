/** Idempotency-Keys: the answer to each is kept for a day, for a request that is sent again. No clock. */
import * as v from "valibot";
import type { Instant } from "../../article/article.ts";
import { DAY_MILLISECONDS } from "../../article/instant.ts";
import type { Revisions } from "./revisions.ts";
import { feedId, firstRow, onlyRow, optional } from "../../rows.ts";
import { type Accepted, CHANGES, type WriteRequest, type Outcome } from "../messages.ts";

/** An answer is kept so long for its Idempotency-Key. */
export const KEPT_MILLISECONDS = DAY_MILLISECONDS;

/** The number of keys of an actor that are kept; some 300 bytes each. */
export const MAX_KEYS = 10_000;

const Kept = v.object({
  change: v.picklist(CHANGES),
  id: v.string(),
  revision: v.number(),
  feeds: v.array(feedId),
  resembles: v.optional(v.string()),
  isHidden: v.optional(v.boolean()),
});
const RepeatRow = v.object({ digest: v.string(), outcome: v.pipe(v.string(), v.parseJson(), Kept) });

const OrdinalRow = v.object({ oldest: optional(v.number()), newest: optional(v.number()) });

export class Idempotency {
  readonly #sql: SqlStorage;
  readonly #revisions: Revisions;
  readonly #maxKeys: number;

  /** @param maxKeys how many of an actor are kept */
  constructor(sql: SqlStorage, revisions: Revisions, maxKeys = MAX_KEYS) {
    this.#sql = sql;
    this.#revisions = revisions;
    this.#maxKeys = maxKeys;
  }

  /**
   * The answer that a request had before; undefined for a new one. Another request under the same key is refused. So is a new
   * one of an actor who has as many keys as are kept: a forgotten key would let its request be carried out twice. A repeated
   * answer names no stale keys: the outbox has had them since the first.
   */
  find({ actor, idempotency }: WriteRequest, now: Instant): Outcome | undefined {
    if (idempotency === undefined) return undefined;
    const row = firstRow(
      this.#sql,
      RepeatRow,
      "SELECT digest, outcome FROM repeat WHERE actor = ? AND key = ? AND instant > ?",
      actor.name,
      idempotency.key,
      now - KEPT_MILLISECONDS,
    );
    if (row === undefined)
      return this.#isFull(actor.name, now) ? { ok: false, reason: "too-many-keys" } : undefined;
    if (row.digest !== idempotency.digest) return { ok: false, reason: "key-reused" };
    const { id, revision, ...rest } = row.outcome;
    return { ok: true, ...rest, staleKeys: [], article: this.#revisions.article({ id, revision }) };
  }

  /** Keeps an answer, and removes those that are a day old. */
  keep({ actor, idempotency }: WriteRequest, accepted: Accepted, now: Instant): void {
    if (idempotency === undefined) return;
    const { change, article, feeds, resembles, isHidden } = accepted;
    this.#sql.exec("DELETE FROM repeat WHERE instant <= ?", now - KEPT_MILLISECONDS);
    const kept: v.InferInput<typeof Kept> = {
      change,
      id: article.id,
      revision: article.revision,
      feeds,
      resembles,
      isHidden,
    };
    this.#sql.exec(
      `INSERT INTO repeat (ordinal, actor, key, digest, instant, outcome)
       VALUES ((SELECT coalesce(max(ordinal), 0) + 1 FROM repeat WHERE actor = ?), ?, ?, ?, ?, ?)`,
      actor.name,
      actor.name,
      idempotency.key,
      idempotency.digest,
      now,
      JSON.stringify(kept),
    );
  }

  /** Whether an actor's keys of the last day are as many as are kept. The oldest go first, so that their ordinals have no gap. */
  #isFull(actor: string, now: Instant): boolean {
    const { oldest, newest } = onlyRow(
      this.#sql,
      OrdinalRow,
      `SELECT (SELECT max(ordinal) FROM repeat WHERE actor = ?1) AS newest,
         (SELECT ordinal FROM repeat WHERE actor = ?1 AND instant > ?2 AND ordinal > 0
          ORDER BY instant, ordinal LIMIT 1) AS oldest`,
      actor,
      now - KEPT_MILLISECONDS,
    );
    return oldest !== undefined && newest !== undefined && newest - oldest + 1 >= this.#maxKeys;
  }
}
