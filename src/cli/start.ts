/** `npm start`: the Worker on this machine, with the sample articles published and the feeds' addresses printed. */
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { editorToken } from "./editor-token.ts";
import { isTaken, startWorker } from "./local-worker.ts";
import { publishFolder, type Report } from "./publish.ts";

const DEV_VARS = ".dev.vars";
const ARTICLES = "content/articles";
const DEFAULT_PORT = "8787";
// The feeds follow an import within a second or two: KV takes one write a second per key.
const VISIBLE_MILLISECONDS = 15_000;

const { values } = parseArgs({ options: { port: { type: "string", default: DEFAULT_PORT } } });
const port = Number(values.port);
const origin = `http://localhost:${port}`;

if (!Number.isInteger(port) || port < 1 || port > 65_535) {
  fail(`--port takes a number from 1 to 65535, not ${values.port}`);
} else if (await isTaken(port)) {
  fail(`Port ${port} is in use. Take another: npm start -- --port ${port + 1}`);
} else {
  await start();
}

async function start(): Promise<void> {
  const { token, isNew } = await editorToken(DEV_VARS);
  const worker = await startWorker(origin, port);
  worker.once("exit", (code) => process.exit(code ?? 0));
  const report = await publishFolder(ARTICLES, { origin, token });
  await becomeVisible(report);
  console.log(`
Dateline runs at ${origin}/

  ${summary(report)}

  RSS 2.0         ${origin}/rss.xml
  Atom 1.0        ${origin}/atom.xml
  JSON Feed 1.1   ${origin}/feed.json
  Sections        ${origin}/#feeds

  The editor token is in ${DEV_VARS}${isNew ? " (made just now)" : ""}. Ctrl-C stops.
`);
}

function summary({ created, revised, unchanged, withdrawn, refused }: Report): string {
  const counts = [
    `${created.length} published`,
    `${revised.length} revised`,
    `${unchanged.length} unchanged`,
    ...(withdrawn.length > 0 ? [`${withdrawn.length} withdrawn before and left so`] : []),
    ...(refused.length > 0 ? [`${refused.length} refused`] : []),
  ];
  return [`${ARTICLES}: ${counts.join(", ")}`, ...refused].join("\n  ");
}

/** Waits until the newest of what was published stands in the feed. */
async function becomeVisible({ created, revised }: Report): Promise<void> {
  const wanted = [...created, ...revised].toSorted().at(-1);
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
