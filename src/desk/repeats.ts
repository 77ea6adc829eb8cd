/** What was answered to an Idempotency-Key, for a day: a request that is sent again is answered again. No clock. */
import * as v from "valibot";
import type { Instant } from "../article/article.ts";
import type { FeedId } from "../article/feed-id.ts";
import type { Revisions } from "./revisions.ts";
import { type Accepted, CHANGES, type Order, type Outcome } from "./outcome.ts";

/** How long an answer is kept for its Idempotency-Key. */
export const KEPT_MILLISECONDS = 24 * 60 * 60 * 1000;

const Kept = v.object({
  change: v.picklist(CHANGES),
  id: v.string(),
  revision: v.number(),
  feeds: v.array(v.custom<FeedId>((feed) => typeof feed === "string")),
  resembles: v.optional(v.string()),
  isHidden: v.optional(v.boolean()),
});
const RepeatRow = v.object({ digest: v.string(), outcome: v.pipe(v.string(), v.parseJson(), Kept) });

export class Repeats {
  readonly #sql: SqlStorage;
  readonly #revisions: Revisions;

  constructor(sql: SqlStorage, revisions: Revisions) {
    this.#sql = sql;
    this.#revisions = revisions;
  }

  /** What this order was answered before; undefined for one that is new. Another order under the same key is refused. */
  find({ actor, repeat }: Order, now: Instant): Outcome | undefined {
    if (repeat === undefined) return undefined;
    const [row] = this.#sql
      .exec(
        "SELECT digest, outcome FROM repeat WHERE actor = ? AND key = ? AND instant > ?",
        actor.name,
        repeat.key,
        now - KEPT_MILLISECONDS,
      )
      .toArray();
    if (row === undefined) return undefined;
    const { digest, outcome } = v.parse(RepeatRow, row);
    if (digest !== repeat.digest) return { ok: false, reason: "key-reused" };
    const { id, revision, ...rest } = outcome;
    return { ok: true, ...rest, pages: [], article: this.#revisions.article({ id, revision }) };
  }

  /** Keeps what was answered; a key that is a day old is forgotten. */
  keep({ actor, repeat }: Order, accepted: Accepted, now: Instant): void {
    if (repeat === undefined) return;
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
      "INSERT INTO repeat (actor, key, digest, instant, outcome) VALUES (?, ?, ?, ?, ?)",
      actor.name,
      repeat.key,
      repeat.digest,
      now,
      JSON.stringify(kept),
    );
  }
}
