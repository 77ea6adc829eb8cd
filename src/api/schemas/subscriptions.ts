/** Schemas of the answers about the hub's subscriptions, and about blocked hosts. */
import * as v from "valibot";
import { next, timestamp } from "./article.ts";

export const SubscriptionView = v.pipe(
  v.object({
    id: v.number(),
    topic: v.pipe(v.string(), v.url(), v.description("The feed's address that the subscriber gets.")),
    feed: v.pipe(
      v.string(),
      v.description(
        "The id of that feed: `all`, `section:politics`, or `section:events+politics` for a union.",
      ),
    ),
    host: v.pipe(
      v.string(),
      v.description(
        "The host of the callback. The rest of the callback may be a secret, and is never shown.",
      ),
    ),
    created: timestamp,
    expires: v.pipe(timestamp, v.description("When the lease ends, unless the subscriber renews it.")),
    lane: v.pipe(
      v.picklist(["healthy", "slow"]),
      v.description("`slow` after failures: these subscribers keep no other waiting."),
    ),
    lastSuccess: v.optional(
      v.pipe(timestamp, v.description("When a delivery came through last; missing if none has yet.")),
    ),
    lastFailure: v.optional(
      v.object({
        time: timestamp,
        status: v.optional(
          v.pipe(v.number(), v.description("The status of the answer; missing if there was no answer.")),
        ),
      }),
    ),
    nextAttempt: v.optional(
      v.pipe(timestamp, v.description("When a delivery that waits is tried next; missing if none waits.")),
    ),
  }),
  v.description("A subscription by WebSub, without its secret."),
);

export const SubscriptionList = v.object({
  subscriptions: v.pipe(
    v.array(SubscriptionView),
    v.description("Those whose lease goes on, in the order in which they came."),
  ),
  next,
});

export const EndedView = v.object({
  ended: v.pipe(v.number(), v.description("The number of subscriptions that ended.")),
});

export const BlockedHostView = v.object({
  host: v.string(),
  since: v.pipe(timestamp, v.description("When it was blocked.")),
});

export const BlockView = v.object({ ...BlockedHostView.entries, ...EndedView.entries });

export const UnblockedView = v.object({
  unblocked: v.pipe(v.number(), v.description("The number of blocks that were taken back.")),
});

export const BlockedHostList = v.object({ hosts: v.array(BlockedHostView) });
