/** Schemas of the bodies and answers about webhooks. */
import * as v from "valibot";
import { ATTEMPT_RESULTS } from "../../hub/tables/attempts.ts";
import { PAYLOAD_FORMATS } from "../../hub/tables/webhooks.ts";
import { time } from "../decode.ts";
import { next, timestamp } from "./article.ts";
import { eventType } from "./events.ts";
import { name, sectionIds } from "./requests.ts";

export const WebhookBody = v.strictObject({
  name: v.pipe(name, v.description("Who it is for; the webhook's id is made from it.")),
  url: v.pipe(v.string(), v.description("Where events are sent: `https`, on port 443 or 8443, to a name.")),
  events: v.pipe(
    v.optional(v.pipe(v.array(eventType), v.minLength(1, "must name at least one"))),
    v.description("The events of which it is told; missing for all."),
  ),
  sections: v.pipe(
    v.optional(sectionIds),
    v.description("The ids of the only sections whose articles it is told of; missing for all."),
  ),
  format: v.pipe(
    v.optional(v.picklist(PAYLOAD_FORMATS), "dateline"),
    v.description("`dateline`: our own JSON. `ninjs`: an item of the IPTC's ninjs."),
  ),
});

export const RedeliveryBody = v.pipe(
  v.strictObject({
    event: v.pipe(
      v.optional(v.string()),
      v.description("The id of one event, as `webhook-id` and the log give it."),
    ),
    since: v.pipe(v.optional(time), v.description("All events since this time, in their order.")),
  }),
  v.check(
    ({ event, since }) => (event === undefined) !== (since === undefined),
    "must have either `event` or `since`",
  ),
);

export const WebhookView = v.pipe(
  v.object({
    id: v.string(),
    name: v.string(),
    origin: v.pipe(
      v.string(),
      v.description(
        "Where events are sent: scheme, host and port. The rest of the URL is often a password, and is not shown.",
      ),
    ),
    events: v.array(eventType),
    sections: v.optional(v.pipe(v.array(v.string()), v.description("Missing for all."))),
    format: v.picklist(PAYLOAD_FORMATS),
    state: v.pipe(
      v.picklist(["active", "paused"]),
      v.description("Nothing is sent to a paused one; what happens is kept for it."),
    ),
    lane: v.pipe(
      v.picklist(["healthy", "slow"]),
      v.description("Those that fail are in the slow one, and keep no other waiting."),
    ),
    waiting: v.pipe(v.number(), v.description("The number of events that it has yet to get.")),
    created: timestamp,
    lastSuccess: v.optional(timestamp),
    lastFailure: v.optional(timestamp),
    failingSince: v.optional(
      v.pipe(timestamp, v.description("The first failure after which nothing came through.")),
    ),
    pausedSince: v.optional(timestamp),
  }),
  v.description("A webhook without its secret and its whole URL."),
);

export const IssuedWebhook = v.pipe(
  v.object({
    secret: v.pipe(
      v.string(),
      v.description("The key of the signatures (Standard Webhooks 1.0), which is shown only once."),
    ),
    ...WebhookView.entries,
  }),
  v.description("A webhook with its new secret."),
);

export const MadeWebhook = v.pipe(
  v.object({
    url: v.pipe(
      v.string(),
      v.description("The whole URL to which events are sent, which is shown only once."),
    ),
    ...IssuedWebhook.entries,
  }),
  v.description("A new webhook with its URL and its secret."),
);

export const WebhookList = v.object({
  webhooks: v.pipe(v.array(WebhookView), v.description("The newest first.")),
});

export const RemovedView = v.object({
  removed: v.pipe(v.number(), v.description("The number of webhooks that were removed.")),
});

export const RedeliveryView = v.object({
  events: v.pipe(v.number(), v.description("The number of events that are sent again.")),
});

export const DeliveryView = v.object({
  time: timestamp,
  event: v.pipe(v.string(), v.description("The event's id.")),
  type: eventType,
  article: v.pipe(v.string(), v.description("The article's id.")),
  attempt: v.pipe(v.number(), v.description("The number of the attempt; a redelivery begins with 1 again.")),
  result: v.pipe(
    v.picklist(ATTEMPT_RESULTS),
    v.description("After `failed` follows another attempt; `given-up` was the last."),
  ),
  status: v.optional(
    v.pipe(v.number(), v.description("The status of the answer; missing if there was none.")),
  ),
  reason: v.optional(v.picklist(["timed-out", "no-connection"])),
  milliseconds: v.number(),
});

export const DeliveryList = v.object({
  deliveries: v.pipe(v.array(DeliveryView), v.description("The newest first.")),
  next,
});
