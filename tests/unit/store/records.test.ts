import { describe, expect, test, vi } from "vitest";
import { excerpt, withExcerpt } from "../../../src/article/excerpt.ts";
import { readSite } from "../../../src/store/directory.ts";
import {
  readArticle,
  readArticleOrTombstone,
  readWindow,
  windowArticleText,
} from "../../../src/store/records.ts";
import { anArticle, aWindowArticle } from "../../support/stories/article.ts";

const NOW = Date.parse("2026-11-04T12:00:00Z");

const TOMBSTONE = {
  version: 1,
  id: "salt-rooms",
  guid: "tag:gazette.example,2026-11-04:salt-rooms",
  revision: 2,
  withdrawn: NOW,
};

/** Every log line from now on, parsed. */
function logged(): unknown[] {
  const lines: unknown[] = [];
  vi.spyOn(console, "error").mockImplementation((line: string) => lines.push(JSON.parse(line)));
  return lines;
}

describe("the record of an article", () => {
  test("is read back whole", () => {
    const article = anArticle({
      shortHeadline: "Bridge open",
      summary: "The bridge is open again.",
      authors: [{ name: "Jane Roe", url: "https://gazette.example/jane" }],
      tags: ["bridges"],
      link: "https://gazette.example/bridge",
      image: {
        url: "https://gazette.example/b.jpg",
        alt: "The bridge",
        credit: "J. Roe",
        width: 3,
        height: 2,
      },
      attachments: [{ url: "https://gazette.example/b.mp3", type: "audio/mpeg", length: 9, title: "Noon" }],
    });
    const log = logged();
    expect(readArticle(JSON.parse(JSON.stringify(article)), "article:harbour-bridge")).toEqual(article);
    expect(log).toEqual([]);
  });

  test("from before there were short headlines is read back to the same bytes", () => {
    const text = JSON.stringify(readArticle(anArticle(), "article:harbour-bridge"));
    expect(JSON.stringify(readArticle(JSON.parse(text), "article:harbour-bridge"))).toBe(text);
    expect(text).not.toContain("shortHeadline");
  });

  test.each([
    ["with a short headline that is no text", { ...anArticle(), shortHeadline: 7 }, "shortHeadline"],
    ["of another version", { ...anArticle(), version: 2 }, "version"],
    ["without a version", { ...anArticle(), version: undefined }, "version"],
    ["without a headline", { ...anArticle(), headline: undefined }, "headline"],
    ["of a status that isn't", { ...anArticle(), status: "hidden" }, "status"],
    ["with its time in words", { ...anArticle(), published: "2026-11-04" }, "published"],
    ["with a link that is a script", { ...anArticle(), link: "javascript:alert(1)" }, "link"],
    ["with a picture that is a script", { ...anArticle(), image: { url: "data:text/html,x" } }, "image.url"],
  ])("%s can't be read, and the log names its place but none of its text", (_, record, problem) => {
    const log = logged();
    expect(readArticle(record, "window:all#3")).toBeUndefined();
    expect(log).toEqual([{ event: "unreadable-record", where: "window:all#3", problem }]);
  });

  test("is read as an article while it is published, and as a tombstone after that", () => {
    expect(
      [anArticle(), TOMBSTONE].map((record) => readArticleOrTombstone(JSON.stringify(record), "x")),
    ).toEqual([anArticle(), TOMBSTONE]);
  });

  test.each([
    ["broken JSON", '{"version":1'],
    ["an empty text", ""],
    ["null", "null"],
    ["an article of a later version", JSON.stringify({ ...anArticle(), version: 2 })],
  ])("that is %s can't be read, and is reported once", (_, text) => {
    const log = logged();
    expect(readArticleOrTombstone(text, "article:harbour-bridge")).toBeUndefined();
    expect(log).toEqual([
      { event: "unreadable-record", where: "article:harbour-bridge", problem: expect.any(String) },
    ]);
  });
});

describe("the record of a window", () => {
  test("keeps its other articles and withdrawals when one of each can't be read, and reports these once", () => {
    const log = logged();
    const text = JSON.stringify({
      version: 1,
      articles: [anArticle({ id: "a" }), { ...anArticle({ id: "b" }), version: 2 }, anArticle({ id: "c" })],
      withdrawn: [{ ...TOMBSTONE, withdrawn: "yesterday" }, TOMBSTONE],
    });
    expect(readWindow(text, "window:all")).toEqual({
      version: 1,
      articles: [aWindowArticle({ id: "a" }), aWindowArticle({ id: "c" })],
      withdrawn: [TOMBSTONE],
    });
    expect(log).toEqual([
      { event: "unreadable-record", where: "window:all#1", problem: "version" },
      { event: "unreadable-record", where: "window:all#withdrawn.0", problem: "withdrawn" },
    ]);
  });

  test("has an excerpt of each text, and that of an earlier release is read as this one's", () => {
    const log = logged();
    // The cut removes the control that it leaves open, so that two blanks are together.
    const article = anArticle({ text: `${"word ".repeat(50)}\u202B ${"word ".repeat(500)}\u202C` });
    const [light, whole] = [windowArticleText(withExcerpt(article)), JSON.stringify(article)];
    const [first, second, ...others] = readWindow(
      `{"version":1,"articles":[${light},${whole}],"withdrawn":[]}`,
      "window:all",
    ).articles;
    expect([first, second, others]).toEqual([withExcerpt(article), withExcerpt(article), []]);
    expect([light.length < 1000, log]).toEqual([true, []]);
  });

  test("has articles that the release before this one reads too", () => {
    const article = anArticle({ summary: "The bridge.", text: "Cars crossed. ".repeat(100) });
    const { text, ...rest } = article;
    expect(readArticle(JSON.parse(windowArticleText(withExcerpt(article))), "window:all#0")).toEqual({
      ...rest,
      text: excerpt(text),
    });
  });

  test("that was never written is empty, without a report", () => {
    const log = logged();
    expect(readWindow(undefined, "window:all")).toEqual({ version: 1, articles: [], withdrawn: [] });
    expect(log).toEqual([]);
  });

  test.each([
    ["broken JSON", '{"version":1,"articles":['],
    ["of a later version", '{"version":2,"articles":[],"withdrawn":[]}'],
    ["a list", "[]"],
  ])("that is %s is empty, and reported once", (_, text) => {
    const log = logged();
    expect(readWindow(text, "window:all")).toEqual({ version: 1, articles: [], withdrawn: [] });
    expect(log).toEqual([{ event: "unreadable-record", where: "window:all", problem: expect.any(String) }]);
  });
});

describe("the record of the sections", () => {
  test("is read back whole, with a section whose articles are all withdrawn", () => {
    const sections = [
      { id: "events", title: "Events", count: 0 },
      { id: "politics", title: "Politics", count: 3, newest: NOW },
    ];
    expect(readSite(JSON.stringify({ version: 1, sections }))).toEqual({ version: 1, sections });
  });

  test("names no section where nothing was ever published", () => {
    const log = logged();
    expect(readSite(undefined)).toEqual({ version: 1, sections: [] });
    expect(log).toEqual([]);
  });

  test("names no section where it can't be read, and is reported once", () => {
    const log = logged();
    expect(readSite('{"version":2,"sections":[]}')).toEqual({ version: 1, sections: [] });
    expect(log).toEqual([{ event: "unreadable-record", where: "site", problem: "version" }]);
  });
});
