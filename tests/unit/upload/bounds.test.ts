/** Limits of an article in every format: a longer one is refused, and every excess is named. */
import { describe, expect, test } from "vitest";
import { excessesOf, MAX_HEADLINE, MAX_NAME, MAX_RECORD_BYTES } from "../../../src/article/bounds.ts";
import type { Parsed } from "../../../src/upload/issue.ts";
import { formatOf } from "../../../src/upload/formats.ts";
import { readLine } from "../../../src/api/handlers/import-line.ts";
import { anArticle } from "../../support/stories/article.ts";
import { site } from "../../support/site.ts";
import { wire } from "../../support/stories/wire.ts";

const LONG = "x".repeat(200_000);
const DRAFT = { title: "Bridge", sections: ["Politics"], date_published: "2026-11-04T12:00:00Z" };
const NINJS = {
  uri: "urn:bridge:1",
  firstcreated: "2026-11-04T12:00:00Z",
  headlines: [{ value: "Bridge" }],
  bodies: [{ value: "Open." }],
  subjects: [{ name: "Politics" }],
};

function parsed(type: string, document: string): Parsed | undefined {
  return formatOf(type)?.parse(new TextEncoder().encode(document), site);
}

function json(changes: object): Parsed | undefined {
  return parsed("application/json", JSON.stringify({ ...DRAFT, content_text: "Open.", ...changes }));
}

function ninjs(changes: object): Parsed | undefined {
  return parsed("application/vnd.iptc.ninjs+json", JSON.stringify({ ...NINJS, ...changes }));
}

function copied(changes: Parameters<typeof anArticle>[0]) {
  const line = JSON.stringify({ revision: { digest: null, article: anArticle(changes) } });
  return readLine(new TextEncoder().encode(line), site, true);
}

type Answer = Parsed | ReturnType<typeof readLine> | undefined;

/** The issues, each as `field reason place`. */
function wrong(answer: Answer): string[] {
  if (answer === undefined || answer.ok || !("issues" in answer)) return [];
  return answer.issues.map(({ field, reason, path, line }) => `${field} ${reason} ${path ?? line}`);
}

const AMPERSANDS = "&".repeat(MAX_RECORD_BYTES / 4);
const FRONT = "---\ntitle: Bridge\nsections: [Politics]\ndate: 2026-11-04T12:00:00Z\n";

const TABLE: [string, () => Answer, string[]][] = [
  [
    "a wire document's section, headline and summary",
    () => parsed("text/plain", wire({ sections: LONG, headline: LONG, summary: `A ${LONG}` })),
    ["sections too-long 1", "headline too-long 3", "summary too-long 5", "body too-long 10"],
  ],
  ["a wire document's body", () => parsed("text/plain", wire({ body: AMPERSANDS })), ["body too-long 10"]],
  [
    "the body of Markdown",
    () => parsed("text/markdown", `${FRONT}---\n${`${"& ".repeat(1000)}\n\n`.repeat(60)}`),
    ["body too-long 6"],
  ],
  [
    "a headline that Markdown's body gives",
    () =>
      parsed(
        "text/markdown",
        `---\nsections: [Politics]\ndate: 2026-11-04T12:00:00Z\n---\n# ${"x".repeat(MAX_HEADLINE + 1)}\n\nOpen.`,
      ),
    ["headline too-long 1"],
  ],
  [
    "HTML",
    () => json({ content_text: undefined, content_html: `<p>${AMPERSANDS}</p>` }),
    ["body too-long /content_html"],
  ],
  ["a text in JSON", () => json({ content_text: AMPERSANDS }), ["body too-long /content_text"]],
  [
    "a ninjs item's headline, by-line, subject and keywords",
    () =>
      ninjs({ headlines: [{ value: LONG }], by: LONG, subjects: [{ name: LONG }], keywords: ["a", LONG] }),
    [
      "sections too-long /subjects",
      "headline too-long /headlines",
      "authors too-long /authors",
      "tags too-long /tags",
      "body too-long /bodies",
    ],
  ],
  [
    "a ninjs item's subjects and keywords together",
    () =>
      ninjs({
        subjects: [{ name: "Politics" }, ...Array.from({ length: 60 }, (_, n) => ({ name: `Subject ${n}` }))],
        keywords: Array.from({ length: 60 }, (_, n) => `Word ${n}`),
      }),
    ["tags too-many /tags"],
  ],
  [
    "a copied record",
    () =>
      copied({
        guid: LONG,
        sections: [{ id: "politics", title: "x".repeat(MAX_NAME + 1) }],
        headline: LONG,
        shortHeadline: "x".repeat(MAX_HEADLINE + 1),
        authors: [{ name: LONG, url: `https://a.example/${LONG}` }],
        tags: Array.from({ length: 101 }, (_, n) => `Tag ${n}`),
        reason: LONG,
      }),
    [
      "tags too-many /revision/article/tags",
      "guid too-long /revision/article/guid",
      "sections too-long /revision/article/sections/0/title",
      "headline too-long /revision/article/headline",
      "headline too-long /revision/article/shortHeadline",
      "authors too-long /revision/article/authors/0/name",
      "authors too-long /revision/article/authors/0/url",
      "document too-long /revision/article/reason",
      "body too-long /revision/article/html",
    ],
  ],
  [
    "a copied record's body",
    () => copied({ html: `<p>${"&amp;".repeat(100_000)}</p>`, text: "&".repeat(100_000) }),
    ["body too-long /revision/article/html"],
  ],
];

test.each(TABLE)("%s is refused for everything that exceeds a limit", (_, read, expected) => {
  expect(wrong(read())).toEqual(expected);
});

test("an issue names the limit and what was found", () => {
  const answer = parsed("text/plain", wire({ headline: "x".repeat(1001), body: AMPERSANDS }));
  const details = answer?.ok === false ? answer.issues.map(({ detail }) => detail) : [];
  expect(details).toEqual([
    "This has 1001 characters, and may have 1000 at most.",
    expect.stringMatching(
      /^The article is too long: its record would have 60\d{4} bytes, and may have 400000 at most\.$/,
    ),
  ]);
});

describe("at the limit,", () => {
  test.each<[string, () => Answer]>([
    ["a headline", () => parsed("text/plain", wire({ headline: "x".repeat(MAX_HEADLINE) }))],
    [
      "a headline with white space around it, which is cleaned first",
      () => json({ title: ` ${"x ".repeat(MAX_HEADLINE / 2)}  ` }),
    ],
    ["a section", () => parsed("text/plain", wire({ sections: "x".repeat(MAX_NAME) }))],
    ["a by-line", () => ninjs({ by: "x".repeat(MAX_NAME) })],
    [
      "a copied record with a long reason beside the longest body",
      () => copied({ reason: "x".repeat(2000), text: "x".repeat(MAX_RECORD_BYTES - 400) }),
    ],
  ])("%s is taken", (_, read) => {
    expect([wrong(read()), read()?.ok]).toEqual([[], true]);
  });
});

describe("a line of an import", () => {
  test.each([
    ["a wire document", { id: "a", wire: wire({ body: "x".repeat(1024 * 1024) }) }],
    ["a document in JSON", { ...DRAFT, content_text: "x".repeat(1024 * 1024) }],
  ])("is refused for %s of more than a mebibyte", (_, line) => {
    expect(readLine(new TextEncoder().encode(JSON.stringify(line)), site, true)).toEqual({
      ok: false,
      max: 1024 * 1024,
    });
  });

  test("is not refused for the longer form that JSON gives a wire document", () => {
    const document = wire({ body: '"'.repeat(60_000) });
    const line = JSON.stringify({ id: "a", wire: document }).replaceAll('\\"', "\\u0022");
    expect(readLine(new TextEncoder().encode(line), site, true).ok).toBe(true);
  });
});

describe("a record that no upload could have made", () => {
  const NOON = Date.parse("2026-11-04T12:00:00Z");
  test.each<[string, object, string[]]>([
    ["half a surrogate pair in its guid", { guid: "urn:\uD800" }, ["/guid"]],
    ["half a surrogate pair in a tag", { tags: ["a", "b\uDC00"] }, ["/tags/1"]],
    ["a control in its headline", { headline: "a\u0007b" }, ["/headline"]],
    ["no guid", { guid: "" }, ["/guid"]],
    ["a time beyond dates", { published: 8.64e15 + 1, updated: -9e15 }, ["/published", "/updated"]],
    ["a time after the year 9999", { published: 253_402_300_800_000 }, ["/published"]],
    ["a time before the year 1", { expires: -62_135_596_800_001 }, ["/expires"]],
    ["a time between milliseconds", { changed: NOON + 0.5 }, ["/changed"]],
    ["a language that is no tag", { language: "no tag at all" }, ["/language"]],
    ["a language that is none", { language: "english" }, ["/language"]],
    ["an id that is none", { id: "Bridge!" }, ["/id"]],
    ["a section's id that is none", { sections: [{ id: "a:b", title: "A" }] }, ["/sections/0/id"]],
    ["no revision", { revision: 0 }, ["/revision"]],
    ["half a revision", { revision: 1.5 }, ["/revision"]],
    ["a link that is no web address", { link: "javascript:alert(1)" }, ["/link"]],
    ["an address that would end an attribute", { link: 'https://a.example/"><b>' }, ["/link"]],
    [
      "a picture of no size",
      { image: { url: "https://a.example/a.png", width: -1, height: 0.5 } },
      ["/image/width", "/image/height"],
    ],
  ])("with %s is refused, and the member is named", (_, changes, members) => {
    const line = JSON.stringify({ revision: { digest: null, article: { ...anArticle(), ...changes } } });
    const answer = readLine(new TextEncoder().encode(line), site, true);
    const paths = !answer.ok && "issues" in answer ? answer.issues.map(({ path }) => path) : [];
    expect(paths).toEqual(members.map((member) => `/revision/article${member}`));
  });
});

test.each([
  ["a revision", { revision: { digest: null, article: { html: "<script>" } } }],
  ["a feed", { feed: { id: "none", shows: 1 } }],
])("a line with %s isn't read for an editor who may not import a copy", (_, line) => {
  const answer = readLine(new TextEncoder().encode(JSON.stringify(line)), site, false);
  expect(answer).toEqual({ ok: false, isOfCopy: true });
});

describe("a line about a feed", () => {
  const FEED = { id: "all", title: "", changed: 0, shows: [], withdrawn: [], pages: [] };
  test.each<[string, object, string]>([
    ["a date beyond dates", { changed: 9e15 }, "/feed/changed"],
    ["a page whose date is beyond dates", { pages: ["1 999999999999999 1 a"] }, "/feed/pages/0"],
    ["a page that is none", { pages: ["x"] }, "/feed/pages/0"],
    ["half a surrogate pair in its title", { title: "\uD800" }, "/feed/title"],
    ["a title that is too long", { title: LONG }, "/feed/title"],
    ["an article's name that is too long", { shows: [LONG] }, "/feed/shows/0"],
  ])("with %s is refused, and the member is named", (_, changes, path) => {
    const answer = readLine(
      new TextEncoder().encode(JSON.stringify({ feed: { ...FEED, ...changes } })),
      site,
      true,
    );
    expect(answer).toMatchObject({ ok: false, issues: [{ path }] });
  });
});

test.each<[string, string, number]>([
  ["six bytes, as a control has", "\u0007", 6],
  ["three bytes, as a Chinese one has", "\u6771", 3],
  ["two bytes, as a quotation mark has", '"', 2],
])("a record whose characters take %s each is refused from its limit on", (_, character, bytes) => {
  const empty = JSON.stringify({ text: "" }).length;
  const fits = Math.floor((MAX_RECORD_BYTES - empty) / bytes);
  expect(excessesOf({ text: character.repeat(fits) })).toEqual([]);
  const [excess] = excessesOf({ text: character.repeat(fits + 1) });
  expect(excess).toMatchObject({ unit: "bytes", found: empty + (fits + 1) * bytes });
});
