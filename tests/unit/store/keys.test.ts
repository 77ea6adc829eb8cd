import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { articleKey, isArticleKey, parseKey, SITE_KEY, windowKey } from "../../../src/store/keys.ts";

describe("a key", () => {
  const anyId = fc.stringMatching(/^[a-z0-9]{1,9}(-[a-z0-9]{1,9}){0,5}$/);

  test("is parsed into the parts of which it was made", () => {
    fc.assert(
      fc.property(anyId, (id) => {
        expect(
          [articleKey(id), windowKey(`section:${id}`), windowKey("all"), SITE_KEY].map(parseKey),
        ).toEqual([
          { kind: "article", id },
          { kind: "window", feed: `section:${id}` },
          { kind: "window", feed: "all" },
          { kind: "site" },
        ]);
      }),
    );
  });

  test.each([
    "",
    "sites",
    "window:",
    "window:everything",
    "page:all",
    "page:all:x",
    "page:everything:1",
    "Article:a",
    "all",
  ])("is never %j", (text) => {
    expect(() => parseKey(text)).toThrow("No such");
  });

  test("is recognised as an article's key or another", () => {
    expect([articleKey("window"), windowKey("section:article"), SITE_KEY].map(isArticleKey)).toEqual([
      true,
      false,
      false,
    ]);
  });
});
