/** The Markdown parser: front matter and a body in, a draft or every problem out. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Draft } from "../../../src/article/article.ts";
import type { Issue, Parsed } from "../../../src/upload/issue.ts";
import { parseMarkdown } from "../../../src/upload/markdown/markdown.ts";
import { site } from "../../support/site.ts";

const FIELDS = `title: The headline
date_published: 2025-11-04T07:07:06Z
sections: [Politics]`;

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

function parse(document: string): Parsed {
  return parseMarkdown(new TextEncoder().encode(document), site);
}

function documentOf(fields: string, body = "The body."): string {
  return `---\n${fields}\n---\n\n${body}\n`;
}

function draftOf(document: string): Draft {
  const parsed = parse(document);
  if (!parsed.ok) throw new Error(`Refused: ${JSON.stringify(parsed.issues)}`);
  if (parsed.upload.action === "withdraw") throw new Error("A withdrawal");
  return parsed.upload.draft;
}

function htmlOf(body: string): string {
  return draftOf(documentOf(FIELDS, body)).html;
}

type Short = Pick<Issue, "line" | "path" | "reason">;

function short(issues: readonly Issue[]): Short[] {
  return issues.map(({ line, path, reason }) => ({ line, path, reason }));
}

function issuesOf(document: string): Short[] {
  const parsed = parse(document);
  return parsed.ok ? [] : short(parsed.issues);
}

describe("a Markdown upload", () => {
  test("becomes a draft of its fields and its body, without a warning", () => {
    const upload = { action: "publish", draft: DRAFT };
    expect(parse(documentOf(FIELDS))).toEqual({ ok: true, upload, warnings: [] });
  });

  test.each([
    ["a byte order mark", (document: string) => `\uFEFF${document}`],
    ["CRLF for line ends", (document: string) => document.replaceAll("\n", "\r\n")],
    ["fields that end in three dots", (document: string) => document.replace("\n---\n", "\n...\n")],
  ])("may have %s", (_what, change) => {
    expect(draftOf(change(documentOf(FIELDS)))).toEqual(DRAFT);
  });

  test("has the fields of a JSON upload", () => {
    const fields = `${FIELDS}
id: the-id
summary: >
  The summary,
  folded.
tags:
  - budget
authors:
  - name: Jane Roe
    url: https://jane.example/
image:
  url: https://a.example/b.jpg
  alt: B
language: de
expires: 2026-01-01T00:00:00Z
correction: It was Tuesday.
draft: true`;
    expect(parse(documentOf(fields))).toEqual({
      ok: true,
      upload: {
        action: "keep-as-draft",
        id: "the-id",
        draft: {
          ...DRAFT,
          summary: "The summary, folded.",
          tags: ["budget"],
          authors: [{ name: "Jane Roe", url: "https://jane.example/" }],
          image: { url: "https://a.example/b.jpg", alt: "B" },
          language: "de",
          expires: Date.parse("2026-01-01T00:00:00Z"),
          correction: "It was Tuesday.",
        },
      },
      warnings: [],
    });
  });

  test("may name its fields as site generators do", () => {
    const fields = `title: The headline
date: 2025-11-04T07:07:06Z
categories: [Politics]
description: The summary.
author: Jane Roe
tags: budget`;
    expect(parse(documentOf(fields))).toEqual({
      ok: true,
      upload: {
        action: "publish",
        draft: { ...DRAFT, summary: "The summary.", authors: [{ name: "Jane Roe" }], tags: ["budget"] },
      },
      warnings: [],
    });
  });

  test("may name one section, and several authors by name alone", () => {
    const fields = FIELDS.replace(
      "sections: [Politics]",
      "section: Human Rights\nauthors: [Jane Roe, John Doe]",
    );
    const { sections, authors } = draftOf(documentOf(fields));
    expect({ sections, authors }).toEqual({
      sections: [{ id: "human-rights", title: "Human Rights" }],
      authors: [{ name: "Jane Roe" }, { name: "John Doe" }],
    });
  });

  test("has its first heading for a headline where its fields name none", () => {
    const { headline, html } = draftOf(
      documentOf(FIELDS.replace("title: The headline\n", ""), "# The *other* headline\n\nThe body."),
    );
    expect({ headline, html }).toEqual({ headline: "The other headline", html: "<p>The body.</p>" });
  });

  test("keeps its first heading where its fields name the headline", () => {
    expect(htmlOf("# A heading\n\nThe body.")).toBe("<h2>A heading</h2>\n<p>The body.</p>");
  });

  test("gets a warning of fields that mean nothing, with their line", () => {
    const { warnings } = parse(documentOf(`${FIELDS}\nlayout: post`));
    expect(short(warnings)).toEqual([{ line: 5, path: "/layout", reason: "unknown-field" }]);
  });

  test("gets a warning of a new section, with the line on which it is named", () => {
    const { warnings } = parse(documentOf(FIELDS.replace("[Politics]", "\n  - Politics\n  - Gardening")));
    expect(short(warnings)).toEqual([{ line: 6, path: "/sections/1", reason: "new-section" }]);
  });

  test("gets a warning of each part that was removed from its body, with the line on which the part begins", () => {
    const { warnings } = parse(documentOf(FIELDS, "The body.<script>run()</script>"));
    expect(short(warnings)).toEqual([{ line: 6, path: undefined, reason: "removed-element" }]);
  });
});

describe("a relative address in the body of a Markdown upload", () => {
  test("is resolved against the site's own, with a warning, where the document names none", () => {
    const { warnings } = parse(documentOf(FIELDS, "![A](/b.jpg)"));
    expect(htmlOf("![A](/b.jpg)")).toBe(`<p><img src="${site.url}/b.jpg" alt="A"></p>`);
    expect(warnings.map(({ line, reason, found }) => ({ line, reason, found }))).toEqual([
      { line: 6, reason: "relative-address", found: "/b.jpg" },
    ]);
  });

  test("is resolved against the address that the document names, without a warning", () => {
    const { warnings } = parse(documentOf(`${FIELDS}\nexternal_url: https://a.example/c/d`, "![A](b.jpg)"));
    expect(warnings).toEqual([]);
  });
});

function draftWith(more: string): Draft {
  return draftOf(documentOf(`${FIELDS}\n${more}`));
}

function without(key: string): string {
  return FIELDS.split("\n")
    .filter((line) => !line.startsWith(key))
    .join("\n");
}

function tomlOf(fields: string): string {
  return `+++\n${fields}\n+++\n\nThe body.\n`;
}

describe("the fields of a Markdown upload", () => {
  test.each([
    ["a year", "1984", "1984"],
    ["a number with a zero at its end", "1.10", "1.10"],
    ["a word that YAML 1.1 takes for no", "No", "No"],
    ["a number in octal", "0o17", "0o17"],
  ])("may have %s for a headline", (_what, written, expected) => {
    expect(draftOf(documentOf(`${without("title")}\ntitle: ${written}`)).headline).toBe(expected);
  });

  test("may have numbers for tags, a picture's size in digits, and a number for a section", () => {
    const { tags, image } = draftWith(`tags: [2026, 5G, 1.10]
image: { url: "https://a.example/b.jpg", width: 600, height: "400" }`);
    expect({ tags, image }).toEqual({
      tags: ["2026", "5G", "1.10"],
      image: { url: "https://a.example/b.jpg", width: 600, height: 400 },
    });
  });

  test.each(["", "~", "null", '""'])("count as absent where they are %j", (nothing) => {
    const names =
      "summary tags authors image language expires correction id guid draft published attachments";
    const more = names
      .split(" ")
      .map((name) => `${name}: ${nothing}`)
      .join("\n");
    expect(parse(documentOf(`${FIELDS}\n${more}`))).toEqual({
      ok: true,
      upload: { action: "publish", draft: DRAFT },
      warnings: [],
    });
  });

  test.each([
    ["tags: boats, tides", { tags: ["boats", "tides"] }],
    ["tags: boats", { tags: ["boats"] }],
    ["tags: boats,, tides,", { tags: ["boats", "tides"] }],
    ["tag: boats", { tags: ["boats"] }],
    ["tags: [boats, ~, tides]", { tags: ["boats", "tides"] }],
    ["author: Jane Roe", { authors: [{ name: "Jane Roe" }] }],
    ["author: { name: Jane Roe }", { authors: [{ name: "Jane Roe" }] }],
    ["authors: Jane Roe", { authors: [{ name: "Jane Roe" }] }],
    ["authors: [Jane Roe, { name: John Doe }]", { authors: [{ name: "Jane Roe" }, { name: "John Doe" }] }],
    ["short_title: Head line", { shortHeadline: "Head line" }],
  ])("may be written as %s", (written, expected) => {
    expect(draftWith(written)).toEqual({ ...DRAFT, ...expected });
  });

  test.each([
    ["category: Sport", ["sport"]],
    ["categories: Sport, Human Rights", ["sport", "human-rights"]],
    ["section: Human Rights", ["human-rights"]],
    ["sections: Sport", ["sport"]],
  ])("may name sections as %s", (written, expected) => {
    const { sections } = draftOf(documentOf(`${without("sections")}\n${written}`));
    expect(sections.map(({ id }) => id)).toEqual(expected);
  });

  test("may have a time as site generators write it", () => {
    const document = documentOf(`${without("date")}\ndate: 2026-11-20 07:07:06 -0600\ncategory: Politics`);
    expect(draftOf(document).published).toBe(Date.parse("2026-11-20T13:07:06Z"));
  });

  test("take the sections of the request where they name none", () => {
    const document = documentOf(without("sections"));
    const parsed = parseMarkdown(new TextEncoder().encode(document), site, ["Sport"]);
    expect(parsed.ok && parsed.upload.action === "publish" && parsed.upload.draft.sections).toEqual([
      { id: "sport", title: "Sport" },
    ]);
  });
});

describe("front matter in TOML", () => {
  const TOML = `title = "The headline"
date = 2025-11-04T07:07:06Z
sections = ["Politics"]`;

  test("has the fields of YAML", () => {
    expect(parse(tomlOf(TOML))).toEqual({
      ok: true,
      upload: { action: "publish", draft: DRAFT },
      warnings: [],
    });
  });

  test("may have numbers in place of texts, several lines, and tables", () => {
    const document = tomlOf(`${TOML}
id = 42
tags = [2026, "boats"]
summary = """
Two
lines."""
[image]
url = "https://a.example/b.jpg"
width = 600`);
    expect(parse(document)).toEqual({
      ok: true,
      upload: {
        action: "publish",
        id: "42",
        draft: {
          ...DRAFT,
          tags: ["2026", "boats"],
          summary: "Two lines.",
          image: { url: "https://a.example/b.jpg", width: 600 },
        },
      },
      warnings: [],
    });
  });

  test("may keep its tags and categories under taxonomies", () => {
    const fields = TOML.replace(
      'sections = ["Politics"]',
      '[taxonomies]\ncategories = ["Sport"]\ntags = ["boats"]',
    );
    const { sections, tags } = draftOf(tomlOf(fields));
    expect([sections.map(({ id }) => id), tags]).toEqual([["sport"], ["boats"]]);
  });

  test.each([
    ["a line that is none", `${TOML}\nwhat is this`, [{ line: 5, reason: "not-toml" }]],
    ["a key that stands twice", `${TOML}\ntitle = "b"`, [{ line: 5, reason: "not-toml" }]],
    ["a wrong time", `${TOML}\nexpires = "soon"`, [{ line: 5, path: "/expires", reason: "not-a-time" }]],
    [
      "a time without an offset",
      TOML.replace("06Z", "06"),
      [{ line: 3, path: "/date", reason: "time-without-offset" }],
    ],
    ["lists in lists without end", `a = ${"[".repeat(9000)}`, [{ line: 2, reason: "not-toml" }]],
  ])("is refused for %s, with its line", (_what, fields, expected) => {
    expect(issuesOf(tomlOf(fields))).toEqual(expected.map((issue) => ({ path: undefined, ...issue })));
  });

  test("is refused where it doesn't end, and where YAML's mark ends it", () => {
    expect(
      [issuesOf("+++\ntitle = 1\n"), issuesOf("+++\ntitle = 1\n---\n\nA")].map(([issue]) => issue?.reason),
    ).toEqual(["unclosed-front-matter", "unclosed-front-matter"]);
  });
});

describe("the body of a Markdown upload", () => {
  test.each([
    ["emphasis", "*A* **b** ~~c~~ `d`", "<p><em>A</em> <strong>b</strong> <del>c</del> <code>d</code></p>"],
    [
      "links",
      "[A](https://a.example/ 'B') <https://b.example/>",
      '<p><a href="https://a.example/" title="B">A</a> <a href="https://b.example/">https://b.example/</a></p>',
    ],
    ["bare addresses", "See www.a.example.", '<p>See <a href="http://www.a.example/">www.a.example</a>.</p>'],
    ["images", "![A](https://a.example/b.jpg)", '<p><img src="https://a.example/b.jpg" alt="A"></p>'],
    ["lists", "1. A\n2. B", "<ol>\n<li>A</li>\n<li>B</li>\n</ol>"],
    ["tasks", "- [x] A\n- [ ] B", "<ul>\n<li>☑ A</li>\n<li>☐ B</li>\n</ul>"],
    ["quotations", "> A", "<blockquote>\n<p>A</p>\n</blockquote>"],
    ["code", "```js\na < b\n```", "<pre><code>a &lt; b\n</code></pre>"],
    [
      "tables",
      "| A |\n|--:|\n| B |",
      '<table>\n<thead>\n<tr>\n<th align="right">A</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td align="right">B</td>\n</tr>\n</tbody>\n</table>',
    ],
    ["rules", "A\n\n---\n\nB", "<p>A</p>\n<hr>\n<p>B</p>"],
    [
      "HTML",
      "A<sup>b</sup>\n\n<figure><img src=https://a.example/c.jpg alt=C></figure>",
      '<p>A<sup>b</sup></p>\n<figure><img src="https://a.example/c.jpg" alt="C"></figure>',
    ],
  ])("may have %s", (_what, markdown, html) => {
    const { warnings } = parse(documentOf(FIELDS, markdown));
    expect({ html: htmlOf(markdown), warnings }).toEqual({ html, warnings: [] });
  });

  test("may have footnotes, which follow it", () => {
    expect(htmlOf("A[^1]\n\n[^1]: B")).toBe(
      "<p>A<sup>1</sup></p>\n<section><hr>\n<ol>\n<li>\n<p>B </p>\n</li>\n</ol>\n</section>",
    );
  });
});

describe("a Markdown upload is refused", () => {
  test.each([
    ["without fields", "The body.", [{ line: 1, reason: "missing-front-matter" }]],
    ["of nothing", "", [{ line: 1, reason: "missing-front-matter" }]],
    [
      "with fields that don't end",
      "---\ntitle: a\n\nThe body.",
      [{ line: 1, reason: "unclosed-front-matter" }],
    ],
    ["with fields that are a list", documentOf("- a"), [{ line: 2, reason: "not-fields" }]],
    ["with a key that stands twice", documentOf(`${FIELDS}\ntitle: b`), [{ line: 5, reason: "not-yaml" }]],
    [
      "with a bracket that doesn't close",
      documentOf(`${FIELDS}\ntags: [a`),
      [{ line: 5, reason: "not-yaml" }],
    ],
    ["with a tag of its own", documentOf(`${FIELDS}\ntags: !mine [a]`), [{ line: 5, reason: "not-yaml" }]],
    [
      "with aliases that multiply",
      documentOf("a: &a [x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b]"),
      [{ line: 1, reason: "not-yaml" }],
    ],
    [
      "with fields nested without end",
      documentOf(`a: ${"[".repeat(15_000)}`),
      [{ line: 1, reason: "not-yaml" }],
    ],
    [
      "with TOML's keys nested without end",
      `+++\n${"a.".repeat(9000)}b = 1\n+++\n\nb`,
      [{ line: 1, reason: "not-toml" }],
    ],
    [
      "with very long fields",
      documentOf(`a: ${"b".repeat(20_000)}`),
      [{ line: 1, reason: "front-matter-too-long" }],
    ],
    [
      "with a wrong field",
      documentOf(`${FIELDS}\nexpires: soon`),
      [{ line: 5, path: "/expires", reason: "not-a-time" }],
    ],
    [
      "with a wrong field under another name",
      documentOf(FIELDS.replace("date_published: 2025-11-04T07:07:06Z", "date: 2025-11-04")),
      [{ line: 3, path: "/date", reason: "day-without-time" }],
    ],
    [
      "with a list for a text",
      documentOf(`${FIELDS}\nsummary:\n  - a`),
      [{ line: 6, path: "/summary", reason: "wrong-type" }],
    ],
    ["without a body", documentOf(FIELDS, ""), [{ line: 6, reason: "missing-body" }]],
    ["without a time", documentOf("title: a\nsections: [Politics]"), [{ line: 1, reason: "missing-time" }]],
    ["with a very long body", documentOf(FIELDS, "a ".repeat(50_001)), [{ line: 6, reason: "too-long" }]],
    [
      "with lists in lists without end",
      documentOf(FIELDS, `${"- ".repeat(3000)}a`),
      [{ line: 7, reason: "too-complex" }],
    ],
    [
      "with quotes in quotes without end",
      documentOf(FIELDS, `${">".repeat(3000)}a`),
      [{ line: 7, reason: "too-complex" }],
    ],
    [
      "with a paragraph of marks",
      documentOf(FIELDS, "a**b_c* ".repeat(10_000)),
      [{ line: 7, reason: "too-complex" }],
    ],
    [
      "with a table of empty cells",
      documentOf(FIELDS, `${"|a".repeat(900)}\n${"|-".repeat(900)}\n${"|b\n".repeat(900)}`),
      [{ line: 29, reason: "too-complex" }],
    ],
    [
      "with links that are never used",
      documentOf(FIELDS, "[a]: b\n".repeat(5000)),
      [{ line: 360, reason: "too-complex" }],
    ],
    [
      "with a quote that goes on and on",
      documentOf(FIELDS, `> a\n${"a\n".repeat(300)}`),
      [{ line: 208, reason: "too-complex" }],
    ],
    [
      "with very many underlined headings",
      documentOf(FIELDS, "a\n=\n\n".repeat(200)),
      [{ line: 308, reason: "too-complex" }],
    ],
    [
      "with very many lines",
      documentOf(FIELDS, "a\n".repeat(20_000)),
      [{ line: 10_006, reason: "too-complex" }],
    ],
    [
      "with very many short paragraphs",
      documentOf(FIELDS, "*a*\n\n".repeat(6000)),
      [{ line: 10_006, reason: "too-complex" }],
    ],
    [
      "with very many footnotes",
      documentOf(FIELDS, "[^a]\n\n".repeat(5000)),
      [{ line: 2007, reason: "too-complex" }],
    ],
  ])("%s", (_what, document, expected) => {
    expect(issuesOf(document)).toEqual(expected.map((issue) => ({ path: undefined, ...issue })));
  });

  test("for all mistakes at once", () => {
    const document = documentOf("title: [a]\ntags: { a: 1 }", "<script>run()</script>");
    expect(issuesOf(document).map(({ line, reason }) => [line, reason])).toEqual([
      [2, "wrong-type"],
      [3, "wrong-type"],
      [5, "missing-body"],
      [1, "missing-sections"],
      [1, "missing-time"],
    ]);
  });
});

test("whatever follows the first line, the answer is a draft or at least one issue with a line of the document", () => {
  const line = fc.oneof(
    fc.constantFrom(
      "---",
      FIELDS,
      "title: a",
      "- a",
      "  - b",
      "a: &a",
      "b: *a",
      "? c",
      "",
      "# A",
      "> a",
      "| a |",
      "|---|",
    ),
    fc.constantFrom(
      "[^1]: a",
      "[a]: b",
      "```",
      "<div>",
      "&amp;",
      "!!map",
      "!x",
      "%YAML 1.1",
      "{",
      "]",
      "'",
      "|",
      ">-",
    ),
    fc.string({ unit: "binary", maxLength: 12 }),
  );
  const document = fc.array(line, { maxLength: 14 }).map((lines) => ["---", ...lines].join("\n"));
  fc.assert(
    fc.property(document, (text) => {
      const parsed = parse(text);
      const count = text.split(/\r\n|\r|\n/).length + 1;
      const lines = [...(parsed.ok ? [] : parsed.issues), ...parsed.warnings].map((issue) => issue.line);
      expect(lines.filter((number = 0) => number < 1 || number > count)).toEqual([]);
      expect(parsed.ok || parsed.issues.length > 0).toBe(true);
    }),
    { numRuns: 150 },
  );
});
