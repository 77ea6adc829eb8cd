/** The audit over HTTP: what was done, and what was refused. */
import { formatInstant } from "../../article/instant.ts";
import type { Context } from "hono";
import * as v from "valibot";
import type { Instant } from "../../article/article.ts";
import type { Principal } from "../../desk/principal.ts";
import { PAGINATION, readNumber, readPagination, paginate, writeNumber } from "../pagination.ts";
import { readQuery, time } from "../decode.ts";
import { theDesk } from "../../desk/stub.ts";
import { requireRight } from "../missing-permission.ts";

type ApiContext = Context<{ Bindings: Env }>;

const word = v.optional(v.pipe(v.string(), v.nonEmpty("must not be empty")));
const FILTER = {
  actor: v.pipe(word, v.description("By `EDITOR_TOKEN`, `token:` and an id, or another actor.")),
  from: v.pipe(v.optional(time), v.description("Not before this RFC 3339 time.")),
  until: v.pipe(v.optional(time), v.description("Before this RFC 3339 time.")),
};

export const AuditQuery = v.strictObject({
  ...PAGINATION,
  ...FILTER,
  article: v.pipe(word, v.description("What was done to the article with this id.")),
  token: v.pipe(word, v.description("What was done to the token with this id.")),
  action: v.pipe(word, v.description("What was done: `created`, `withdrawn`, `token-made`, …")),
});

export const RefusalQuery = v.strictObject({
  ...PAGINATION,
  ...FILTER,
  article: v.pipe(word, v.description("What was tried last on the article with this id.")),
  token: v.pipe(word, v.description("What was tried last on the token with this id.")),
  action: v.pipe(word, v.description("What was tried: `publish`, `withdraw`, `import`, `read-audit`, …")),
  result: v.pipe(word, v.description("Why it was refused: `forbidden`, `withdrawn`, …")),
});

/** GET /api/audit shows who did what, the newest first, a page at a time. */
export async function listAudit(c: ApiContext, actor: Principal): Promise<Response> {
  requireRight(actor, "admin", "read-audit");
  const { limit: size, cursor, article, token, ...filter } = readQuery(c.req.queries(), AuditQuery);
  const { after, limit } = readPagination({ limit: size, cursor }, readNumber);
  const subject = subjectOf(article, token);
  const found = await theDesk(c.env).audit({ ...filter, subject }, after, limit + 1);
  const { page, next } = paginate(found, limit, ({ number }) => writeNumber(number));
  return c.json({ entries: page.map(view), next });
}

/** GET /api/audit/refusals shows what was refused, and how often in each minute, the newest first, a page at a time. */
export async function listRefusals(c: ApiContext, actor: Principal): Promise<Response> {
  requireRight(actor, "admin", "read-audit");
  const { limit: size, cursor, article, token, ...filter } = readQuery(c.req.queries(), RefusalQuery);
  const { after, limit } = readPagination({ limit: size, cursor }, readNumber);
  const subject = subjectOf(article, token);
  const found = await theDesk(c.env).refusals({ ...filter, subject }, after, limit + 1);
  const { page, next } = paginate(found, limit, ({ number }) => writeNumber(number));
  return c.json({ refusals: page.map(view), next });
}

function subjectOf(article: string | undefined, token: string | undefined): string | undefined {
  return article ?? (token === undefined ? undefined : `token:${token}`);
}

function view<T extends { instant: Instant }>({ instant, ...entry }: T) {
  return { time: formatInstant(instant), ...entry };
}
