/** Webhooks and their log as the API shows them. Pure. */
import type * as v from "valibot";
import { formatInstant, timeOf } from "../article/instant.ts";
import type { Attempt } from "../hub/tables/attempts.ts";
import type { IssuedWebhook as Issued, ListedWebhook } from "../hub/webhooks/administration.ts";
import type { DeliveryView, IssuedWebhook, MadeWebhook, WebhookView } from "./schemas/webhooks.ts";

/** A webhook without the path and the query of its URL, which are often a password. */
export function webhookView({ webhook, waiting }: ListedWebhook): v.InferOutput<typeof WebhookView> {
  const { id, name, url, events, sections, format, slow, created } = webhook;
  return {
    id,
    name,
    origin: new URL(url).origin,
    events: events.map((kind) => `article.${kind}` as const),
    sections,
    format,
    state: webhook.paused === undefined ? "active" : "paused",
    lane: slow ? "slow" : "healthy",
    waiting,
    created: formatInstant(created),
    lastSuccess: timeOf(webhook.succeeded),
    lastFailure: timeOf(webhook.failed),
    failingSince: timeOf(webhook.failing),
    pausedSince: timeOf(webhook.paused),
  };
}

export function issuedView({ secret, ...listed }: Issued): v.InferOutput<typeof IssuedWebhook> {
  return { secret, ...webhookView(listed) };
}

export function madeView(made: Issued): v.InferOutput<typeof MadeWebhook> {
  return { url: made.webhook.url, ...issuedView(made) };
}

export function deliveryView(attempt: Attempt): v.InferOutput<typeof DeliveryView> {
  const { event, kind, article, result, status, reason, milliseconds } = attempt;
  return {
    time: formatInstant(attempt.instant),
    event,
    type: `article.${kind}`,
    article,
    attempt: attempt.attempt,
    result,
    status,
    reason,
    milliseconds,
  };
}
