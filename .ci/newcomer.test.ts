/** The first steps of a newcomer: npm start, a look at the feeds, Ctrl-C, npm start again, and a subscriber. */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import { readdirSync, statSync } from "node:fs";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, get, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text as textOf } from "node:stream/consumers";
import { after, before, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { dateline, type Running, start, stop, until } from "./local-site.ts";

const PORT = 8797;
const ORIGIN = `http://localhost:${PORT}`;

const articles = readdirSync("content/articles").length;
const pictures = readdirSync("content/pictures").filter((name) => name !== "pictures.json").length;

let running: Running;

before(async () => {
  running = await start(PORT);
});

after(async () => {
  await stop(running.child);
});

test("the first start publishes every sample article with its picture and says where the feeds and the token are", () => {
  match(running.printed, new RegExp(`content/articles: ${articles} published`));
  match(running.printed, new RegExp(`content/pictures: ${pictures} uploaded, ${pictures} set on articles`));
  match(running.printed, /http:\/\/localhost:\d+\/rss\.xml/);
  match(running.printed, /token is in \.dev\.vars/);
});

test("nobody else on this machine may read the token or the site's data", () => {
  const modes = [".dev.vars", ".wrangler"].map((path) => (statSync(path).mode & 0o777).toString(8));
  deepEqual(modes, ["600", "700"]);
});

test("npm start prints nothing else: no warning, no notice, no question", () => {
  const [, ...lines] = running.printed
    .trim()
    .split("\n")
    .filter((line) => !line.startsWith("> "));
  const strange = lines.filter((line) => /warn|error|notice|update|telemetry|deprecat|engine/i.test(line));
  equal(strange.join("\n"), "");
});

for (const [path, type] of [
  ["/rss.xml", "application/rss+xml"],
  ["/atom.xml", "application/atom+xml"],
  ["/feed.json", "application/feed+json"],
  ["/sections/human-rights/rss.xml", "application/rss+xml"],
  ["/", "text/html"],
] as const) {
  test(`${path} answers with ${type}`, async () => {
    const response = await fetch(`${ORIGIN}${path}`);
    equal(response.status, 200);
    ok(response.headers.get("Content-Type")?.startsWith(type));
    match(await response.text(), /Assembly passes law on the right to an interpreter in court/);
  });
}

for (const [path, type, text] of [
  ["/feeds", "text/html", /The Assembly on Rights[^]*Ines Marrable/],
  ["/feeds.opml", "text/x-opml", /xmlUrl="[^"]*\/feeds\/sea-and-harbour\/rss\.xml"/],
  ["/feeds/sea-and-harbour/rss.xml", "application/rss+xml", /Divers map the mole that drowned/],
  ["/authors/ines-marrable/feed.json", "application/feed+json", /The last rope walk on the coast/],
] as const) {
  test(`${path} answers with ${type}, and shows the samples`, async () => {
    const { response, body } = await until(`${ORIGIN}${path}`, text);
    equal(response.status, 200);
    ok(response.headers.get("Content-Type")?.startsWith(type));
    match(body, text);
  });
}

test("a poll of Atom with gzip transfers at most a third of the bytes of one without", async () => {
  const [packed, plain] = [await poll("/atom.xml", "gzip"), await poll("/atom.xml", "identity")];
  equal(packed.coding, "gzip");
  equal(plain.coding, undefined);
  ok(packed.body.length * 3 <= plain.body.length, `${packed.body.length} of ${plain.body.length} bytes`);
  ok(gunzipSync(packed.body).equals(plain.body));
});

test("the guide to the API and its description for programs answer", async () => {
  match(await (await fetch(`${ORIGIN}/api`)).text(), /curl -X PUT/);
  match(await (await fetch(`${ORIGIN}/api/openapi.json`)).text(), /"openapi":"3\.1/);
});

/** Polls a feed, and returns the body as the network carries it. */
async function poll(path: string, accept: string): Promise<{ coding: string | undefined; body: Buffer }> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  get(`${ORIGIN}${path}`, { headers: { "Accept-Encoding": accept } }, resolve).once("error", reject);
  const response = await promise;
  return { coding: response.headers["content-encoding"], body: Buffer.concat(await response.toArray()) };
}

test("the command line finds every sample article published, and makes a copy that changes nothing", async () => {
  match(
    (await dateline(ORIGIN, "publish", "content/articles")).stdout,
    new RegExp(`^${articles} unchanged$`, "m"),
  );
  const copy = join(await mkdtemp(join(tmpdir(), "dateline-")), "copy.ndjson");
  match(
    (await dateline(ORIGIN, "export", copy, "--with-media")).stderr,
    new RegExp(`fetched ${pictures} pictures`),
  );
  match((await dateline(ORIGIN, "import", copy)).stdout, /^\d+ lines, \d+ unchanged$/m);
});

test("a second start, with queues, publishes nothing again, and says so", async () => {
  await stop(running.child);
  running = await start(PORT, "--queues");
  match(running.printed, new RegExp(`0 published, 0 revised, ${articles} unchanged`));
  match(running.printed, new RegExp(`0 uploaded, 0 set on articles, ${pictures} unchanged`));
});

test("a subscriber on this machine gets the news, and is listed", async (t) => {
  const { promise, resolve } = Promise.withResolvers<string>();
  const subscriber = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? "/", ORIGIN);
    response.end(searchParams.get("hub.challenge") ?? "");
    if (request.method === "POST") void textOf(request).then(resolve);
  }).listen(0);
  t.after(() => subscriber.close());
  await once(subscriber, "listening");
  const address = subscriber.address();
  ok(typeof address === "object" && address !== null);
  const topic = `${ORIGIN}/sections/harbour/rss.xml`;
  const headline = "The harbour has news";
  await publish("harbour-opens", "The harbour opens");
  const callback = `http://localhost:${address.port}/`;
  const body = new URLSearchParams({ "hub.mode": "subscribe", "hub.topic": topic, "hub.callback": callback });
  equal((await fetch(`${ORIGIN}/hub`, { method: "POST", body })).status, 202);
  await untilListed(topic);
  await publish("harbour-news", headline);
  match(await promise, new RegExp(headline));
});

for (const readme of ["README.md", "src/auth/README.md", "src/cli/README.md", "src/hub/README.md"]) {
  test(`the command lines of ${readme} work as they stand`, async (t) => {
    t.after(async () => {
      await rm("copy.ndjson", { force: true });
      await rm("copy.media", { force: true, recursive: true });
    });
    const lines = (await readFile(readme, "utf8")).match(/^npm run dateline -- .+$/gm) ?? [];
    ok(lines.length > 0);
    // That is a file of the newcomer's own.
    for (const line of lines.filter((each) => !each.includes("old-feed.xml"))) {
      const [, , , , ...words] = line.match(/"[^"]*"|\S+/g) ?? [];
      const { code, stderr } = await dateline(ORIGIN, ...words.map((word) => word.replaceAll('"', "")));
      equal(code, 0, `${line}\n${stderr}`);
    }
  });
}

/** Publishes a wire document of the section Harbour. */
async function publish(id: string, headline: string): Promise<void> {
  const document = `Harbour 2026-11-04T07:07:06+00:00\n\n${headline}\n\nA summary.\n\n\n${headline}\n\nA body.\n`;
  const file = join(await mkdtemp(join(tmpdir(), "dateline-")), `${id}.txt`);
  await writeFile(file, document);
  equal((await dateline(ORIGIN, "publish", file)).code, 0);
}

/** Waits until the command line lists a subscription of a topic. */
async function untilListed(topic: string): Promise<void> {
  for (let tries = 0; tries < 20; tries++)
    if ((await dateline(ORIGIN, "subscriptions")).stdout.includes(topic)) return;
  throw new Error(`Nobody subscribes to ${topic}`);
}
