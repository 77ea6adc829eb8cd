/** Builds the Worker as a deployment would. */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const PROJECT = join(import.meta.dirname, "../../..");
const WRANGLER = join(PROJECT, "node_modules/wrangler/bin/wrangler.js");

/**
 * Bundles the Worker.
 * @param directory where the build may lie
 * @returns the Worker's script
 * @throws Error with wrangler's output when it doesn't build
 */
export async function bundle(directory: string): Promise<string> {
  await promisify(execFile)(process.execPath, [WRANGLER, "deploy", "--dry-run", "--outdir", directory], {
    cwd: PROJECT,
  });
  return readFile(join(directory, "index.js"), "utf8");
}
