import { describe, expect, test } from "vitest";
import { type Edition, isNewer, readEdition } from "../../../src/store/edition.ts";

const NOW = Date.parse("2026-11-04T12:00:00Z");

describe("an edition", () => {
  const edition: Edition = { epoch: "a1", sequence: 7, changed: NOW };

  test("is read from metadata, without other members", () => {
    expect(readEdition({ ...edition, note: "x" })).toEqual(edition);
  });

  test.each([
    ["missing", null],
    ["a word", "a1.7"],
    ["without its epoch", { sequence: 7, changed: NOW }],
    ["of an epoch that could break a tag", { ...edition, epoch: 'a"1' }],
    ["of an empty epoch", { ...edition, epoch: "" }],
    ["of a sequence in words", { ...edition, sequence: "7" }],
    ["of half a sequence", { ...edition, sequence: 7.5 }],
    ["changed at no instant", { ...edition, changed: Number.MAX_VALUE }],
  ])("that is %s can't be read", (_, metadata) => {
    expect(readEdition(metadata)).toBeUndefined();
  });

  test("is newer than an edition of its epoch with a lower sequence, and than no other", () => {
    const older = { ...edition, sequence: 6 };
    const foreign = { epoch: "b2", sequence: 1, changed: NOW };
    expect([
      isNewer(edition, older),
      isNewer(older, edition),
      isNewer(edition, edition),
      isNewer(edition, foreign),
      isNewer(foreign, edition),
    ]).toEqual([true, false, false, false, false]);
  });
});
