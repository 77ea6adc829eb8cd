/** What a newsroom does to an article besides uploading it. */
import { RestoreQuery, WithdrawQuery } from "../handlers/articles.ts";
import type { Answer, Operation } from "./operation.ts";
import { ARTICLE, REVISION } from "./parameters.ts";
import { Change } from "../schemas/change.ts";
import { CorrectBody, ExpireBody, PublishBody } from "../schemas/requests.ts";

const CHANGED: Answer = {
  status: 200,
  description: "The change was made, or all was so already.",
  fields: ["ETag"],
  content: { "application/json": Change },
};

const REFUSALS = ["forbidden", "not-found", "precondition-failed", "invalid-id"] as const;
const POST_REFUSALS = [
  ...REFUSALS,
  "unreadable-document",
  "too-large",
  "invalid-document",
  "invalid-idempotency-key",
  "idempotency-key-reused",
  "too-many-idempotency-keys",
] as const;
const FIELDS = ["If-Match", "If-None-Match", "Idempotency-Key"] as const;

export const CHANGES: readonly Operation[] = [
  {
    id: "publishArticle",
    method: "post",
    path: "/api/articles/{id}/publish",
    summary: "Publish, schedule or reschedule an article",
    description:
      "Publishes a draft, or what is under an embargo, at once; or puts an article under another time. To publish at once it needs no body.",
    access: "publish",
    parameters: ARTICLE,
    fields: FIELDS,
    body: {
      description: "The time, where it is not to be at once.",
      isRequired: false,
      content: { "application/json": PublishBody },
    },
    answers: [CHANGED],
    problems: [...POST_REFUSALS, "withdrawn", "storage-full"],
    example: {
      address: "/api/articles/harbour-bridge/publish",
      body: { type: "application/json", text: () => '{ "published": "2026-11-04T09:00:00+01:00" }' },
    },
  },
  {
    id: "expireArticle",
    method: "post",
    path: "/api/articles/{id}/expire",
    summary: "Say when an article expires",
    description:
      "From that time on no feed and no list shows the article; its page stays. Nothing else changes: an embargo goes on, and a draft stays one.",
    access: "publish",
    parameters: ARTICLE,
    fields: FIELDS,
    body: { description: "The time.", isRequired: true, content: { "application/json": ExpireBody } },
    answers: [CHANGED],
    problems: [...POST_REFUSALS, "withdrawn"],
    example: {
      address: "/api/articles/harbour-bridge/expire",
      body: { type: "application/json", text: () => '{ "expires": "2126-11-04T00:00:00Z" }' },
    },
  },
  {
    id: "correctArticle",
    method: "post",
    path: "/api/articles/{id}/correct",
    summary: "Tell readers what was wrong",
    description: "Puts a correction on the article, which its page and every feed show; or takes it away.",
    access: "publish",
    parameters: ARTICLE,
    fields: FIELDS,
    body: {
      description: "The correction.",
      isRequired: true,
      content: { "application/json": CorrectBody },
    },
    answers: [CHANGED],
    problems: [...POST_REFUSALS, "withdrawn", "storage-full"],
    example: {
      address: "/api/articles/harbour-bridge/correct",
      body: {
        type: "application/json",
        text: () => '{ "correction": "An earlier version misstated the length of the bridge." }',
      },
    },
  },
  {
    id: "restoreRevision",
    method: "post",
    path: "/api/articles/{id}/revisions/{revision}/restore",
    summary: "Restore a revision",
    description: "Brings back what a revision said, as a new revision. The dateline's time stays as it is.",
    access: "publish",
    parameters: REVISION,
    query: RestoreQuery,
    fields: FIELDS,
    answers: [CHANGED],
    problems: [...POST_REFUSALS, "invalid-query", "withdrawn", "storage-full"],
    example: { address: "/api/articles/harbour-bridge/revisions/1/restore?silent" },
  },
  {
    id: "withdrawArticle",
    method: "delete",
    path: "/api/articles/{id}",
    summary: "Withdraw an article",
    description:
      "Retracts the article: it leaves every feed, the Atom feeds announce it, and its page answers 410.",
    access: "withdraw",
    parameters: ARTICLE,
    query: WithdrawQuery,
    fields: ["If-Match", "If-None-Match"],
    answers: [CHANGED],
    problems: [...REFUSALS, "invalid-query"],
    example: { address: "/api/articles/harbour-bridge?reason=Published%20in%20error" },
  },
  {
    id: "reinstateArticle",
    method: "post",
    path: "/api/articles/{id}/reinstate",
    summary: "Take a withdrawal back",
    description: "Brings a withdrawn article back under its id and its guid.",
    access: "withdraw",
    parameters: ARTICLE,
    fields: FIELDS,
    answers: [CHANGED],
    problems: [...POST_REFUSALS, "storage-full"],
    example: { address: "/api/articles/harbour-bridge/reinstate" },
  },
];
