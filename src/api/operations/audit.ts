/** The audit: what was done, and what was refused. */
import * as v from "valibot";
import type { Instant } from "../../article/article.ts";
import { formatInstant } from "../../article/instant.ts";
import { MAX_ROWS } from "../../desk/ledger/refusals.ts";
import type { NeededRight } from "../access.ts";
import { time } from "../decode.ts";
import { paginate, PAGINATION, readNumber, readPagination, writeNumber } from "../pagination.ts";
import { AuditList, RefusalList } from "../schemas/administration.ts";
import { NOTHING, type Operation, operation } from "./operation.ts";
import { HOST } from "./parameters.ts";

const READING: NeededRight = { right: "admin", action: "read-audit" };

const word = v.optional(v.pipe(v.string(), v.nonEmpty("must not be empty")));
const FILTER = {
  actor: v.pipe(word, v.description("Only by this actor: `EDITOR_TOKEN`, `token:` and an id, …")),
  from: v.pipe(v.optional(time), v.description("Only from this RFC 3339 time on.")),
  until: v.pipe(v.optional(time), v.description("Only before this RFC 3339 time.")),
};

const AuditQuery = v.strictObject({
  ...PAGINATION,
  ...FILTER,
  article: v.pipe(word, v.description("Only about the article with this id.")),
  token: v.pipe(word, v.description("Only about the token with this id.")),
  media: v.pipe(word, v.description("Only about the picture with this id.")),
  webhook: v.pipe(word, v.description("Only about the webhook with this id.")),
  subscription: v.pipe(word, v.description("Only about the subscription with this id.")),
  host: v.pipe(word, v.description("Only about this host of callbacks, blocked or not.")),
  action: v.pipe(word, v.description("Only this action: `created`, `withdrawn`, `token-made`, …")),
});

const RefusalQuery = v.strictObject({
  ...PAGINATION,
  ...FILTER,
  article: v.pipe(word, v.description("Only rows whose last attempt was on the article with this id.")),
  token: v.pipe(word, v.description("Only rows whose last attempt was on the token with this id.")),
  media: v.pipe(word, v.description("Only rows whose last attempt was on the picture with this id.")),
  webhook: v.pipe(word, v.description("Only rows whose last attempt was on the webhook with this id.")),
  subscription: v.pipe(
    word,
    v.description("Only rows whose last attempt was on the subscription with this id."),
  ),
  host: v.pipe(
    v.optional(HOST.entries.host),
    v.description("Only rows whose last attempt was on this host of callbacks."),
  ),
  action: v.pipe(
    word,
    v.description("Only attempts at this: `publish`, `withdraw`, `import`, `read-audit`, …"),
  ),
  result: v.pipe(word, v.description("Only refusals for this reason: `forbidden`, `withdrawn`, …")),
});

export const AUDIT: readonly Operation[] = [
  operation({
    ...NOTHING,
    id: "listAudit",
    method: "get",
    path: "/api/audit",
    summary: "Read the audit",
    description:
      "Lists who did what, when, and to which revision, the newest first, with pagination. No entry is ever deleted.",
    access: READING,
    query: AuditQuery,
    answers: [
      { status: 200, description: "A part of the audit.", content: { "application/json": AuditList } },
    ],
    problems: ["invalid-cursor"],
    example: { address: "/api/audit?article=harbour-bridge&limit=10" },
    handle:
      () =>
      async ({
        query: { limit: size, cursor, article, token, media, webhook, subscription, host, ...filter },
        desk,
      }) => {
        const { after, limit } = readPagination({ limit: size, cursor }, readNumber);
        const subject = subjectOf(article, { token, media, webhook, subscription, host });
        const found = await desk.audit({ ...filter, subject }, after, limit + 1);
        const { listed, next } = paginate(found, limit, ({ number }) => writeNumber(number));
        return Response.json({ entries: listed.map(view), next });
      },
  }),
  operation({
    ...NOTHING,
    id: "listRefusals",
    method: "get",
    path: "/api/audit/refusals",
    summary: "List refusals",
    description: `Lists the refused requests of people and programs that had signed in, reads and dry runs too. They are counted by actor, action, reason and minute, the newest minute first, with pagination. The last ${MAX_ROWS} rows are kept.`,
    access: READING,
    query: RefusalQuery,
    answers: [
      {
        status: 200,
        description: "A part of the list.",
        content: { "application/json": RefusalList },
      },
    ],
    problems: ["invalid-cursor"],
    example: { address: "/api/audit/refusals?result=forbidden&limit=10" },
    handle:
      () =>
      async ({
        query: { limit: size, cursor, article, token, media, webhook, subscription, host, ...filter },
        desk,
      }) => {
        const { after, limit } = readPagination({ limit: size, cursor }, readNumber);
        const subject = subjectOf(article, { token, media, webhook, subscription, host });
        const found = await desk.refusals({ ...filter, subject }, after, limit + 1);
        const { listed, next } = paginate(found, limit, ({ number }) => writeNumber(number));
        return Response.json({ refusals: listed.map(view), next });
      },
  }),
];

/** A subject as the audit names it. @param others ids by their kind, of which the first counts */
function subjectOf(
  article: string | undefined,
  others: Record<string, string | undefined>,
): string | undefined {
  const other = Object.entries(others).find(([, id]) => id !== undefined);
  return article ?? other?.join(":");
}

function view<T extends { instant: Instant }>({ instant, ...entry }: T) {
  return { time: formatInstant(instant), ...entry };
}
