/**
 * Replicas of KV that lag: whichever edition of a window or an article a read gives, and whether an isolate has room for it or not,
 * no feed and no page goes back in time, and an entity tag names one body.
 */
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import type { App } from "../../../src/app.ts";
import { askIsolate } from "../../support/ask-isolate.ts";
import { at, put, settle } from "../../support/newsroom.ts";
import { gunzip } from "../../support/reading/gunzip.ts";
import { sized } from "../../support/size.ts";
import { putStored, stored } from "../../support/stored.ts";
import { wire } from "../../support/stories/wire.ts";
import { freshIsolate } from "../../support/worker.ts";

const START = Date.parse("2031-11-20T12:00:00Z");
const LONG = 300_000;
const KEYS = ["window:all", "window:section:events", "window:section:politics", "article:bridge"];
const PATHS = [
  "/",
  "/articles/bridge",
  "/sections/politics/rss.xml",
  "/sections/politics/atom.xml",
  "/sections/politics/feed.json",
  "/sections/politics",
  "/sections/events/atom.xml",
  "/sections/events+politics/atom.xml",
];

type Asked = { path: string; isConditional: boolean; encoding: string };
type Step =
  /** Reads give this edition of these keys from now on. */
  | { kind: "replica"; keys: string[]; sequence: number }
  | { kind: "pass"; milliseconds: number }
  /** All at once. */
  | { kind: "ask"; requests: Asked[] };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant("replica"),
    keys: fc.oneof(fc.constant(KEYS), fc.subarray(KEYS, { minLength: 1, maxLength: 1 })),
    sequence: fc.integer({ min: 101, max: 105 }),
  }),
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("pass"), milliseconds: fc.constantFrom(1000, 1000, 121_000) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("ask"),
      requests: fc.array(
        fc.record({
          path: fc.constantFrom(...PATHS),
          isConditional: fc.boolean(),
          encoding: fc.constantFrom("gzip", "identity"),
        }),
        { minLength: 1, maxLength: 6 },
      ),
    }),
  },
);

/** How much room an isolate has for windows: none, for one of the two, for all. */
const runs = fc.record({
  room: fc.constantFrom(1, 1, 6000, undefined),
  steps: fc.array(step, { minLength: 10, maxLength: 40 }),
});

/** Writes a window of this sequence, whose article has it in its headline. */
async function show(key: string, sequence: number): Promise<void> {
  const { value, metadata } = await stored(key);
  const text = value.replace(/"headline":"[^"]*"/, `"headline":"Number ${sequence}"`);
  const changed = START + sequence * 1000;
  await putStored(key, { value: text, metadata: { ...metadata, sequence, changed } });
}

/** What readers remember: the last entity tag of each address, the body that each tag named, and how many were confirmed. */
class Memory {
  readonly tags = new Map<string, string>();
  readonly bodies = new Map<string, string>();
  confirmed = 0;
}

function sequenceOf(tag: string): number {
  return Number(/\.(\d+)\./.exec(tag)?.[1]);
}

function ask(app: App, { path, isConditional, encoding }: Asked, tag = ""): Promise<Response> {
  const headers = {
    "Accept-Encoding": encoding,
    ...(isConditional && tag !== "" && { "If-None-Match": tag }),
  };
  return askIsolate(app, path, { headers });
}

/** Asks all at once. @returns what is wrong with the answers, by what readers remember */
async function askAll(app: App, requests: readonly Asked[], memory: Memory): Promise<string[]> {
  const before = new Map(memory.tags);
  const answers = await Promise.all(
    requests.map(async (asked) => {
      const response = await ask(app, asked, before.get(asked.path));
      return { path: asked.path, response, bytes: await response.bytes() };
    }),
  );
  const wrong: string[] = [];
  for (const { path, response, bytes } of answers) {
    const { status, headers } = response;
    const tag = headers.get("ETag");
    if (tag === null) {
      // A provisional body, which nobody can ask about.
      if (status !== 200 || headers.has("Last-Modified")) wrong.push(`${path} ${status} has no tag`);
      continue;
    }
    const known = before.get(path) ?? "";
    if (sequenceOf(tag) < sequenceOf(known)) wrong.push(`${path} goes from ${known} back to ${tag}`);
    memory.tags.set(path, tag);
    if (status === 304) {
      memory.confirmed += 1;
      if (tag !== known) wrong.push(`${path} ${tag} is not what was asked: ${known}`);
      continue;
    }
    const body = await textOf(response, bytes);
    const name = `${path} ${tag}`;
    if ((memory.bodies.get(name) ?? body) !== body) wrong.push(`${name} names two bodies`);
    memory.bodies.set(name, body);
    const shown = shownIn(body);
    if (!path.includes("+") && shown !== sequenceOf(tag)) wrong.push(`${name} names number ${shown}`);
  }
  return wrong;
}

function textOf(response: Response, bytes: Uint8Array): Promise<string> {
  return response.headers.get("Content-Encoding") === "gzip" ? gunzip(bytes) : new Response(bytes).text();
}

function shownIn(body: string): number {
  return Number(/Number (\d+)/.exec(body)?.[1]);
}

test(
  "no feed goes back in time, and an entity tag names one body",
  async () => {
    at(START);
    await put("bridge", wire({ headline: "One", sections: "Events Politics" }));
    await settle();
    let [told, confirmed] = [0, 0];
    await fc.assert(
      fc.asyncProperty(runs, async ({ room, steps }) => {
        at(START);
        for (const key of KEYS) await show(key, 100);
        const app = freshIsolate(room);
        const memory = new Memory();
        const wrong: string[] = [];
        for (const each of steps) {
          if (each.kind === "replica") for (const key of each.keys) await show(key, each.sequence);
          else if (each.kind === "pass") vi.setSystemTime(Date.now() + each.milliseconds);
          else wrong.push(...(await askAll(app, each.requests, memory)));
        }
        expect(wrong).toEqual([]);
        told += memory.bodies.size;
        confirmed += memory.confirmed;
      }),
      { numRuns: sized(30, 150) },
    );
    expect([told, confirmed].map((count) => count > sized(30, 150))).toEqual([true, true]);
  },
  LONG,
);

test("a union's tag tells apart two editions whose sequences have one sum", async () => {
  at(START);
  await put("bridge", wire({ headline: "One", sections: "Events Politics" }));
  await settle();
  const tags: (string | null)[] = [];
  for (const [events, politics] of [
    [105, 104],
    [106, 103],
  ] as const) {
    await show("window:section:events", events);
    await show("window:section:politics", politics);
    for (const path of ["/sections/events+politics/atom.xml", "/sections/events+politics"]) {
      const response = await askIsolate(freshIsolate(), path);
      await response.bytes();
      tags.push(response.headers.get("ETag"));
    }
  }
  expect(new Set(tags).size).toBe(4);
});
