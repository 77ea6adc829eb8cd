/** When a topic has its next edition. */
import { expect, test } from "vitest";
import { editionDue } from "../../../src/hub/websub/coalescing.ts";

const NEVER = Number.NEGATIVE_INFINITY;

/** A change, the newest edition, and now: in milliseconds of one clock. */
type Case = { changed: number; made: number; now: number; subscribers: number; isRecalled?: boolean };

test.each<[string, Case, number]>([
  ["two seconds after a change", { changed: 0, made: NEVER, now: 0, subscribers: 1 }, 2000],
  ["two seconds after the last of several", { changed: 0, made: NEVER, now: 1500, subscribers: 1 }, 3500],
  ["five seconds after the first of many", { changed: 0, made: NEVER, now: 4000, subscribers: 1 }, 5000],
  ["two seconds after the last edition", { changed: 100, made: 0, now: 100, subscribers: 1 }, 2100],
  [
    "no sooner than two seconds after an edition that was late",
    { changed: 0, made: 4900, now: 4900, subscribers: 1 },
    6900,
  ],
  [
    "with 1,000 subscribers two seconds after an edition",
    { changed: 100, made: 90, now: 100, subscribers: 1000 },
    2100,
  ],
  [
    "with 5,000 subscribers ten seconds after an edition",
    { changed: 100, made: 0, now: 100, subscribers: 5000 },
    10_000,
  ],
  [
    "with 10,000 subscribers twenty seconds after an edition",
    { changed: 100, made: 0, now: 5000, subscribers: 10_000 },
    20_000,
  ],
  [
    "with many subscribers two seconds after a change, when the last edition is old",
    { changed: 60_000, made: 0, now: 60_000, subscribers: 10_000 },
    62_000,
  ],
  [
    "at once when an article was taken away",
    { changed: 9000, made: 0, now: 9000, subscribers: 1, isRecalled: true },
    9000,
  ],
  [
    "two seconds after an edition from which an article was taken away",
    { changed: 500, made: 0, now: 500, subscribers: 1, isRecalled: true },
    2000,
  ],
  [
    "five seconds after a withdrawal, however many subscribers there are",
    { changed: 500, made: 0, now: 500, subscribers: 10_000, isRecalled: true },
    5500,
  ],
])("comes %s", (_, { subscribers, now, isRecalled = false, ...times }, due) => {
  expect(editionDue({ ...times, isRecalled }, subscribers, now)).toBe(due);
});
