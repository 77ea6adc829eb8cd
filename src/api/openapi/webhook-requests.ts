/** The requests that webhooks get, for the `webhooks` of the OpenAPI document. Pure. */
import { EVENT_KINDS } from "../../article/event.ts";
import { TIME_LIMIT_MILLISECONDS } from "../../hub/delivery/post.ts";
import { MAX_SECRETS } from "../../hub/webhooks/administration.ts";
import { ArticleEvent, CanceledNinjsItem, NinjsItem } from "../schemas/events.ts";
import { nameOf } from "./components.ts";

// A signature is an HMAC-SHA256 in base64 (Standard Webhooks 1.0.0, "Signature scheme").
const SIGNATURE = "v1,[A-Za-z0-9+/]{43}=";

/** The header fields of an event's request (Standard Webhooks 1.0.0, "Webhook headers"), each with its schema. */
const FIELDS: Readonly<Record<string, { description: string; schema: object }>> = {
  "webhook-id": {
    description: "The event's id, the same in each attempt: it tells repetitions apart.",
    schema: { type: "string" },
  },
  "webhook-timestamp": {
    description: "When this attempt was made, in seconds since 1970.",
    schema: { type: "string", pattern: "^\\d+$" },
  },
  "webhook-signature": {
    description: `A signature with each secret that is valid, ${MAX_SECRETS} at most, separated by spaces. It signs \`webhook-id\`, \`webhook-timestamp\` and the body, joined by full stops, with HMAC-SHA256. One that matches is enough.`,
    schema: { type: "string", pattern: `^${SIGNATURE}( ${SIGNATURE}){0,${MAX_SECRETS - 1}}$` },
  },
  "X-Dateline-Event": {
    description: "The type of the event, in both formats.",
    schema: { enum: EVENT_KINDS.map((kind) => `article.${kind}`) },
  },
};

const SCHEMAS = [ArticleEvent, NinjsItem, CanceledNinjsItem];

/** A Path Item Object for what every webhook gets (https://spec.openapis.org/oas/v3.1.1.html, "webhooks"). */
export function webhookRequests(): Record<string, object> {
  const post = {
    tags: ["webhooks"],
    operationId: "receiveEvent",
    summary: "Get an event",
    description:
      "Tells a webhook what happened to an article (Standard Webhooks 1.0). Each event comes at least once, and the events of an article in their order. The format that the webhook was made with decides about the body.",
    // It has no token: the signature says who sent it.
    security: [],
    parameters: Object.entries(FIELDS).map(([name, { description, schema }]) => ({
      name,
      in: "header",
      required: true,
      description,
      schema,
    })),
    requestBody: {
      description: "An `ArticleEvent` in the format `dateline`, one of the two items in the format `ninjs`.",
      required: true,
      content: {
        "application/json": {
          schema: { anyOf: SCHEMAS.map((schema) => ({ $ref: `#/components/schemas/${nameOf(schema)}` })) },
        },
      },
    },
    responses: {
      "2XX": { description: "The event has come. The body of the answer is not read." },
      default: {
        description: `The event has not come, and is sent again; so it is where the answer takes longer than ${TIME_LIMIT_MILLISECONDS / 1000} seconds. A redirect is not followed. \`Retry-After\` puts the next attempt off.`,
      },
    },
  };
  return { event: { post } };
}
