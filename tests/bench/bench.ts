/**
 * The benchmarks: prints tables, fails for no figure, sends nothing off this machine. The parts of PARTS that the command line
 * names, or all of them; with `--quick` at a small size. `--against <directory>` names a checkout of another commit, beside which
 * pages are measured.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { dailyWork } from "./daily-work/daily-work.ts";
import { bundle } from "./dateline/bundle.ts";
import { importing } from "./publishing/importing.ts";
import { push } from "./push/push.ts";
import { media } from "./publishing/media.ts";
import { publishing } from "./publishing/publishing.ts";
import { composedFeeds } from "./reading/composed-feeds.ts";
import { manyFeeds } from "./reading/many-feeds.ts";
import { pages } from "./reading/pages.ts";
import { reading } from "./reading/reading.ts";
import { rendering } from "./rendering.ts";
import { FULL, QUICK, type Scale } from "./scale.ts";

/**
 * Measures a part and gives its tables.
 * @param script the Worker's
 * @param storage a directory of its own, for KV and the Desk
 * @param say is told of the progress
 * @param other the Worker's script in the checkout to compare with; the same one where none is named
 */
type Part = (
  script: string,
  storage: string,
  scale: Scale,
  say: (progress: string) => void,
  other: string,
) => string[] | Promise<string[]>;

const PARTS: ReadonlyMap<string, Part> = new Map<string, Part>([
  ["reading", reading],
  ["many-feeds", manyFeeds],
  ["composed-feeds", composedFeeds],
  ["pages", pages],
  ["publishing", publishing],
  ["importing", importing],
  ["media", media],
  ["daily-work", dailyWork],
  ["push", push],
  ["rendering", (_script, _storage, scale, say) => rendering(scale, say)],
]);

const { values, positionals } = parseArgs({
  options: { quick: { type: "boolean", default: false }, against: { type: "string" } },
  allowPositionals: true,
});
const scale = values.quick ? QUICK : FULL;
const parts = positionals.length === 0 ? [...PARTS] : positionals.map(partOf);
const directory = await mkdtemp(join(tmpdir(), "dateline-bench-"));
const say = (progress: string): void => console.error(progress);
try {
  say("Building the Worker");
  const script = await bundle(join(directory, "build"));
  const other =
    values.against === undefined ? script : await bundle(join(directory, "other"), resolve(values.against));
  const tables: string[] = [];
  for (const [name, part] of parts)
    tables.push(...(await part(script, join(directory, name), scale, say, other)));
  const [processor] = cpus();
  console.log(
    `${processor?.model ?? "Unknown processor"}, ${availableParallelism()} cores, Node.js ${process.version}\n`,
  );
  console.log(tables.join("\n\n"));
} finally {
  await rm(directory, { recursive: true, force: true });
}

/** @throws Error on a name that no part has */
function partOf(name: string): [string, Part] {
  const part = PARTS.get(name);
  if (part === undefined)
    throw new Error(`No part is called ${name}. There are ${[...PARTS.keys()].join(", ")}`);
  return [name, part];
}
