/** The Worker's entry: the app, the scheduled handler and the Desk, with the settings that they share. */
import { env } from "cloudflare:workers";
import siteFile from "../content/site.json";
import { Desk as NewsroomDesk } from "./desk/desk.ts";
import { createApp } from "./http/app.ts";
import { theDesk } from "./http/desk.ts";
import { readSettings } from "./settings.ts";

// Checked here, once: a Worker that is not configured does not start.
const site = readSettings(siteFile, env.SITE_URL);

export class Desk extends NewsroomDesk {
  constructor(ctx: DurableObjectState, bindings: Env) {
    super(ctx, bindings, site.itemsPerFeed);
  }
}

const app = createApp(site, env.VERSION.id.slice(0, 8));

export default {
  fetch: app.fetch,
  async scheduled(_controller, bindings) {
    await theDesk(bindings).sweep();
  },
} satisfies ExportedHandler<Env>;
