/** Changes of an article without a document: publish, expire, correct, restore, withdraw, reinstate. */
import type { Action } from "../../desk/messages.ts";
import { NoQuery } from "../decode.ts";
import { acceptedOrThrow } from "../desk-refusals.ts";
import type { Issue } from "../../upload/issue.ts";
import { Change } from "../schemas/change.ts";
import { pictureOf } from "../media-views.ts";
import { PictureBody } from "../schemas/media.ts";
import { CorrectBody, ExpireBody, PublishBody, RestoreQuery, WithdrawQuery } from "../schemas/requests.ts";
import { writeRequestOf } from "../write-request.ts";
import { changeResponse, forget } from "../write-response.ts";
import { EMPTY_BODY, jsonBody } from "./body.ts";
import { type Answer, type Handler, type Input, NOTHING, type Operation, operation } from "./operation.ts";
import { ARTICLE, REVISION } from "./parameters.ts";

const CHANGED: Answer = {
  status: 200,
  description: "The change was made, or nothing had to change.",
  fields: ["ETag"],
  content: { "application/json": Change },
};

const REFUSALS = ["not-found", "precondition-failed", "invalid-id"] as const;
const POST_REFUSALS = [
  ...REFUSALS,
  "invalid-idempotency-key",
  "idempotency-key-reused",
  "too-many-idempotency-keys",
] as const;
const FIELDS = ["If-Match", "If-None-Match", "Idempotency-Key"] as const;

export const CHANGES: readonly Operation[] = [
  operation({
    ...NOTHING,
    id: "publishArticle",
    method: "post",
    path: "/api/articles/{id}/publish",
    summary: "Publish, schedule or reschedule an article",
    description:
      "Publishes a draft or an embargoed article now, or sets the time at which it is published. Without a body: now.",
    access: { right: "publish", action: "publish" },
    params: ARTICLE,
    fields: FIELDS,
    query: NoQuery,
    body: jsonBody(PublishBody, {
      description: "The time; without it, now.",
      isRequired: false,
      fields: ["published"],
    }),
    answers: [CHANGED],
    problems: [...POST_REFUSALS, "withdrawn", "no-such-media", "storage-full"],
    example: {
      address: "/api/articles/harbour-bridge/publish",
      body: { type: "application/json", text: () => '{ "published": "2026-11-04T09:00:00+01:00" }' },
    },
    handle: act(({ body: { published } }) => ({ kind: "publish", published })),
  }),
  operation({
    ...NOTHING,
    id: "expireArticle",
    method: "post",
    path: "/api/articles/{id}/expire",
    summary: "Set or cancel the expiry of an article",
    description:
      "From that time on, no feed and no list shows the article. Its page stays. An embargo goes on, and a draft stays a draft.",
    access: { right: "publish", action: "expire" },
    params: ARTICLE,
    fields: FIELDS,
    query: NoQuery,
    body: jsonBody(ExpireBody, { description: "The time, or null.", isRequired: true, fields: ["expires"] }),
    answers: [CHANGED],
    problems: [...POST_REFUSALS, "withdrawn"],
    example: {
      address: "/api/articles/harbour-bridge/expire",
      body: { type: "application/json", text: () => '{ "expires": "2126-11-04T00:00:00Z" }' },
    },
    handle: act(({ body: { expires } }) => ({ kind: "expire", expires })),
  }),
  operation({
    ...NOTHING,
    id: "correctArticle",
    method: "post",
    path: "/api/articles/{id}/correct",
    summary: "Publish a correction",
    description: "Adds a correction to the article, which its page and every feed show; or removes it.",
    access: { right: "publish", action: "correct" },
    params: ARTICLE,
    fields: FIELDS,
    query: NoQuery,
    body: jsonBody(CorrectBody, {
      description: "The correction, or null.",
      isRequired: true,
      fields: ["correction"],
    }),
    answers: [CHANGED],
    problems: [...POST_REFUSALS, "withdrawn", "storage-full"],
    example: {
      address: "/api/articles/harbour-bridge/correct",
      body: {
        type: "application/json",
        text: () => '{ "correction": "An earlier version misstated the length of the bridge." }',
      },
    },
    handle: act(({ body: { correction } }) => ({ kind: "correct", correction })),
  }),
  operation({
    ...NOTHING,
    id: "setPicture",
    method: "post",
    path: "/api/articles/{id}/picture",
    summary: "Set or remove the picture of an article",
    description:
      "Gives the article this picture in the place of its document's, or none. It stays when the document comes again and says the same of the picture. What is said of a picture that is kept here fills what the body leaves out.",
    access: { right: "publish", action: "picture" },
    params: ARTICLE,
    query: RestoreQuery,
    fields: FIELDS,
    body: jsonBody(PictureBody, {
      description: "The picture, or null.",
      isRequired: true,
    }),
    answers: [CHANGED],
    problems: [...POST_REFUSALS, "withdrawn", "no-such-media", "storage-full"],
    example: {
      address: "/api/articles/harbour-bridge/picture",
      body: {
        type: "application/json",
        text: () => '{ "url": "https://courier.example/bridge.jpg", "alt": "Children on the ramp." }',
      },
    },
    handle: act(({ body, query: { silent: isSilent } }, siteUrl, warnings) => ({
      kind: "picture",
      image: pictureOf(body, siteUrl, warnings),
      isSilent,
    })),
  }),
  operation({
    ...NOTHING,
    id: "restoreRevision",
    method: "post",
    path: "/api/articles/{id}/revisions/{revision}/restore",
    summary: "Restore a revision",
    description: "Makes a new revision with the content of this one. The dateline's time stays as it is.",
    access: { right: "publish", action: "restore" },
    params: REVISION,
    query: RestoreQuery,
    fields: FIELDS,
    body: EMPTY_BODY,
    answers: [CHANGED],
    problems: [...POST_REFUSALS, "withdrawn", "no-such-media", "storage-full"],
    example: { address: "/api/articles/harbour-bridge/revisions/1/restore?silent" },
    handle: act(({ params: { revision }, query: { silent: isSilent } }) => ({
      kind: "restore",
      revision,
      isSilent,
    })),
  }),
  operation({
    ...NOTHING,
    id: "withdrawArticle",
    method: "delete",
    path: "/api/articles/{id}",
    summary: "Withdraw an article",
    description:
      "Retracts the article. It leaves every feed, the Atom feeds announce the withdrawal, and its page answers 410.",
    access: { right: "withdraw", action: "withdraw" },
    params: ARTICLE,
    query: WithdrawQuery,
    fields: ["If-Match", "If-None-Match"],
    answers: [CHANGED],
    problems: REFUSALS,
    example: { address: "/api/articles/harbour-bridge?reason=Published%20in%20error" },
    handle: act(({ query: { reason, media } }) => ({
      kind: "withdraw",
      reason,
      deletesMedia: media === "delete",
    })),
  }),
  operation({
    ...NOTHING,
    id: "reinstateArticle",
    method: "post",
    path: "/api/articles/{id}/reinstate",
    summary: "Reinstate an article",
    description: "Brings back a withdrawn article, with its id and its guid.",
    access: { right: "withdraw", action: "reinstate" },
    params: ARTICLE,
    query: NoQuery,
    fields: FIELDS,
    body: EMPTY_BODY,
    answers: [CHANGED],
    problems: [...POST_REFUSALS, "no-such-media", "storage-full"],
    example: { address: "/api/articles/harbour-bridge/reinstate" },
    handle: act(() => ({ kind: "reinstate" })),
  }),
];

/**
 * Makes a handler that has the Desk change the article in the path.
 * @param actionOf the change, from the decoded request; it may add warnings to the answer
 */
function act<P extends { id: string }, Q, B>(
  actionOf: (input: Input<P, Q, B>, siteUrl: string, warnings: Issue[]) => Action,
): Handler<P, Q, B> {
  return ({ site, cache }) =>
    async (input) => {
      const { params, actor, request, desk, bytes } = input;
      const writeRequest = await writeRequestOf(request, actor, bytes);
      const warnings: Issue[] = [];
      const action = actionOf(input, site.url, warnings);
      const accepted = acceptedOrThrow(await desk.change(params.id, action, writeRequest));
      forget(cache, accepted);
      return changeResponse(site, accepted, warnings);
    };
}
