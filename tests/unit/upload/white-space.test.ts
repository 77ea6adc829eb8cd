/** White space of every kind between two words, in every format: the words stay two. */
import { describe, expect, test } from "vitest";
import type { Draft } from "../../../src/article/article.ts";
import { bodyFromHtml } from "../../../src/upload/html/html.ts";
import type { Issue, Parsed } from "../../../src/upload/issue.ts";
import { parseJson } from "../../../src/upload/json/json.ts";
import { parseMarkdown } from "../../../src/upload/markdown/markdown.ts";
import { parseNinjs } from "../../../src/upload/ninjs/ninjs.ts";
import { parseWire } from "../../../src/upload/wire/wire.ts";
import { site } from "../../support/site.ts";

const TIME = "2026-11-20T07:07:06Z";

/** Unicode's property White_Space, without the line ends, which each format reads in its own way. */
const SPACES = Array.from({ length: 0x3001 }, (_, code) => String.fromCodePoint(code))
  .filter((character) => /\p{White_Space}/u.test(character))
  .filter((character) => !"\n\r".includes(character));

const CONTROLS = ["\t", "\v", "\f", "\u0085", "\u2028", "\u2029"];

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function read(parsed: Parsed): { draft: Draft; warnings: Issue[] } {
  if (!parsed.ok || parsed.upload.action === "withdraw") throw new Error(JSON.stringify(parsed));
  return { draft: parsed.upload.draft, warnings: parsed.warnings };
}

const json = (words: string, body: Record<string, string>): Uint8Array =>
  bytes(
    JSON.stringify({
      title: words,
      summary: words,
      sections: ["Politics"],
      tags: [words],
      authors: [{ name: words }],
      date_published: TIME,
      ...body,
    }),
  );

const ninjs = (words: string, body: Record<string, string>): Uint8Array =>
  bytes(
    JSON.stringify({
      uri: "urn:tide:7",
      type: "text",
      firstcreated: TIME,
      headline: words,
      description_text: words,
      subject: [{ name: "Politics" }],
      byline: words,
      ...body,
    }),
  );

const FORMATS: [string, (words: string) => Parsed][] = [
  [
    "a wire document",
    (words) =>
      parseWire(bytes(`Politics ${TIME}\n\n${words}\n\n${words} is up\n\n${words}\n\n${words}\n`), site),
  ],
  ["JSON with HTML", (words) => parseJson(json(words, { content_html: `<p>${words}</p>` }), site)],
  ["JSON with text", (words) => parseJson(json(words, { content_text: words }), site)],
  ["JSON with Markdown", (words) => parseJson(json(words, { content_markdown: words }), site)],
  ["ninjs with HTML", (words) => parseNinjs(ninjs(words, { body_html: `<p>${words}</p>` }), site)],
  ["ninjs with text", (words) => parseNinjs(ninjs(words, { body_text: words }), site)],
  [
    "Markdown",
    (words) =>
      parseMarkdown(
        bytes(
          `---\nsections: [Politics]\ndate: ${TIME}\nsummary: ${JSON.stringify(words)}\n---\n# ${words}\n\n${words}\n`,
        ),
        site,
      ),
  ],
];

describe.each(FORMATS)("in %s", (_format, parse) => {
  test.each(SPACES.map((space) => [`U+${space.charCodeAt(0).toString(16).padStart(4, "0")}`, space]))(
    "%s keeps two words apart, without a warning",
    (_name, space) => {
      const { draft, warnings } = read(parse(`ebb${space}tide`));
      const { headline, summary = "", text, html, tags, authors } = draft;
      const names = authors.map(({ name }) => name);
      for (const words of [headline, summary, text, html, ...tags, ...names]) {
        expect(words).toMatch(/ebb(?:\s|&nbsp;)+tide/u);
      }
      expect(warnings).toEqual([]);
    },
  );

  test("a control that is white space is one blank", () => {
    for (const control of CONTROLS) {
      const { headline, summary, text } = read(parse(`ebb${control}tide`)).draft;
      expect([headline, summary?.slice(0, 8), text]).toEqual(["ebb tide", "ebb tide", "ebb tide"]);
    }
  });
});

test("a wire document's body with such controls is read as a person reads it", () => {
  const document = `Politics ${TIME}\n\nQuay wall gives way\n\nStones moved.\n\nQuay wall gives way\n\nFirst part.\fSecond part.\vThird\u0085fourth.\n`;
  const { draft, warnings } = read(parseWire(bytes(document), site));
  expect([draft.text, warnings]).toEqual(["First part. Second part. Third fourth.", []]);
});

test("a line of such controls alone separates paragraphs of plain text", () => {
  for (const control of CONTROLS) {
    const { summary, text } = read(
      parseJson(
        bytes(
          JSON.stringify({
            title: "Tide",
            sections: ["Politics"],
            date_published: TIME,
            summary: `Ebb.\n${control}\nTide.`,
            content_text: `Ebb.\n${control}\nTide.`,
          }),
        ),
        site,
      ),
    ).draft;
    expect([summary, text]).toEqual(["Ebb.\n\nTide.", "Ebb.\n\nTide."]);
  }
});

test("preformatted HTML keeps its tabs and line ends", () => {
  const { body, warnings } = bodyFromHtml(
    "<pre>ebb\ttide\n\tquay\fwall</pre>",
    { url: site.url, isKnown: true },
    {},
  );
  expect([body?.html, warnings]).toEqual(["<pre>ebb\ttide\n\tquay wall</pre>", []]);
});
