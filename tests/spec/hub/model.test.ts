/** The hub against a model: any sequence of newsroom actions, subscriptions, faults, evictions and time. */
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { clear } from "../../support/clear.ts";
import { hubFaults, type JobFault } from "../../support/faulty-hub.ts";
import { type Fault, faults } from "../../support/faulty-kv.ts";
import {
  asking,
  calmly,
  checkReaders,
  emptyHubModel,
  type HubCommand,
  type HubModel,
  pass,
  subscribing,
} from "../../support/hub-model.ts";
import {
  breaking,
  correct,
  evict,
  expire,
  publishNow,
  reinstate,
  SECOND,
  upload,
  withdrawing,
} from "../../support/model.ts";
import { at } from "../../support/newsroom.ts";
import { sized } from "../../support/size.ts";
import type { BehaviourInput } from "../../support/subscribers/behaviour.ts";
import { layout, startAnotherIsolate } from "../../support/worker.ts";

// Ahead of the real clock: the platform's own alarms don't interfere with those that a command runs.
const START = Date.parse("2031-11-20T12:00:00Z");
const HOUR = 3600 * SECOND;
const SECTIONS = ["politics", "events", "country"];
const IDS = ["a", "b", "c", "d"];
const ITEMS_PER_FEED = 3;
// Seconds: an embargo that ends while the newsroom works, and one that outlives every run.
const EMBARGO = 60;
const LONG_EMBARGO = 1_000_000;

const id = fc.constantFrom(...IDS);
const sections = fc.subarray(SECTIONS, { minLength: 1 });
const fault = fc.constantFrom<Fault>("none", "fails", "answers-429", "succeeds-but-reports-failure");
const jobFault = fc.constantFrom<JobFault>("none", "lost", "doubled");
const past = fc.integer({ min: -100, max: 0 });
const soon = fc.integer({ min: 1, max: EMBARGO });
const TOPICS = [
  "/rss.xml",
  "/sections/politics/atom.xml",
  "/sections/country+events/feed.json",
  "/feed.json?limit=2",
];
const topic = fc.constantFrom(...TOPICS);
const failures = fc.constantFrom<BehaviourInput[]>(
  { delivery: 204 },
  { delivery: [500, 204] },
  { delivery: [204, 410, 503, 503, 204] },
  { verification: ["wrong", "echo"], delivery: [307, 204] },
  { delivery: [{ answer: 429, headers: { "Retry-After": "300" } }, 204] },
);

/** The faults of the next jobs for couriers, one after the other; later jobs are done. */
function losing(coming: JobFault[]): HubCommand {
  return {
    check: () => true,
    run: () => {
      const left = [...coming];
      hubFaults.onJob = () => left.shift() ?? "none";
      return Promise.resolve();
    },
    toString: () => `lose(${coming.join(", ")})`,
  };
}

/** Lets the Desk fail to give windows so many times. */
function silencing(times: number): HubCommand {
  return {
    check: () => true,
    run: () => {
      let left = times;
      hubFaults.isDeskDown = () => left-- > 0;
      return Promise.resolve();
    },
    toString: () => `silence(${times})`,
  };
}

const newsroom = [
  fc.tuple(id, sections, past, fc.constant(false)).map((given) => upload(...given)),
  fc.tuple(id, sections, past, fc.constant(false)).map((given) => upload(...given)),
  fc.tuple(id, sections, soon, fc.constant(false)).map((given) => upload(...given)),
  fc.tuple(id, sections, fc.constant(LONG_EMBARGO), fc.constant(false)).map((given) => upload(...given)),
  fc.tuple(id, sections, fc.oneof(past, soon), fc.constant(true)).map((given) => upload(...given)),
  id.map(publishNow),
  fc.tuple(id, fc.oneof(soon, fc.constant(LONG_EMBARGO))).map((given) => expire(...given)),
  id.map(correct),
  id.map(withdrawing),
  id.map(reinstate),
  fc.array(fault, { minLength: 1, maxLength: 12 }).map(breaking),
  fc.constant(evict),
].map((commands) => commands.map(calmly));

const commands = fc.commands<HubModel, null, boolean>(
  [
    ...newsroom,
    fc.tuple(topic, failures).map((given) => subscribing(...given)),
    fc.tuple(topic, failures).map((given) => subscribing(...given)),
    fc.tuple(fc.constantFrom("subscribe", "unsubscribe"), fc.nat(9)).map((given) => asking(...given)),
    fc.array(jobFault, { minLength: 1, maxLength: 5 }).map(losing),
    fc.integer({ min: 1, max: 20 }).map(silencing),
    fc.integer({ min: 1, max: 20 }).map(silencing),
    fc.integer({ min: 0, max: 10 }).map(pass),
    fc.integer({ min: 0, max: 10 }).map(pass),
    fc.integer({ min: 10, max: 200 }).map(pass),
  ],
  { maxCommands: 40 },
);

test("under any actions of the newsroom and any faults subscribers never get a hidden article, and in the end all that is public", async () => {
  vi.spyOn(console, "error").mockReturnValue();
  await fc.assert(
    fc.asyncProperty(commands, async (sequence) => {
      await clear();
      faults.reset();
      hubFaults.reset();
      startAnotherIsolate();
      layout.itemsPerFeed = ITEMS_PER_FEED;
      at(START);
      const model = emptyHubModel();
      for (const each of TOPICS) await subscribing(each, {}).run(model, null);
      await fc.asyncModelRun(() => ({ model, real: null }), sequence);
      faults.onWrite = () => "none";
      hubFaults.onJob = () => "none";
      hubFaults.isDeskDown = () => false;
      await checkReaders(model, 2 * HOUR);
      expect(model.readers.every(({ judged }) => judged < 200)).toBe(true);
    }),
    { numRuns: sized(6, 30) },
  );
}, 600_000);
