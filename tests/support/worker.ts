/** The Worker under test: the real one, with a KV namespace around which faults can be injected. */
import { env } from "cloudflare:workers";
import siteFile from "../../content/site.json";
import { Desk as NewsroomDesk } from "../../src/desk/desk.ts";
import { createApp } from "../../src/http/app.ts";
import { readSettings } from "../../src/settings.ts";
import worker from "../../src/index.ts";
import { faulty } from "./faulty-kv.ts";

export const site = readSettings(siteFile, env.SITE_URL);

function withFaults(bindings: Env, vanish?: () => void): Env {
  return { ...bindings, ARTICLES: faulty(bindings.ARTICLES, vanish) };
}

/** How many articles a feed shows: the next Desk that starts takes it; `setup.ts` resets it before each test. */
export const limits = { itemsPerFeed: site.itemsPerFeed };

export class Desk extends NewsroomDesk {
  constructor(ctx: DurableObjectState, bindings: Env) {
    super(
      ctx,
      withFaults(bindings, () => ctx.abort()),
      limits.itemsPerFeed,
    );
  }
}

let app = createApp(site, "build", undefined);

/** A fresh isolate's memory: what an isolate keeps between requests must not leak from one test into the next. */
export function startAnotherIsolate(): void {
  app = createApp(site, "build", undefined);
}

export default {
  fetch: (request, bindings, ctx) => app.fetch(request, withFaults(bindings), ctx),
  scheduled: (controller, bindings) => worker.scheduled(controller, bindings),
} satisfies ExportedHandler<Env>;
