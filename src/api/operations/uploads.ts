/** Uploads: documents in, articles out. */
import type { SectionName } from "../../article/article.ts";
import { MAX_RECORD_BYTES } from "../../article/bounds.ts";
import { MAX_UPLOAD_BYTES } from "../../upload/formats.ts";
import type { NeededRight } from "../access.ts";
import { upload, UploadQuery } from "../handlers/uploads.ts";
import { Item } from "../../upload/json/item.ts";
import { MarkdownDocument, NinjsDocument, WireDocument } from "../schemas/bodies.ts";
import { Upload, UploadOrDryRun } from "../schemas/change.ts";
import { type Content, unreadBody } from "./body.ts";
import { type Answer, NOTHING, type Operation, operation } from "./operation.ts";
import { ARTICLE } from "./parameters.ts";

// With the right `withdraw` alone, the handler takes nothing but a withdrawal.
const UPLOADING: NeededRight = { right: "publish", or: "withdraw", action: "publish" };

/** The schemas of uploads by their media types: those of the table of formats. */
export const UPLOAD: Content = {
  "text/plain": WireDocument,
  "text/markdown": MarkdownDocument,
  "application/json": Item,
  "application/vnd.iptc.ninjs+json": NinjsDocument,
};

const BODY = unreadBody({
  description: `The document in UTF-8, of at most ${MAX_UPLOAD_BYTES} bytes. The article that is stored, with its body as HTML and as text, may have at most ${MAX_RECORD_BYTES} bytes.`,
  isRequired: true,
  content: UPLOAD,
});

const MADE: Answer = {
  status: 201,
  description: "The article was created.",
  fields: ["ETag", "Location"],
  content: { "application/json": Upload },
};

const TAKEN: Answer = {
  status: 200,
  description:
    "The article was revised or withdrawn, or nothing had to change. With `dry-run`: what would be done.",
  fields: ["ETag"],
  content: { "application/json": UploadOrDryRun },
};

const REFUSALS = [
  "unreadable-document",
  "not-found",
  "guid-taken",
  "withdrawn",
  "precondition-failed",
  "too-large",
  "unsupported-media-type",
  "invalid-document",
  "no-such-media",
  "storage-full",
] as const;

export const UPLOADS: readonly Operation[] = [
  operation({
    ...NOTHING,
    id: "putArticle",
    method: "put",
    path: "/api/articles/{id}",
    summary: "Create or revise an article",
    description:
      "Creates the article with this id, or its next revision. The same document again changes nothing, and the answer is `unchanged`. A time in the future is an embargo: no reader sees the article before it. With the right `withdraw` alone, only a canceled item in ninjs is taken.",
    access: UPLOADING,
    params: ARTICLE,
    query: UploadQuery,
    lists: ["section"],
    fields: ["If-Match", "If-None-Match"],
    body: BODY,
    answers: [TAKEN, MADE],
    problems: [...REFUSALS, "invalid-id"],
    example: {
      address: "/api/articles/harbour-bridge",
      body: { type: "text/markdown", text: markdown },
    },
    handle: (services) => (input) => upload(services, input, input.params.id),
  }),
  operation({
    ...NOTHING,
    id: "postArticle",
    method: "post",
    path: "/api/articles",
    summary: "Upload an article without choosing its id",
    description:
      "Takes the id or the guid from the document, or makes an id from its date and its headline. For a draft or an embargo that id ends in four more characters without a meaning. A document without a guid that was uploaded before changes nothing: the answer is the article that it made or revised. With the right `withdraw` alone, only a canceled item in ninjs is taken.",
    access: UPLOADING,
    query: UploadQuery,
    lists: ["section"],
    fields: ["If-Match", "If-None-Match", "Idempotency-Key"],
    body: BODY,
    answers: [TAKEN, MADE],
    problems: [...REFUSALS, "invalid-idempotency-key", "idempotency-key-reused", "too-many-idempotency-keys"],
    example: {
      address: "/api/articles?dry-run",
      body: { type: "text/plain", text: wire },
    },
    handle: (services) => (input) => upload(services, input),
  }),
];

function markdown({ title }: SectionName): string {
  return [
    "---",
    "title: Harbour bridge opens to everyone",
    "summary: The footbridge over the harbour has a ramp at last.",
    `sections: [${JSON.stringify(title)}]`,
    "date: 2026-11-04T07:07:06Z",
    "---",
    "After *eleven years* of promises the footbridge over the harbour has a ramp.",
    "",
    "The first to use it was a class from the Quay Street school.",
    "",
  ].join("\n");
}

function wire({ title }: SectionName): string {
  return [
    `${title} 2026-11-05T18:30:00+01:00`,
    "",
    "Ferries run until midnight",
    "",
    "The last boat leaves later from Monday.",
    "",
    "",
    "Ferries run until midnight",
    "",
    "From Monday the last ferry leaves the old harbour at midnight.",
    "",
  ].join("\n");
}
