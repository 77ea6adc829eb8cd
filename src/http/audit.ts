/** The audit over HTTP. */
import type { Context } from "hono";
import * as v from "valibot";
import type { AuditEntry } from "../desk/audit.ts";
import type { Principal } from "../desk/principal.ts";
import { PAGE, readNumber, readPage, turnPage, writeNumber } from "./cursor.ts";
import { readQuery, time } from "./decode.ts";
import { theDesk } from "./desk.ts";
import { requireRight } from "./gate.ts";

const word = v.optional(v.pipe(v.string(), v.nonEmpty("must not be empty")));

export const AuditQuery = v.strictObject({
  ...PAGE,
  article: v.pipe(word, v.description("What was done to the article with this id.")),
  token: v.pipe(word, v.description("What was done to the token with this id.")),
  actor: v.pipe(
    word,
    v.description("What was done by `EDITOR_TOKEN`, `token:` and an id, or another actor."),
  ),
  action: v.pipe(word, v.description("What was done or tried: `created`, `withdrawn`, `token-made`, …")),
  from: v.pipe(v.optional(time), v.description("Not before this RFC 3339 time.")),
  until: v.pipe(v.optional(time), v.description("Before this RFC 3339 time.")),
});

/** GET /api/audit shows who did what, the newest first, a page at a time. */
export async function listAudit(c: Context<{ Bindings: Env }>, actor: Principal): Promise<Response> {
  requireRight(actor, "admin");
  const { limit: size, cursor, article, token, ...filter } = readQuery(c, AuditQuery);
  const { after, limit } = readPage({ limit: size, cursor }, readNumber);
  const subject = article ?? (token === undefined ? undefined : `token:${token}`);
  const found = await theDesk(c.env).audit({ ...filter, subject }, after, limit + 1);
  const { page, next } = turnPage(found, limit, ({ number }) => writeNumber(number));
  return c.json({
    entries: page.map(view),
    next,
  });
}

function view({ instant, ...entry }: AuditEntry) {
  return { time: new Date(instant).toISOString(), ...entry };
}
