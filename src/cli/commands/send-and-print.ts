/** One request of a command that administers the site, and its answer as lines. */
import type { Command } from "commander";
import * as v from "valibot";
import { SiteOptions } from "../options.ts";
import type { Session } from "../session.ts";
import { type Request, send } from "../transport/request.ts";
import { readSiteResponse, reasonsOf } from "../transport/responses.ts";
import { siteAt } from "../transport/site.ts";

/** A POST that is not sent again where nobody knows what became of it: a repetition makes another token, another secret. */
export function postOnce(path: string, body?: unknown): Request {
  const headers = { "Content-Type": "application/json" };
  const sent = body === undefined ? {} : { headers, body: JSON.stringify(body) };
  return { method: "POST", path, ...sent, isIdempotent: false };
}

/**
 * Sends a request and prints the site's response, with --json as it is; prints the reasons of a refusal.
 * @param command with the options of `withSite`
 * @param schema of the response's body
 */
export async function sendAndPrint<Schema extends v.GenericSchema>(
  command: Command,
  session: Session,
  request: Request,
  schema: Schema,
  print: (value: v.InferOutput<Schema>) => void,
): Promise<void> {
  const response = await sendAndRead(command, session, request, schema);
  if (response === undefined) return;
  if (v.parse(SiteOptions, command.opts()).json) session.out.json(response.body ?? {});
  else print(response.value);
}

/**
 * Sends a request and reads the site's response; prints the reasons of a refusal, and makes the command fail then.
 * @param command with the options of `withSite`
 * @param schema of the response's body
 * @returns the body as it came, and decoded, with its entity tag; undefined after a refusal
 */
export async function sendAndRead<Schema extends v.GenericSchema>(
  command: Command,
  { out, interruption, fail }: Session,
  request: Request,
  schema: Schema,
): Promise<{ body: unknown; value: v.InferOutput<Schema>; entityTag: string | undefined } | undefined> {
  const { to } = v.parse(SiteOptions, command.opts());
  const response = await send(await siteAt(to, process.env), request, interruption, readSiteResponse);
  const decoded = v.safeParse(schema, response.body);
  const { body, entityTag } = response;
  if (response.isOk && decoded.success) return { body, value: decoded.output, entityTag };
  fail();
  const reasons = response.isOk
    ? ["The response can't be read. Does --to name a Dateline site?"]
    : reasonsOf(response);
  out.note(reasons.join("\n"));
  return undefined;
}
