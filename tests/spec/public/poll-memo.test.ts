/** The memo of polls: whatever is asked, and whatever is written meanwhile, it answers as an isolate that remembers nothing. */
import { env } from "cloudflare:workers";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import type { App } from "../../../src/app.ts";
import { PreparedResponse } from "../../../src/http/prepared-response.ts";
import { askIsolate } from "../../support/ask-isolate.ts";
import { clear } from "../../support/clear.ts";
import { at, settle } from "../../support/newsroom.ts";
import { sized } from "../../support/size.ts";
import { wire } from "../../support/stories/wire.ts";
import { freshIsolate } from "../../support/worker.ts";

// Ahead of the real clock: the platform's own alarms don't interfere. A minute before a day ends: the feed for MSN changes then.
const START = Date.parse("2031-11-20T23:59:00Z");
const LONG = 300_000;

const PATHS = [
  "/rss.xml",
  "/atom.xml",
  "/feed.json",
  "/feed",
  "/msn.xml",
  "/rss.xml?limit=1",
  "/atom.xml?content=summary",
  "/atom.xml?limit=1&utm_source=x",
  "/sections/politics/rss.xml",
  "/sections/events+politics/atom.xml",
  "/sections/harvest/feed.json",
  "/sections/nowhere/rss.xml",
  "/archive/1/rss.xml",
];

/** The value of a field, made of the entity tag and the date of what the address has now. */
type Make = (tag: string, date: string) => string;

const own: Make = (tag) => tag;
const opaque = (tag: string): string => tag.replace(/^W\//, "");
/** The same tag with another sequence. */
const moved =
  (by: number): Make =>
  (tag) =>
    tag.replace(/\.(\d+)\./, (_, sequence: string) => `.${Number(sequence) + by}.`);

const FIELDS: Record<string, readonly Make[]> = {
  "If-None-Match": [
    own,
    own,
    own,
    opaque,
    (tag) => `"other", ${tag}`,
    () => "*",
    () => "nonsense",
    moved(1),
    moved(-1),
    (tag) => tag.replace(/"\w+/, '"life'),
    (tag) => tag.replace("gzip", "identity"),
  ],
  "If-Modified-Since": [(_, date) => date, () => "Thu, 20 Nov 2031 00:00:00 GMT", () => "yesterday"],
  "If-Match": [own, () => "*"],
  "If-Unmodified-Since": [(_, date) => date, () => "Thu, 20 Nov 2031 00:00:00 GMT"],
  "Accept-Encoding": [() => "gzip", () => "gzip, br", () => "gzip;q=0", () => "identity"],
  Accept: [() => "application/atom+xml", () => "text/html", () => "*/*"],
  "Sec-Fetch-Dest": [() => "document", () => "empty"],
  "User-Agent": [() => "NetNewsWire", () => "Feedly/1.0; 12 subscribers"],
  Range: [() => "bytes=0-9"],
};

type Asked = { method: string; fields: [string, Make][] };
type Step =
  /** Several requests for one of the addresses, one after the other. */
  | { kind: "ask"; which: number; requests: Asked[] }
  /** Through this isolate, or through another one. */
  | { kind: "write"; id: string; headline: string; sections: string; isElsewhere: boolean }
  | { kind: "withdraw"; id: string; isElsewhere: boolean }
  | { kind: "pass"; milliseconds: number }
  | { kind: "settle" };

const field = fc
  .constantFrom(...Object.keys(FIELDS))
  .chain((name) => fc.tuple(fc.constant(name), fc.constantFrom(...(FIELDS[name] ?? [own]))));

const asked: fc.Arbitrary<Asked> = fc.record({
  method: fc.constantFrom("GET", "GET", "GET", "GET", "HEAD", "OPTIONS"),
  fields: fc.oneof(
    fc.array(field, { maxLength: 2 }),
    fc.tuple(field),
    fc.tuple(fc.constant<[string, Make]>(["If-None-Match", own]), field),
  ),
});

const id = fc.constantFrom("bridge", "ferry");
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("ask"),
      which: fc.nat({ max: 2 }),
      requests: fc.array(asked, { minLength: 4, maxLength: 8 }),
    }),
  },
  fc.record({
    kind: fc.constant("write"),
    id,
    headline: fc.constantFrom("One boat sails", "Two boats sail"),
    sections: fc.constantFrom("Politics", "Events Politics", "Harvest"),
    isElsewhere: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("withdraw"), id, isElsewhere: fc.boolean() }),
  // Within a second, and beyond the two minutes in which a union's date is settling and the end of a day.
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("pass"),
      milliseconds: fc.constantFrom(1, 999, 1000, 59_000, 121_000),
    }),
  },
  fc.record({ kind: fc.constant("settle") }),
);

/** Some addresses, and what happens to them. */
const runs = fc.record({
  paths: fc.uniqueArray(fc.constantFrom(...PATHS), { minLength: 3, maxLength: 3 }),
  steps: fc.array(step, { minLength: 10, maxLength: 25 }),
});

/** Everything that a client can tell a response by. */
async function told(response: Response): Promise<unknown> {
  const { status, headers } = response;
  const fields = [...headers].toSorted(([one], [two]) => one.localeCompare(two));
  return { status, fields, body: new TextDecoder("latin1").decode(await response.bytes()) };
}

/** Asks for an address here and in isolates that remember nothing. */
async function compare(app: App, path: string, requests: readonly Asked[]): Promise<void> {
  const present = await askIsolate(freshIsolate(), path);
  await present.bytes();
  const tag = present.headers.get("ETag") ?? '"none"';
  const date = present.headers.get("Last-Modified") ?? "never";
  for (const { method, fields } of requests) {
    const headers = new Headers(fields.map(([name, make]) => [name, make(tag, date)]));
    const init = { method, headers, redirect: "manual" } as const;
    const here = await told(await askIsolate(app, path, init));
    const anew = await told(await askIsolate(freshIsolate(), path, init));
    const named = [method, path, ...headers].join(" ");
    expect([named, here]).toEqual([named, anew]);
  }
}

async function write(app: App, change: Step & { kind: "write" | "withdraw" }): Promise<void> {
  const document =
    change.kind === "write" ? wire({ sections: change.sections, headline: change.headline }) : undefined;
  const response = await askIsolate(app, `/api/articles/${change.id}`, {
    method: change.kind === "write" ? "PUT" : "DELETE",
    headers: { Authorization: `Bearer ${env.EDITOR_TOKEN}`, "Content-Type": "text/plain" },
    ...(document !== undefined && { body: document }),
  });
  await response.text();
}

async function run(app: App, paths: readonly string[], next: Step): Promise<void> {
  switch (next.kind) {
    case "ask":
      return compare(app, paths[next.which] ?? "/rss.xml", next.requests);
    case "write":
    case "withdraw":
      await write(next.isElsewhere ? freshIsolate() : app, next);
      // An isolate learns within a second of what another one has written.
      if (next.isElsewhere) vi.setSystemTime(Date.now() + 1000);
      return;
    case "pass":
      return void vi.setSystemTime(Date.now() + next.milliseconds);
    case "settle":
      return settle();
  }
}

test(
  "every request gets the same response as from an isolate that remembers nothing, to the byte",
  async () => {
    const prepared = vi.spyOn(PreparedResponse.prototype, "answer");
    const answered = new Set<unknown>();
    await fc.assert(
      fc.asyncProperty(runs, async ({ paths, steps }) => {
        at(START);
        const app = freshIsolate();
        try {
          for (const each of steps) await run(app, paths, each);
        } finally {
          await clear();
          for (const { value } of prepared.mock.results) answered.add(value?.status);
          prepared.mockClear();
        }
      }),
      { numRuns: sized(10, 40) },
    );
    expect([...answered]).toEqual(expect.arrayContaining([200, 304]));
  },
  LONG,
);
