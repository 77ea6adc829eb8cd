/** Requests to one isolate of the Worker, whichever that is. */
import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { App } from "../../src/app.ts";
import { ORIGIN } from "./site.ts";

/** Asks an isolate, and waits for its background work too. */
export async function askIsolate(
  isolate: App,
  path: string,
  init: RequestInit = {},
  bindings: Env = env,
): Promise<Response> {
  const context = createExecutionContext();
  const response = await isolate.fetch(new Request(`${ORIGIN}${path}`, init), bindings, context);
  await waitOnExecutionContext(context);
  return response;
}
