/** The Worker's entry: the app, the other handlers and the three Durable Objects, with the settings that they share. */
import { env } from "cloudflare:workers";
import siteFile from "../content/site.json";
import { Desk as NewsroomDesk } from "./desk/desk.ts";
import { type App, createApp } from "./app.ts";
import { Hub as NewsroomHub } from "./hub/hub.ts";
import { deliverBatch } from "./hub/delivery/consumer.ts";
import { lineToHub, theHub } from "./hub/stub.ts";
import { type MediaBindings, sweepIncoming } from "./media/bucket.ts";
import { topicsOf } from "./public/topics.ts";
import { theDesk } from "./desk/stub.ts";
import { theAudience } from "./audience/stub.ts";
import { reasonOf, report } from "./report.ts";
import { readAccess, readCallbackRules, readSettings } from "./settings.ts";

// Read when the Worker starts: a Worker without a valid configuration can't be deployed.
const layout = readSettings(siteFile, env.SITE_URL);

export class Desk extends NewsroomDesk {
  constructor(ctx: DurableObjectState, bindings: Env) {
    super(ctx, bindings, layout, lineToHub(bindings));
  }
}

export { Audience } from "./audience/audience.ts";

export class Hub extends NewsroomHub {
  constructor(ctx: DurableObjectState, bindings: Env) {
    super(ctx, bindings, layout, topicsOf(layout), () => ctx.exports.Courier);
  }
}

export { Courier } from "./hub/delivery/courier.ts";

readAccess(env.ACCESS_TEAM_DOMAIN, env.ACCESS_AUDIENCE);
readCallbackRules(layout.url, env.HUB_ALLOW_LOOPBACK);

type Deployed = { bindings: Env; key: string; app: App };
let deployed: Deployed | undefined;

/** The app of the present deployment. An isolate may live on when only the variables or the version change. */
function appOf(bindings: Env): App {
  // The runtime gives every request of a deployment the same object.
  if (deployed?.bindings === bindings) return deployed.app;
  const { SITE_URL: siteUrl, ACCESS_TEAM_DOMAIN: team, ACCESS_AUDIENCE: audience, VERSION } = bindings;
  const { HUB_ALLOW_LOOPBACK: allowLoopback } = bindings;
  const key = JSON.stringify([siteUrl, team, audience, allowLoopback, VERSION.id]);
  if (deployed?.key === key) {
    deployed.bindings = bindings;
  } else {
    const site = readSettings(siteFile, siteUrl);
    const rules = readCallbackRules(site.url, allowLoopback);
    const app = createApp(site, VERSION.id.slice(0, 8), readAccess(team, audience), rules);
    deployed = { bindings, key, app };
  }
  return deployed.app;
}

/** Sweeps a Durable Object. Never throws: one that is down keeps nothing else from being done. */
async function sweep(name: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    report("sweep-failed", { of: name, reason: reasonOf(thrown) });
  }
}

/**
 * Hands some readers that an earlier release noted at the Desk over to the Audience. Whatever fails is tried again at the next
 * call: the Audience notes no reader twice within an hour, and so no row twice. Never throws.
 */
async function handOverReaders(bindings: Env): Promise<void> {
  try {
    const desk = theDesk(bindings);
    const readers = await desk.formerReaders();
    if (readers.length === 0) return;
    await theAudience(bindings).note(readers);
    await desk.removeFormerReaders(readers);
  } catch (thrown) {
    report("readers-not-handed-over", { reason: reasonOf(thrown) });
  }
}

/** Removes what uploads of pictures have left in R2 that were cut off. */
async function sweepUploads({ MEDIA }: MediaBindings): Promise<void> {
  if (MEDIA !== undefined) await sweepIncoming(MEDIA, Date.now());
}

export default {
  fetch: (request, bindings, ctx) => appOf(bindings).fetch(request, bindings, ctx),
  async scheduled(_controller, bindings) {
    await Promise.all([
      sweep("desk", () => theDesk(bindings).sweep()),
      sweep("hub", () => theHub(bindings).sweep()),
      sweep("media", () => sweepUploads(bindings)),
      handOverReaders(bindings),
    ]);
  },
  queue: (batch, bindings) => deliverBatch(batch, theHub(bindings)),
} satisfies ExportedHandler<Env>;
