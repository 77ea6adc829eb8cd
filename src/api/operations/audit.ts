/** The audit: what was done, and what was refused. */
import * as v from "valibot";
import type { Instant } from "../../article/article.ts";
import { formatInstant } from "../../article/instant.ts";
import type { NeededRight } from "../access.ts";
import { time } from "../decode.ts";
import { paginate, PAGINATION, readNumber, readPagination, writeNumber } from "../pagination.ts";
import { AuditList, RefusalList } from "../schemas/administration.ts";
import { NOTHING, type Operation, operation } from "./operation.ts";

const READING: NeededRight = { right: "admin", action: "read-audit" };

const word = v.optional(v.pipe(v.string(), v.nonEmpty("must not be empty")));
const FILTER = {
  actor: v.pipe(word, v.description("By `EDITOR_TOKEN`, `token:` and an id, or another actor.")),
  from: v.pipe(v.optional(time), v.description("Not before this RFC 3339 time.")),
  until: v.pipe(v.optional(time), v.description("Before this RFC 3339 time.")),
};

const AuditQuery = v.strictObject({
  ...PAGINATION,
  ...FILTER,
  article: v.pipe(word, v.description("What was done to the article with this id.")),
  token: v.pipe(word, v.description("What was done to the token with this id.")),
  action: v.pipe(word, v.description("What was done: `created`, `withdrawn`, `token-made`, …")),
});

const RefusalQuery = v.strictObject({
  ...PAGINATION,
  ...FILTER,
  article: v.pipe(word, v.description("What was tried last on the article with this id.")),
  token: v.pipe(word, v.description("What was tried last on the token with this id.")),
  action: v.pipe(word, v.description("What was tried: `publish`, `withdraw`, `import`, `read-audit`, …")),
  result: v.pipe(word, v.description("Why it was refused: `forbidden`, `withdrawn`, …")),
});

export const AUDIT: readonly Operation[] = [
  operation({
    ...NOTHING,
    id: "listAudit",
    method: "get",
    path: "/api/audit",
    summary: "Read the audit",
    description:
      "Shows who did what, when, and to which revision, the newest first, a page at a time. It is kept for good.",
    access: READING,
    query: AuditQuery,
    answers: [
      { status: 200, description: "A page of the audit.", content: { "application/json": AuditList } },
    ],
    problems: ["invalid-cursor"],
    example: { address: "/api/audit?article=harbour-bridge&limit=10" },
    handle:
      () =>
      async ({ query: { limit: size, cursor, article, token, ...filter }, desk }) => {
        const { after, limit } = readPagination({ limit: size, cursor }, readNumber);
        const subject = subjectOf(article, token);
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
    summary: "Read what was refused",
    description:
      "Shows what was refused to whoever had signed in, reads and dry runs too: counted by actor, action, reason and minute, the newest minute first, a page at a time. The last 10,000 are kept.",
    access: READING,
    query: RefusalQuery,
    answers: [
      {
        status: 200,
        description: "A page of refusals.",
        content: { "application/json": RefusalList },
      },
    ],
    problems: ["invalid-cursor"],
    example: { address: "/api/audit/refusals?result=forbidden&limit=10" },
    handle:
      () =>
      async ({ query: { limit: size, cursor, article, token, ...filter }, desk }) => {
        const { after, limit } = readPagination({ limit: size, cursor }, readNumber);
        const subject = subjectOf(article, token);
        const found = await desk.refusals({ ...filter, subject }, after, limit + 1);
        const { listed, next } = paginate(found, limit, ({ number }) => writeNumber(number));
        return Response.json({ refusals: listed.map(view), next });
      },
  }),
];

function subjectOf(article: string | undefined, token: string | undefined): string | undefined {
  return article ?? (token === undefined ? undefined : `token:${token}`);
}

function view<T extends { instant: Instant }>({ instant, ...entry }: T) {
  return { time: formatInstant(instant), ...entry };
}
