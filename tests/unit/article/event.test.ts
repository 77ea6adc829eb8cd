import { expect, test } from "vitest";
import type { Status } from "../../../src/article/article.ts";
import { eventOf } from "../../../src/article/event.ts";

const NOTHING = undefined;

test.each<[Status | undefined, Status, ReturnType<typeof eventOf>]>([
  [undefined, "published", "published"],
  [undefined, "draft", NOTHING],
  [undefined, "scheduled", NOTHING],
  [undefined, "expired", NOTHING],
  [undefined, "withdrawn", NOTHING],
  ["draft", "draft", NOTHING],
  ["draft", "published", "published"],
  ["draft", "withdrawn", NOTHING],
  ["scheduled", "published", "published"],
  ["scheduled", "expired", NOTHING],
  ["scheduled", "withdrawn", NOTHING],
  ["published", "published", "revised"],
  ["published", "expired", "expired"],
  ["published", "withdrawn", "withdrawn"],
  ["published", "draft", "withdrawn"],
  ["published", "scheduled", "withdrawn"],
  ["expired", "expired", "revised"],
  ["expired", "published", "published"],
  ["expired", "withdrawn", "withdrawn"],
  ["expired", "draft", "withdrawn"],
  ["withdrawn", "published", "reinstated"],
  ["withdrawn", "expired", "reinstated"],
  ["withdrawn", "draft", NOTHING],
  ["withdrawn", "scheduled", NOTHING],
])("from %s to %s the event is %s", (before, after, event) => {
  expect(eventOf(before && { status: before }, { status: after })).toBe(event);
});

test.each<[string, string | undefined, string | undefined, ReturnType<typeof eventOf>]>([
  ["a first correction", undefined, "A name was wrong.", "corrected"],
  ["another correction", "A name was wrong.", "Two names were wrong.", "corrected"],
  ["the same correction with another text", "A name was wrong.", "A name was wrong.", "revised"],
  ["a correction that is taken away", "A name was wrong.", undefined, "revised"],
])("of a public article, %s is told, also once it has expired", (_, before, after, event) => {
  for (const status of ["published", "expired"] as const)
    expect(eventOf({ status, correction: before }, { status, correction: after })).toBe(event);
});
