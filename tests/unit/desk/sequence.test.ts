import { describe, expect, test } from "vitest";
import { nextSequence, sequenceOf } from "../../../src/desk/ledger/sequence.ts";

describe("the sequence of an article’s public record", () => {
  test("begins with 1 at the first revision that readers can see", () => {
    const hidden = { seen: false, sequence: 0 };
    expect(nextSequence(undefined, { status: "draft", seen: false })).toBe(0);
    expect(nextSequence(hidden, { status: "scheduled", seen: false })).toBe(0);
    expect(nextSequence(hidden, { status: "withdrawn", seen: false })).toBe(0);
    expect(nextSequence(hidden, { status: "published", seen: true })).toBe(1);
  });

  test("rises with a revision that readers see, and stays with one that they don't see", () => {
    const known = { seen: true, sequence: 4 };
    const after = (["published", "expired", "withdrawn", "draft", "scheduled"] as const).map((status) =>
      nextSequence(known, { status, seen: true }),
    );
    expect(after).toEqual([5, 5, 5, 4, 4]);
  });

  test("goes on from the sequence of earlier releases, which derived it from the revision and the status", () => {
    const row = { revision: 3, changed: 100, sequence: null, sequenced: null };
    expect(sequenceOf({ ...row, status: "published" })).toBe(6);
    expect(sequenceOf({ ...row, status: "expired" })).toBe(7);
    expect(nextSequence({ seen: true, sequence: 7 }, { status: "withdrawn", seen: true })).toBe(8);
  });

  test("of a row that an earlier release changed after a rollback is derived from what that release wrote", () => {
    const row = { revision: 5, status: "published", sequence: 2, sequenced: 100 } as const;
    expect(sequenceOf({ ...row, changed: 100 })).toBe(2);
    expect(sequenceOf({ ...row, changed: 200 })).toBe(10);
    expect(sequenceOf({ ...row, changed: 200, sequence: 20 })).toBe(20);
  });
});
