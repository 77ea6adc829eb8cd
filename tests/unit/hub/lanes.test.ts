/** What a delivery changes in a subscription, where a real one would take long. */
import { describe, expect, test } from "vitest";
import { stateAfter } from "../../../src/hub/websub/delivery-state.ts";
import type { Result } from "../../../src/hub/messages.ts";
import type { Subscription } from "../../../src/hub/tables/subscriptions.ts";

const NOW = Date.parse("2031-11-24T12:00:00Z");
const NEWEST = { sequence: 7, made: NOW - 1000 };

function subscription(changes: Partial<Subscription> = {}): Subscription {
  return {
    id: 1,
    topic: 1,
    sentTopic: "https://news.example/rss.xml",
    callback: "https://reader.example.org/",
    host: "reader.example.org",
    secret: undefined,
    refetches: false,
    created: NOW - 10_000,
    expires: NOW + 1_000_000,
    version: 1,
    settled: 0,
    delivered: 6,
    failures: 0,
    slow: false,
    due: undefined,
    begun: false,
    pause: undefined,
    echoDue: undefined,
    echo: false,
    gone: undefined,
    succeeded: undefined,
    failed: undefined,
    status: undefined,
    ...changes,
  };
}

function after(one: Subscription, result: Result, changes: { version?: number; sequence?: number } = {}) {
  return stateAfter(one, { id: 1, version: 1, settled: 0, sequence: 7, ...changes, result }, NEWEST, NOW, 0);
}

describe("the slow lane", () => {
  test.each<[string, Subscription, Result, boolean]>([
    ["isn't for one that failed once, at once", subscription(), { status: 500, milliseconds: 10 }, false],
    [
      "isn't for one that was refused late, within five seconds",
      subscription(),
      { status: 500, milliseconds: 5000 },
      false,
    ],
    [
      "is for one that failed twice in a row",
      subscription({ failures: 1 }),
      { status: 500, milliseconds: 10 },
      true,
    ],
    [
      "is for one that let its time pass once",
      subscription(),
      { milliseconds: 10_000, reason: "timed-out" },
      true,
    ],
    [
      "is left after one success",
      subscription({ failures: 9, slow: true }),
      { status: 204, milliseconds: 4000 },
      false,
    ],
    [
      "isn't left by a success that comes late: a slot was taken as long",
      subscription({ failures: 9, slow: true }),
      { status: 204, milliseconds: 9000 },
      true,
    ],
    ["is for one whose success comes late", subscription(), { status: 200, milliseconds: 9000 }, true],
    [
      "isn't left by a failure",
      subscription({ failures: 3, slow: true }),
      { status: 500, milliseconds: 1 },
      true,
    ],
  ])("%s", (_, one, result, slow) => {
    expect(after(one, result)?.slow).toBe(slow);
  });
});

describe("a report", () => {
  test.each([
    [
      "of an edition that is the newest no more: the newest follows at once",
      { sequence: 6 },
      { delivered: 6, due: NOW },
    ],
    ["of the newest edition: nothing follows", { sequence: 7 }, { delivered: 7, due: undefined }],
    ["that comes late takes nothing back", { sequence: 3 }, { delivered: 6, due: NOW }],
    ["of a request that was renewed meanwhile: all is sent anew", { version: 2 }, { delivered: 6, due: NOW }],
  ])("%s", (_, changes, expected) => {
    expect(after(subscription(), { status: 200, milliseconds: 1 }, changes)).toMatchObject(expected);
  });
});
