/** Builds the Worker as a deployment would, but for the bounds of its hub. */
import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const PROJECT = join(import.meta.dirname, "../../..");
const WRANGLER = join(PROJECT, "node_modules/wrangler/bin/wrangler.js");
const SITE = "content/site.json";

// All callbacks are on this machine: one host has as many subscriptions as the whole hub elsewhere.
const HUB = { subscriptions: 20_000, subscriptionsPerHost: 20_000, pending: 20_000, topics: 1000 };

/**
 * Bundles the Worker.
 * @param directory where the build may lie
 * @param project a checkout, with its packages installed: this one, or one of another commit
 * @returns the Worker's script
 * @throws Error with wrangler's output when it doesn't build
 */
export async function bundle(directory: string, project: string = PROJECT): Promise<string> {
  await mkdir(directory, { recursive: true });
  const site = join(directory, "site.json");
  const content: object = JSON.parse(await readFile(join(project, SITE), "utf8"));
  await writeFile(site, JSON.stringify({ ...content, hub: HUB }));
  // As src/index.ts imports it.
  const alias = `../${SITE}:${site}`;
  await promisify(execFile)(
    process.execPath,
    [WRANGLER, "deploy", "--dry-run", "--outdir", directory, "--alias", alias],
    { cwd: project },
  );
  return readFile(join(directory, "index.js"), "utf8");
}
