/** Subscriptions as people may see them: no secret, and of a callback the host alone. No clock. */
import * as v from "valibot";
import type { Instant } from "../../article/article.ts";
import type { FeedId } from "../../article/feed-id.ts";
import { feedId, optional, rows } from "../../rows.ts";

const Row = v.pipe(
  v.object({
    id: v.number(),
    url: v.string(),
    feed: feedId,
    host: v.string(),
    created: v.number(),
    expires: v.number(),
    slow: v.number(),
    succeeded: optional(v.number()),
    failed: optional(v.number()),
    status: optional(v.number()),
    due: optional(v.number()),
  }),
  v.transform(({ url, slow, ...row }) => ({
    ...row,
    /** The topic's address. */
    topic: url,
    lane: slow === 1 ? ("slow" as const) : ("healthy" as const),
  })),
);

/** A subscription; `status` is that of the last failure. */
export type ListedSubscription = v.InferOutput<typeof Row>;

/** @param topic its address */
export type SubscriptionFilter = { feed?: string | undefined; topic?: string | undefined };

export type FeedCount = { feed: FeedId; count: number };

const CountRow = v.object({ feed: feedId, count: v.number() });

export class ListedSubscriptions {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Those whose lease goes on at an instant, in the order in which they came, after the one that `after` names. */
  list(
    { feed, topic }: SubscriptionFilter,
    after: number,
    limit: number,
    now: Instant,
  ): ListedSubscription[] {
    return rows(
      this.#sql,
      Row,
      `SELECT subscription.id, url, feed, host, created, expires, slow, succeeded, failed, status, subscription.due
       FROM subscription JOIN topic ON topic.id = subscription.topic
       WHERE subscription.id > ? AND expires > ? AND feed = coalesce(?, feed) AND url = coalesce(?, url)
       ORDER BY subscription.id LIMIT +?`,
      after,
      now,
      feed ?? null,
      topic ?? null,
      limit,
    );
  }

  /** How many there are at an instant of each feed that has any: of all its topics together. A union counts for itself. */
  counts(now: Instant): FeedCount[] {
    return rows(
      this.#sql,
      CountRow,
      `SELECT feed, count(*) AS count FROM subscription JOIN topic ON topic.id = subscription.topic
       WHERE expires > ? GROUP BY feed ORDER BY feed`,
      now,
    );
  }
}
