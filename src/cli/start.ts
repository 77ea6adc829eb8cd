/** `npm start`: starts the Worker on this machine, publishes the sample articles with their pictures and prints the feeds' addresses. */
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { runTasks } from "./transport/run-tasks.ts";
import { planOf } from "./files/plan.ts";
import { editorToken } from "./transport/editor-token.ts";
import { neverInterrupted } from "./transport/interruption.ts";
import { isPortInUse, startWorker } from "./local-worker.ts";
import { countsOf } from "./counts.ts";
import { failureLines } from "./summary.ts";
import type { Site } from "./transport/site.ts";
import type { Result } from "./transport/task.ts";
import { pictureSource } from "./pictures/picture-source.ts";
import { publishPictures, type SampleResult } from "./pictures/samples.ts";
import { WrongUsage } from "./wrong-usage.ts";

const DEV_VARS = ".dev.vars";
const ARTICLES = "content/articles";
const PICTURES = "content/pictures";
const AS_THEY_ARE = { isDryRun: false, isDraft: false, isSilent: false };
const CONCURRENCY = 4;
const DEFAULT_PORT = "8787";
// The feeds follow a write within a second or two: KV takes one write a second per key.
const VISIBLE_MILLISECONDS = 15_000;

const { values } = parseArgs({
  options: {
    port: { type: "string", default: DEFAULT_PORT },
    // The hub delivers through Cloudflare's queues, which stand in wrangler.toml as comments.
    queues: { type: "boolean", default: false },
  },
});
const port = Number(values.port);
const origin = `http://localhost:${port}`;

if (!Number.isInteger(port) || port < 1 || port > 65_535) {
  fail(`--port takes a number from 1 to 65535, not ${values.port}`);
} else if (await isPortInUse(port)) {
  fail(`Port ${port} is in use. Take another: npm start -- --port ${port + 1}`);
} else {
  await start().catch((error: unknown) => {
    if (!(error instanceof WrongUsage)) throw error;
    fail(error.message);
  });
}

async function start(): Promise<void> {
  const { token, isNew } = await editorToken(DEV_VARS);
  const worker = await startWorker(origin, port, values.queues);
  worker.once("exit", (code) => process.exit(code ?? 0));
  const results = await publishArticles({ origin, token });
  const pictures = await publishPictures(PICTURES, { origin, token }, CONCURRENCY);
  await becomeVisible(results);
  console.log(`
Dateline runs at ${origin}/

  ${summary(results)}
  ${picturesSummary(pictures)}

  RSS 2.0         ${origin}/rss.xml
  Atom 1.0        ${origin}/atom.xml
  JSON Feed 1.1   ${origin}/feed.json
  All feeds       ${origin}/feeds

  The editor token is in ${DEV_VARS}${isNew ? " (made just now)" : ""}. Press Ctrl-C to stop.
`);
}

async function publishArticles(site: Site): Promise<Result[]> {
  const { tasks, localResults } = await planOf(
    [ARTICLES],
    AS_THEY_ARE,
    [],
    pictureSource([ARTICLES], site, neverInterrupted(), false),
  );
  const results = await runTasks(tasks, site, CONCURRENCY, neverInterrupted(), () => undefined);
  return [...localResults, ...results];
}

function summary(results: readonly Result[]): string {
  const { created, revised, unchanged, refused, unanswered, unsent, ...rest } = countsOf(results);
  const counts = [
    `${created} published`,
    `${revised} revised`,
    `${unchanged} unchanged`,
    ...(rest["withdrawn-before"] > 0 ? [`${rest["withdrawn-before"]} withdrawn earlier`] : []),
    ...(refused + unanswered + unsent > 0 ? [`${refused + unanswered + unsent} refused`] : []),
  ];
  return [`${ARTICLES}: ${counts.join(", ")}`, ...results.flatMap(failureLines)].join("\n  ");
}

/** The counts of pictures, and every reason for one that is not there. */
function picturesSummary(pictures: readonly SampleResult[]): string {
  const uploaded = pictures.filter(({ upload }) => upload.outcome.kind === "uploaded").length;
  const set = pictures.filter(({ setting }) => setting?.outcome.kind === "revised").length;
  const kept = pictures.filter(
    ({ upload, setting }) => upload.outcome.kind === "kept-already" && setting?.outcome.kind === "unchanged",
  ).length;
  const results = pictures.flatMap(({ upload, setting = upload }) => [setting]);
  // A site without R2 gives the same reason for each of them.
  const reasons = new Set(results.flatMap((result) => failureLines(result).slice(1)));
  const refused = results.filter((result) => failureLines(result).length > 0).length;
  const counts = [
    `${uploaded} uploaded`,
    `${set} set on articles`,
    `${kept} unchanged`,
    ...(refused > 0 ? [`${refused} refused`] : []),
  ];
  return [`${PICTURES}: ${counts.join(", ")}`, ...reasons].join("\n  ");
}

/** Waits until the newest of the published articles is in the feed. */
async function becomeVisible(results: readonly Result[]): Promise<void> {
  const changed = results.flatMap(({ outcome }) =>
    outcome.kind === "created" || outcome.kind === "revised" ? [outcome.upload.article.id] : [],
  );
  const wanted = changed.toSorted().at(-1);
  if (wanted === undefined) return;
  const deadline = Date.now() + VISIBLE_MILLISECONDS;
  while (Date.now() < deadline) {
    const feed = await (await fetch(`${origin}/feed.json`)).text();
    if (feed.includes(`:${wanted}"`)) return;
    await sleep(200);
  }
}

function fail(message: string): void {
  console.error(message);
  process.exitCode = 1;
}
