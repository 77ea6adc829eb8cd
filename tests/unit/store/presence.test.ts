import { describe, expect, test } from "vitest";
import { presenceOf } from "../../../src/store/presence.ts";
import { readWindow } from "../../../src/store/records.ts";
import { anArticle } from "../../support/stories/article.ts";

const WITHDRAWN = [{ version: 1, id: "a", guid: "a", revision: 2, withdrawn: 0 }];

function windowOf(members: object): string {
  return JSON.stringify({ version: 1, articles: [], withdrawn: [], ...members });
}

/** The title of a window that names Jane Roe. */
function title(members: object): string | undefined {
  return readWindow(windowOf({ title: "Jane Roe", ...members }), "window").title;
}

describe("an undeclared feed", () => {
  test.each([
    ["absent", undefined],
    ["absent", windowOf({})],
    ["absent", windowOf({ title: "Jane Roe", archive: { newest: 1, arrivals: 1 } })],
    ["nameless", windowOf({ withdrawn: WITHDRAWN })],
    ["nameless", windowOf({ withdrawn: WITHDRAWN, title: "Jane Roe" })],
    ["named", windowOf({ title: "Jane Roe", isKept: true })],
    ["named", windowOf({ title: "Jane Roe", isKept: true, withdrawn: WITHDRAWN })],
    ["named", windowOf({ articles: [anArticle({})] })],
    ["named", windowOf({ articles: [anArticle({})], withdrawn: WITHDRAWN })],
  ])("is %s by its window %s", (expected, text) => {
    expect(presenceOf(text, "window")).toBe(expected);
  });

  test("has no title where all its articles are withdrawn, even where an earlier release kept one in the window", () => {
    expect([
      title({}),
      title({ withdrawn: WITHDRAWN }),
      title({ isKept: true }),
      title({ articles: [anArticle({})] }),
    ]).toEqual([undefined, undefined, "Jane Roe", "Jane Roe"]);
  });
});
