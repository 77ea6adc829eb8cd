/** Sends one request, and prints what the site responds: for commands with a single request. */
import type { Command } from "commander";
import * as v from "valibot";
import { SiteOptions } from "../options.ts";
import type { Session } from "../session.ts";
import { type Request, send } from "../transport/request.ts";
import { readSiteResponse, reasonsOf } from "../transport/responses.ts";
import { siteAt } from "../transport/site.ts";

/**
 * Sends a request and prints the site's response, with --json as it is; prints the reasons of a refusal.
 * @param command with the options of `withSite`
 * @param schema of the response's body
 */
export async function sendAndPrint<Schema extends v.GenericSchema>(
  command: Command,
  { out, interruption, fail }: Session,
  request: Request,
  schema: Schema,
  print: (value: v.InferOutput<Schema>) => void,
): Promise<void> {
  const { to, json } = v.parse(SiteOptions, command.opts());
  const response = await send(await siteAt(to, process.env), request, interruption, readSiteResponse);
  const decoded = v.safeParse(schema, response.body);
  if (!response.isOk || !decoded.success) {
    fail();
    const reasons = response.isOk
      ? ["The response can't be read. Does --to name a Dateline site?"]
      : reasonsOf(response);
    out.note(reasons.join("\n"));
  } else if (json) out.json(response.body ?? {});
  else print(decoded.output);
}
