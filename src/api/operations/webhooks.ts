/** Webhooks: made, listed, rotated, resumed and removed by administrators; their log, and events that are sent again. */
import * as v from "valibot";
import { EVENT_KINDS } from "../../article/event.ts";
import { readCallback } from "../../hub/callback.ts";
import { MAX_WEBHOOKS } from "../../hub/webhooks/administration.ts";
import { KEPT_MILLISECONDS } from "../../hub/webhooks/retention.ts";
import { Refusal } from "../../http/problems.ts";
import { excerptOf, type Issue } from "../../upload/issue.ts";
import { paginate, PAGINATION, readNumber, readPagination, writeNumber } from "../pagination.ts";
import {
  DeliveryList,
  IssuedWebhook,
  MadeWebhook,
  RedeliveryBody,
  RedeliveryView,
  RemovedView,
  WebhookBody,
  WebhookList,
  WebhookView,
} from "../schemas/webhooks.ts";
import { deliveryView, issuedView, madeView, webhookView } from "../webhook-views.ts";
import { jsonBody } from "./body.ts";
import { NOTHING, type Operation, operation } from "./operation.ts";
import { WEBHOOK } from "./parameters.ts";

const KEPT_DAYS = KEPT_MILLISECONDS / 86_400_000;
const NEEDED = { right: "admin", subjectPrefix: "webhook:" } as const;

export const WEBHOOKS: readonly Operation[] = [
  operation({
    ...NOTHING,
    id: "makeWebhook",
    method: "post",
    path: "/api/webhooks",
    summary: "Make a webhook",
    description:
      "Makes a webhook: an address that is told, by a `POST`, what happens to articles. Each event comes at least once, and the events of an article in their order. The request has the fields of Standard Webhooks 1.0 and `X-Dateline-Event`, which names the event; the OpenAPI document describes it in `webhooks`. The answer holds the whole URL and the secret that signs, which are shown only once.",
    access: { right: "admin", action: "make-webhook" },
    body: jsonBody(WebhookBody, {
      description: "Where events are sent, and which.",
      isRequired: true,
    }),
    answers: [
      {
        status: 201,
        description: "The webhook, with its URL and its secret.",
        content: { "application/json": MadeWebhook },
      },
    ],
    problems: ["too-many-webhooks"],
    example: {
      address: "/api/webhooks",
      body: {
        type: "application/json",
        text: ({ id }) =>
          `{ "name": "Partner", "url": "https://partner.example.org/news", "sections": [${JSON.stringify(id)}] }`,
      },
    },
    handle:
      ({ callbacks }) =>
      async ({ body: { url, events, ...rest }, actor, hub }) => {
        const read = readCallback(url, callbacks);
        if (!read.ok) throw new Refusal("invalid-document", { issues: [urlIssue(url, read.reason)] });
        const kinds = EVENT_KINDS.filter((kind) => events?.includes(`article.${kind}`) ?? true);
        const made = await hub.makeWebhook({ ...rest, url: read.url, events: kinds }, actor.name);
        if (made === undefined) throw new Refusal("too-many-webhooks", { members: { max: MAX_WEBHOOKS } });
        return Response.json(madeView(made), { status: 201 });
      },
  }),
  operation({
    ...NOTHING,
    id: "listWebhooks",
    method: "get",
    path: "/api/webhooks",
    summary: "List webhooks",
    description:
      "Lists all webhooks and how it goes with them, the newest first, without their secrets and their whole URLs.",
    access: { right: "admin", action: "list-webhooks" },
    answers: [{ status: 200, description: "The webhooks.", content: { "application/json": WebhookList } }],
    problems: [],
    example: { address: "/api/webhooks" },
    handle:
      () =>
      async ({ hub }) =>
        Response.json({ webhooks: (await hub.webhooks()).map(webhookView) }),
  }),
  operation({
    ...NOTHING,
    id: "listDeliveries",
    method: "get",
    path: "/api/webhooks/{id}/deliveries",
    summary: "Read the log of a webhook",
    description: `Lists every attempt to deliver an event in the last ${KEPT_DAYS} days, the newest first, with pagination.`,
    access: { ...NEEDED, action: "list-deliveries" },
    params: WEBHOOK,
    query: v.strictObject(PAGINATION),
    answers: [
      { status: 200, description: "A part of the log.", content: { "application/json": DeliveryList } },
    ],
    problems: ["not-found", "invalid-cursor"],
    example: { address: "/api/webhooks/partner/deliveries?limit=10" },
    handle:
      () =>
      async ({ params: { id }, query, hub }) => {
        const { after, limit } = readPagination(query, readNumber);
        const found = foundOrThrow(await hub.webhookLog(id, after, limit + 1));
        const { listed, next } = paginate(found, limit, ({ number }) => writeNumber(number));
        return Response.json({ deliveries: listed.map(deliveryView), next });
      },
  }),
  operation({
    ...NOTHING,
    id: "redeliver",
    method: "post",
    path: "/api/webhooks/{id}/redeliver",
    summary: "Send events to a webhook again",
    description: `Sends an event again of which the webhook was told in the last ${KEPT_DAYS} days, or all since a time: those of an article in their order. An article that was taken away since comes without its words.`,
    access: { ...NEEDED, action: "redeliver" },
    params: WEBHOOK,
    body: jsonBody(RedeliveryBody, { description: "The event, or the time.", isRequired: true }),
    answers: [
      { status: 202, description: "They will be sent.", content: { "application/json": RedeliveryView } },
    ],
    problems: ["not-found"],
    example: {
      address: "/api/webhooks/partner/redeliver",
      body: { type: "application/json", text: () => '{ "since": "2026-11-24T00:00:00Z" }' },
    },
    handle:
      () =>
      async ({ params: { id }, body: { event, since }, hub, actor }) => {
        const of = event === undefined ? { since: since ?? 0 } : { event };
        const detail = "There is no such webhook, or it was never told of this event.";
        return Response.json(
          { events: foundOrThrow(await hub.redeliver(id, of, actor.name), detail) },
          { status: 202 },
        );
      },
  }),
  operation({
    ...NOTHING,
    id: "rotateWebhook",
    method: "post",
    path: "/api/webhooks/{id}/rotate",
    summary: "Give a webhook a new secret",
    description:
      "Gives the webhook a new secret, which is shown only once. The former one signs too for 24 hours: the receiver may change from one to the other meanwhile. Three sign at most: where it is rotated again before, the oldest ends at once.",
    access: { ...NEEDED, action: "rotate-webhook" },
    params: WEBHOOK,
    answers: [
      {
        status: 200,
        description: "The webhook, with its new secret.",
        content: { "application/json": IssuedWebhook },
      },
    ],
    problems: ["not-found"],
    example: { address: "/api/webhooks/partner/rotate" },
    handle:
      () =>
      async ({ params: { id }, actor, hub }) =>
        Response.json(issuedView(foundOrThrow(await hub.rotateWebhook(id, actor.name)))),
  }),
  operation({
    ...NOTHING,
    id: "resumeWebhook",
    method: "post",
    path: "/api/webhooks/{id}/resume",
    summary: "Resume a webhook",
    description:
      "Sends events again to a webhook that was paused: those first that were kept for it. One that takes nothing for five days is paused by itself.",
    access: { ...NEEDED, action: "resume-webhook" },
    params: WEBHOOK,
    answers: [{ status: 200, description: "The webhook.", content: { "application/json": WebhookView } }],
    problems: ["not-found"],
    example: { address: "/api/webhooks/partner/resume" },
    handle:
      () =>
      async ({ params: { id }, actor, hub }) =>
        Response.json(webhookView(foundOrThrow(await hub.resumeWebhook(id, actor.name)))),
  }),
  operation({
    ...NOTHING,
    id: "removeWebhook",
    method: "delete",
    path: "/api/webhooks/{id}",
    summary: "Remove a webhook",
    description:
      "From now on nothing is sent to it. Its log is removed too. One that has been removed already stays so.",
    access: { ...NEEDED, action: "remove-webhook" },
    params: WEBHOOK,
    answers: [{ status: 200, description: "What was done.", content: { "application/json": RemovedView } }],
    problems: [],
    example: { address: "/api/webhooks/partner" },
    handle:
      () =>
      async ({ params: { id }, actor, hub }) =>
        Response.json({ removed: Number(await hub.removeWebhook(id, actor.name)) }),
  }),
];

function foundOrThrow<T>(found: T | undefined, detail = "There is no such webhook."): T {
  if (found === undefined) throw new Refusal("not-found", { detail });
  return found;
}

/**
 * Shows of an address its origin alone, of text that is none nothing: the rest may be a password.
 * @param reason completes "The URL …"
 */
function urlIssue(url: string, reason: string): Issue {
  const place = { path: "/url", field: "document", reason: "wrong-value" } as const;
  const { protocol = "", origin = "" } = URL.parse(url) ?? {};
  return { ...place, detail: `This ${reason}.`, found: /^https?:$/.test(protocol) ? excerptOf(origin) : "" };
}
