/** The benchmark: one run, a few tables; with `--storm` that of the daily work beside an import alone. Nothing here fails for being slow, and nothing leaves this machine. */
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { bundle } from "./dateline/bundle.ts";
import { importing } from "./publishing/importing.ts";
import { kinds } from "./reading/composed-feeds.ts";
import { publishing } from "./publishing/publishing.ts";
import { reading } from "./reading/reading.ts";
import { rendering } from "./rendering.ts";
import { FULL, QUICK } from "./scale.ts";
import { storm } from "./daily-work/daily-work.ts";

const scale = process.argv.includes("--quick") ? QUICK : FULL;
const directory = await mkdtemp(join(tmpdir(), "dateline-bench-"));
const say = (progress: string): void => console.error(progress);
try {
  say("Building the Worker");
  const script = await bundle(join(directory, "build"));
  const tables = process.argv.includes("--storm")
    ? await storm(script, join(directory, "storm"), scale, say)
    : [
        ...(await reading(script, join(directory, "reading"), scale, say)),
        await kinds(script, join(directory, "kinds"), scale, say),
        ...(await publishing(script, join(directory, "publishing"), scale, say)),
        await importing(script, join(directory, "importing"), scale, say),
        ...(await storm(script, join(directory, "storm"), scale, say)),
        rendering(scale, say),
      ];
  const [processor] = cpus();
  console.log(
    `${processor?.model ?? "Unknown processor"}, ${availableParallelism()} cores, Node.js ${process.version}\n`,
  );
  console.log(tables.join("\n\n"));
} finally {
  await rm(directory, { recursive: true, force: true });
}
