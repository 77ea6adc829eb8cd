/** The JSON parser: the fields of a JSON Feed item in, a draft or every problem out. */
import { toJsonSchema } from "@valibot/to-json-schema";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Draft } from "../../../src/article/article.ts";
import type { Site } from "../../../src/article/site.ts";
import type { Issue, Parsed, Upload } from "../../../src/upload/issue.ts";
import { Item } from "../../../src/upload/json/item.ts";
import { parseJson } from "../../../src/upload/json/json.ts";
import { site } from "../../support/site.ts";

const ITEM = {
  title: "The headline",
  content_html: "<p>The body.</p>",
  date_published: "2025-11-04T07:07:06Z",
  sections: ["Politics"],
};

const DRAFT: Draft = {
  sections: [{ id: "politics", title: "Politics" }],
  headline: "The headline",
  html: "<p>The body.</p>",
  text: "The body.",
  authors: [],
  tags: [],
  language: "en",
  attachments: [],
  published: Date.parse("2025-11-04T07:07:06Z"),
};

function parse(document: unknown, at: Site = site): Parsed {
  const text = typeof document === "string" ? document : JSON.stringify(document);
  return parseJson(new TextEncoder().encode(text), at);
}

function uploadOf(more: object, at: Site = site): Upload {
  const parsed = parse({ ...ITEM, ...more }, at);
  if (!parsed.ok) throw new Error(`Refused: ${JSON.stringify(parsed.issues)}`);
  return parsed.upload;
}

function draftOf(more: object, at: Site = site): Draft {
  const upload = uploadOf(more, at);
  if (upload.action === "withdraw") throw new Error("A withdrawal");
  return upload.draft;
}

/** The ids of the sections of a document, where the request names two. */
function sectionIdsOf(document: object): string[] {
  const parsed = parseJson(new TextEncoder().encode(JSON.stringify(document)), site, ["Sport", "Politics"]);
  return parsed.ok && parsed.upload.action !== "withdraw"
    ? parsed.upload.draft.sections.map(({ id }) => id)
    : [];
}

type Short = Pick<Issue, "path" | "field" | "reason" | "found">;

function short(issues: readonly Issue[]): Short[] {
  return issues.map(({ path, field, reason, found }) => ({ path, field, reason, found }));
}

function issuesOf(document: unknown, at: Site = site): Short[] {
  const parsed = parse(document, at);
  return parsed.ok ? [] : short(parsed.issues);
}

function warningsOf(more: object): Short[] {
  return short(parse({ ...ITEM, ...more }).warnings);
}

describe("a JSON upload", () => {
  test("of the fields that it must have becomes a draft, without a warning", () => {
    const upload = { action: "publish", draft: DRAFT };
    expect(parse(ITEM)).toEqual({ ok: true, upload, warnings: [] });
  });

  test("may begin with a byte order mark", () => {
    expect(parse(`\uFEFF${JSON.stringify(ITEM)}`).ok).toBe(true);
  });

  test("becomes a draft of all its fields", () => {
    const more = {
      id: "the-id",
      summary: "The  summary,\nfolded.\n\nIn two paragraphs.",
      tags: ["budget", " budget ", "tax"],
      authors: [{ name: "Jane Roe", url: "https://jane.example" }, { name: "John Doe" }],
      image: { url: "https://a.example/b.jpg", alt: "B", credit: "C", width: 600, height: 400 },
      attachments: [
        { url: "https://a.example/b.mp3", mime_type: "audio/mpeg", title: "B", size_in_bytes: 1234 },
      ],
      language: "pt-BR",
      external_url: "https://elsewhere.example/story",
      expires: "2026-01-01T00:00:00Z",
      correction: "It was Tuesday.",
    };
    expect(uploadOf(more)).toEqual({
      action: "publish",
      id: "the-id",
      draft: {
        ...DRAFT,
        summary: "The summary, folded.\n\nIn two paragraphs.",
        tags: ["budget", "tax"],
        authors: [{ name: "Jane Roe", url: "https://jane.example/" }, { name: "John Doe" }],
        image: { url: "https://a.example/b.jpg", alt: "B", credit: "C", width: 600, height: 400 },
        attachments: [{ url: "https://a.example/b.mp3", type: "audio/mpeg", title: "B", length: 1234 }],
        language: "pt-BR",
        link: "https://elsewhere.example/story",
        expires: Date.parse("2026-01-01T00:00:00Z"),
        correction: "It was Tuesday.",
      },
    });
  });

  test("is kept as a draft where it says so", () => {
    expect([uploadOf({ draft: true }).action, uploadOf({ draft: false }).action]).toEqual([
      "keep-as-draft",
      "publish",
    ]);
  });

  test("takes back an expiry and a correction with null", () => {
    const { expires, correction } = draftOf({ expires: null, correction: null });
    expect({ expires, correction }).toEqual({ expires: null, correction: null });
  });

  test.each([
    ["a slug is the article's id", "the-id", { id: "the-id" }],
    ["an address is an id from elsewhere", "https://a.example/1", { guid: "https://a.example/1" }],
    ["a text that is no slug is an id from elsewhere", "Story 1", { guid: "Story 1" }],
    ["a number is a text", 42, { id: "42" }],
  ])("may have an id: %s", (_what, id, expected) => {
    const { action: _action, ...rest } = uploadOf({ id });
    expect(rest).toEqual({ draft: DRAFT, ...expected });
  });

  test("may have one author, as JSON Feed 1.0 has it", () => {
    expect(draftOf({ author: { name: "Jane Roe" } }).authors).toEqual([{ name: "Jane Roe" }]);
  });

  test("may have authors who are names alone", () => {
    expect([
      draftOf({ author: "Jane Roe" }).authors,
      draftOf({ authors: ["Jane Roe", { name: "John Doe" }] }).authors,
    ]).toEqual([[{ name: "Jane Roe" }], [{ name: "Jane Roe" }, { name: "John Doe" }]]);
  });

  test("shows its picture by https, and no e-mail address in its credit", () => {
    const more = { image: { url: "http://a.example/b.jpg", credit: "desk@a.example (Jane Roe)" } };
    expect(draftOf(more).image).toEqual({ url: "https://a.example/b.jpg", credit: "Jane Roe" });
    expect(warningsOf(more).map(({ field, reason }) => [field, reason])).toEqual([
      ["image", "email-removed"],
      ["image", "raised-to-https"],
    ]);
  });

  test("may have an image that is only an address", () => {
    expect(draftOf({ image: "https://a.example/b c.jpg" }).image).toEqual({
      url: "https://a.example/b%20c.jpg",
    });
  });

  test("may have plain text for a body", () => {
    const { html, text } = draftOf({ content_html: undefined, content_text: "A\nb & c\r\n\r\nD" });
    expect({ html, text }).toEqual({ html: "<p>A b &amp; c</p>\n<p>D</p>", text: "A b & c\n\nD" });
  });

  test("may have Markdown for a body", () => {
    const { html, text } = draftOf({ content_html: undefined, content_markdown: "A *b*\n\n- c" });
    expect({ html, text }).toEqual({
      html: "<p>A <em>b</em></p>\n<ul>\n<li>c</li>\n</ul>",
      text: "A b\n\nc",
    });
  });

  test("has addresses in its body that are relative to its link, or else to the site", () => {
    const content_html = '<a href="x">A</a>';
    expect([
      draftOf({ content_html, external_url: "https://elsewhere.example/a/b" }).html,
      draftOf({ content_html }).html,
    ]).toEqual(['<a href="https://elsewhere.example/a/x">A</a>', `<a href="${site.url}/x">A</a>`]);
  });

  test("has addresses in all its fields that are relative to its own", () => {
    const more = {
      url: "https://old.example/2026/boats/",
      image: "boat.jpg",
      authors: [{ name: "Jane Roe", url: "/jane" }],
      attachments: [{ url: "../boats.pdf" }],
      content_html: '<a href="x">A</a>',
    };
    const { image, authors, attachments, html, link } = draftOf(more);
    expect({ image, authors, attachments, html, link }).toEqual({
      image: { url: "https://old.example/2026/boats/boat.jpg" },
      authors: [{ name: "Jane Roe", url: "https://old.example/jane" }],
      attachments: [{ url: "https://old.example/2026/boats.pdf", type: "application/pdf" }],
      html: '<a href="https://old.example/2026/boats/x">A</a>',
      link: undefined,
    });
    expect(warningsOf(more)).toEqual([]);
  });

  test("may write a number as a text, and null for a missing value", () => {
    const image = { url: "https://a.example/b.jpg", width: "600", alt: null };
    expect(draftOf({ image, summary: null, tags: null, id: null, language: null })).toEqual({
      ...DRAFT,
      image: { url: "https://a.example/b.jpg", width: 600 },
    });
  });

  test("may have a blank text for a missing time", () => {
    expect(draftOf({ expires: "" })).toEqual(DRAFT);
  });

  test("may write its language with an underscore", () => {
    expect(draftOf({ language: "pt_BR" }).language).toBe("pt-BR");
  });

  test("has a shorter headline where it names one", () => {
    expect(draftOf({ short_title: "Head  line" }).shortHeadline).toBe("Head line");
  });

  test("has the sections of the request only where it names none", () => {
    const { sections: _sections, ...withoutSections } = ITEM;
    expect([
      sectionIdsOf(withoutSections),
      sectionIdsOf({ ...ITEM, sections: [] }),
      sectionIdsOf(ITEM),
    ]).toEqual([["sport", "politics"], ["sport", "politics"], ["politics"]]);
  });

  test("names its sections by name or by id, each once", () => {
    const { sections } = draftOf({ sections: ["Human Rights", "public-health", "human-rights"] });
    expect(sections.map(({ id }) => id)).toEqual(["human-rights", "public-health"]);
  });

  test("is in the language of its section where it names none", () => {
    expect(draftOf({ sections: ["arabic"] }).language).toBe("ar");
  });

  test("opens a section by naming it, with a warning that says where", () => {
    expect(warningsOf({ sections: ["Politics", "Politics", "Gardening"] })).toEqual([
      { path: "/sections/2", field: "sections", reason: "new-section", found: "Gardening" },
    ]);
  });

  test("may not name a section that the site rejects", () => {
    const at: Site = { ...site, newSections: "reject" };
    expect(issuesOf({ ...ITEM, sections: ["Politics", "Gardening"] }, at)).toEqual([
      { path: "/sections/1", field: "sections", reason: "unknown-section", found: "Gardening" },
    ]);
  });

  test("loses characters that no feed can carry, and is composed", () => {
    const more = { title: "The\u0007 Cafe\u0301", tags: ["a\uD800"] };
    const { headline, tags } = draftOf(more);
    expect({ headline, tags }).toEqual({ headline: "The Caf\u00E9", tags: ["a"] });
    expect(warningsOf(more)).toEqual([
      { path: "/title", field: "encoding", reason: "forbidden-characters", found: "U+0007" },
      { path: "/tags/0", field: "encoding", reason: "forbidden-characters", found: "U+D800" },
    ]);
  });

  test("is warned of fields that mean nothing, wherever they stand", () => {
    const more = {
      _custom: { a: 1 },
      authors: [{ name: "Jane Roe", avatar: "https://a.example/a.jpg" }],
      image: { url: "https://a.example/b.jpg", "focus/point": 1 },
      attachments: [{ url: "https://a.example/b.mp3", mime_type: "audio/mpeg", duration_in_seconds: 1 }],
    };
    expect(warningsOf(more).map(({ path, reason }) => [path, reason])).toEqual([
      ["/_custom", "unknown-field"],
      ["/authors/0/avatar", "unknown-field"],
      ["/image/focus~1point", "unknown-field"],
      ["/attachments/0/duration_in_seconds", "unknown-field"],
    ]);
  });
});

describe("a JSON upload loses a part that is wrong, and its editor gets a warning:", () => {
  const file = { url: "https://a.example/b.mp3", mime_type: "audio/mpeg" };
  const kept = { url: file.url, type: file.mime_type };

  test.each([
    [
      "an author's address",
      { authors: [{ name: "a", url: "b" }] },
      { authors: [{ name: "a" }] },
      "/authors/0/url",
    ],
    ["an author without a name", { authors: [{ url: "https://a.example/" }] }, {}, "/authors/0/name"],
    ["an image's address", { image: "/a.jpg" }, {}, "/image"],
    ["an image of data", { image: { url: "data:image/png;base64,AA", alt: "A" } }, {}, "/image/url"],
    [
      "an image's width",
      { image: { url: "https://a.example/", width: -1 } },
      { image: { url: "https://a.example/" } },
      "/image/width",
    ],
    [
      "a media type, which the ending tells",
      { attachments: [{ ...file, mime_type: "mp3" }] },
      { attachments: [kept] },
      "/attachments/0/mime_type",
    ],
    [
      "a size that is no whole number",
      { attachments: [{ ...file, size_in_bytes: 12.5 }] },
      { attachments: [kept] },
      "/attachments/0/size_in_bytes",
    ],
    [
      "a size below nothing, of one file of two",
      {
        attachments: [
          { ...file, size_in_bytes: -1 },
          { ...file, size_in_bytes: 7 },
        ],
      },
      { attachments: [kept, { ...kept, length: 7 }] },
      "/attachments/0/size_in_bytes",
    ],
    [
      "a file's address",
      { attachments: [{ ...file, url: "data:,a" }, file] },
      { attachments: [kept] },
      "/attachments/0/url",
    ],
    ["a language", { language: "english" }, {}, "/language"],
    ["a link", { external_url: "ftp://a.example/" }, {}, "/external_url"],
    ["a long link", { external_url: `https://a.example/${"a".repeat(2000)}` }, {}, "/external_url"],
    ["its own address", { url: "about:blank" }, {}, "/url"],
    ["a tag", { tags: ["a", 1] }, { tags: ["a"] }, "/tags/1"],
    ["an empty tag", { tags: ["", "a"] }, { tags: ["a"] }, "/tags/0"],
    ["a tag that nobody can see", { tags: ["a", "\u200B"] }, { tags: ["a"] }, "/tags/1"],
    ["a section of several", { sections: ["Politics", null] }, {}, "/sections/1"],
  ])("%s", (_what, more, expected, path) => {
    expect(draftOf(more)).toEqual({ ...DRAFT, ...expected });
    expect(warningsOf(more).map((warning) => warning.path)).toEqual([path]);
  });

  test("a file whose type is given nowhere", () => {
    const more = { attachments: [{ url: "https://a.example/b" }] };
    expect(draftOf(more).attachments).toEqual([]);
    expect(warningsOf(more)).toEqual([
      {
        path: "/attachments",
        field: "attachments",
        reason: "missing-media-type",
        found: "https://a.example/b",
      },
    ]);
  });

  test("any value in its parts leaves the rest the same article", () => {
    const parts = fc.record(
      {
        language: fc.string(),
        external_url: fc.string(),
        image: fc.oneof(
          fc.string(),
          fc.record({ url: fc.string(), width: fc.jsonValue(), alt: fc.jsonValue() }),
        ),
        authors: fc.array(fc.record({ name: fc.jsonValue(), url: fc.jsonValue() }, { requiredKeys: [] })),
        attachments: fc.array(
          fc.record(
            { url: fc.jsonValue(), mime_type: fc.jsonValue(), size_in_bytes: fc.jsonValue() },
            { requiredKeys: [] },
          ),
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(parts, (more) => {
        const { headline, html, published, sections } = draftOf(more);
        expect({ headline, html, published, sections }).toEqual({
          headline: DRAFT.headline,
          html: DRAFT.html,
          published: DRAFT.published,
          sections: DRAFT.sections,
        });
      }),
    );
  });
});

describe("a JSON upload is refused", () => {
  test.each([
    ["an id", { id: {} }, "/id", "id", "wrong-type"],
    ["an empty id", { id: " " }, "/id", "id", "empty"],
    ["a headline", { title: 1 }, "/title", "headline", "wrong-type"],
    ["a long headline", { title: "a".repeat(1001) }, "/title", "headline", "too-long"],
    ["an empty headline", { title: " " }, "/title", "headline", "missing-headline"],
    ["a summary", { summary: ["a"] }, "/summary", "summary", "wrong-type"],
    ["a long summary", { summary: "a".repeat(10_001) }, "/summary", "summary", "too-long"],
    ["a body", { content_html: 1 }, "/content_html", "body", "wrong-type"],
    ["a body that is null", { content_html: null }, "/content_html", "body", "missing-body"],
    ["an id of nothing but what is removed", { id: "\u0001" }, "/id", "id", "empty"],
    ["a guid of nothing but what is removed", { guid: "\uD800 " }, "/guid", "guid", "empty"],
    ["an empty body", { content_html: "<p></p>" }, "/content_html", "body", "missing-body"],
    ["a second body", { content_text: "a" }, "/content_text", "body", "several-bodies"],
    ["a time", { date_published: 1 }, "/date_published", "published", "wrong-type"],
    [
      "a day for a time",
      { date_published: "2025-11-04" },
      "/date_published",
      "published",
      "day-without-time",
    ],
    ["an expiry", { expires: false }, "/expires", "expires", "wrong-type"],
    ["an expiry that is none", { expires: "soon" }, "/expires", "expires", "not-a-time"],
    [
      "an expiry that comes first",
      { expires: ITEM.date_published },
      "/expires",
      "expires",
      "expires-before-published",
    ],
    ["a correction", { correction: 1 }, "/correction", "correction", "wrong-type"],
    ["a long correction", { correction: "a".repeat(2001) }, "/correction", "correction", "too-long"],
    ["tags", { tags: "a" }, "/tags", "tags", "wrong-type"],
    ["many tags", { tags: Array.from({ length: 101 }, (_, n) => `t${n}`) }, "/tags", "tags", "too-many"],
    ["authors", { authors: {} }, "/authors", "authors", "wrong-type"],
    ["an image", { image: 1 }, "/image", "image", "wrong-type"],
    ["attachments", { attachments: 1 }, "/attachments", "attachments", "wrong-type"],
    ["a language that is no text", { language: 1 }, "/language", "language", "wrong-type"],
    ["sections", { sections: "Politics" }, "/sections", "sections", "wrong-type"],
    ["no sections", { sections: [] }, "/sections", "sections", "missing-sections"],
    ["an empty section", { sections: [" "] }, "/sections", "sections", "missing-sections"],
    [
      "a section of nothing but what is removed",
      { sections: ["\u0001"] },
      "/sections",
      "sections",
      "missing-sections",
    ],
    ["an id of more digits than a number keeps", { id: 1e18 + 1 }, "/id", "id", "not-exact"],
    ["an id that nobody can see", { id: "\u200B" }, "/id", "id", "empty"],
    ["a guid that nobody can see", { guid: "\u2060\u00AD " }, "/guid", "guid", "empty"],
    ["a headline that nobody can see", { title: "\u200B\u2800" }, "/title", "headline", "missing-headline"],
    [
      "many sections",
      { sections: Array.from({ length: 21 }, (_, n) => `s${n}`) },
      "/sections",
      "sections",
      "too-many-sections",
    ],
    ["a draft that is none", { draft: "perhaps" }, "/draft", "status", "unknown-visibility"],
  ])("for %s", (_what, more, path, field, reason) => {
    expect(issuesOf({ ...ITEM, ...more }).map((issue) => [issue.path, issue.field, issue.reason])).toEqual([
      [path, field, reason],
    ]);
  });

  test("for all missing fields at once", () => {
    expect(issuesOf({ draft: true })).toEqual([
      { path: "/sections", field: "sections", reason: "missing-sections", found: "" },
      { path: "/title", field: "headline", reason: "missing-headline", found: "" },
      { path: "/date_published", field: "published", reason: "missing-time", found: "" },
      { path: "/content_html", field: "body", reason: "missing-body", found: "" },
    ]);
  });

  test("for all mistakes at once, in fields and in sections and body", () => {
    const at: Site = { ...site, newSections: "reject" };
    const document = { ...ITEM, title: 1, language: 2, sections: ["Gardening"], content_html: " " };
    expect(issuesOf(document, at).map(({ reason, found }) => [reason, found])).toEqual([
      ["wrong-type", "1"],
      ["wrong-type", "2"],
      ["missing-body", ""],
      ["unknown-section", "Gardening"],
    ]);
  });

  test.each([
    ["tags that are none", { tags: Array.from({ length: 5000 }, () => 1) }],
    ["tags of forbidden characters", { tags: Array.from({ length: 100_000 }, () => "\u0001") }],
    [
      "signs of visibility, each written otherwise",
      Object.fromEntries(
        Array.from({ length: 5000 }, (_, n) => [`${"-".repeat(n % 50)}dr_${"_".repeat(n / 50)}aft`, true]),
      ),
    ],
  ])("with at most some dozens of issues and warnings, whatever it holds: %s", (_what, more) => {
    const parsed = parse({ ...ITEM, ...more });
    expect(parsed.warnings.length + (parsed.ok ? 0 : parsed.issues.length)).toBeLessThan(50);
  });

  test.each([
    ["a stray word", '{\n  "title": "a",\n  oops\n}', 3],
    ["an end that comes too early", '{\n  "title":\n', 3],
    ["nothing", "", 1],
  ])("for %s, which is no JSON, with its line", (_what, text, line) => {
    const parsed = parse(text);
    const issues = parsed.ok ? [] : parsed.issues;
    expect(issues.map((issue) => [issue.line, issue.reason])).toEqual([[line, "not-json"]]);
  });

  test.each(["[]", '"a"', "1", "null"])("for %s, which is no object", (text) => {
    expect(issuesOf(text)).toEqual([{ path: "", field: "document", reason: "wrong-type", found: "" }]);
  });

  test("for bytes that are no UTF-8", () => {
    const parsed = parseJson(new Uint8Array([0x7b, 0xff, 0x7d]), site);
    expect(parsed.ok ? [] : parsed.issues.map(({ reason }) => reason)).toEqual(["not-utf-8"]);
  });
});

test("the schema of a JSON upload can be written as a JSON Schema", () => {
  const { properties, required } = toJsonSchema(Item, { errorMode: "ignore" });
  expect({ fields: Object.keys(properties ?? {}), required }).toMatchObject({
    fields: expect.arrayContaining(["title", "content_markdown", "sections", "image", "expires"]),
    required: ["title", "sections", "date_published"],
  });
});

test("whatever JSON comes, the answer is a draft or at least one issue with a place, and nothing is thrown", () => {
  const keys = fc.constantFrom(...Object.keys(Item.entries), "uri", "pubstatus", "__proto__", "constructor");
  const value = fc.oneof(fc.jsonValue(), fc.constantFrom(...Object.values(ITEM)));
  fc.assert(
    fc.property(fc.dictionary(keys, value), (document) => {
      const parsed = parse(document);
      const issues = parsed.ok ? [] : parsed.issues;
      expect(issues.map(({ path }) => path)).not.toContain(undefined);
      expect(parsed.ok || issues.length > 0).toBe(true);
    }),
    { numRuns: 100 },
  );
});
