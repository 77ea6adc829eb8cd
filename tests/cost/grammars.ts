/** The grammars of what outsiders and editors may send, each with its units and the function that reads it. */
import siteFile from "../../content/site.json" with { type: "json" };
import { withoutStrayDirections } from "../../src/article/direction.ts";
import { slug } from "../../src/article/identity.ts";
import { similarity } from "../../src/article/similarity.ts";
import { excerpt } from "../../src/article/excerpt.ts";
import { parseEntityTags } from "../../src/http/entity-tag.ts";
import { preferredType } from "../../src/http/negotiation.ts";
import { bodyForPage } from "../../src/pages/article-body.ts";
import { canonicalPath } from "../../src/public/redirects.ts";
import { readSettings } from "../../src/settings.ts";
import { formatOf } from "../../src/upload/formats.ts";
import type { Parsed } from "../../src/upload/issue.ts";
import { nameFrom, withoutBy } from "../../src/upload/person.ts";
import { wordsFor } from "../../src/words/words.ts";
import { MARKDOWN_BLOCKS } from "./markdown-blocks.ts";
import { MARKDOWN_SPANS } from "./markdown-spans.ts";
import { MARKUP, SANITISED } from "./markup.ts";
import { JSON_UNITS, NINJS_UNITS, TOML_UNITS, YAML_UNITS } from "./members.ts";
import { FIELDS, NAMES, TEXT, WIRE } from "./plain.ts";
import type { Unit } from "./units.ts";

/** `longest` is the number of characters that a text may have at most. */
export type Grammar<Read = unknown> = {
  name: string;
  units: readonly Unit[];
  read: (text: string) => Read;
  longest: number;
};

// Longer texts are refused: a mebibyte of bytes, the Markdown of an article, its fields; the header fields of a request.
const DOCUMENT = 1_040_000;
const MARKDOWN = 99_000;
const FRONT = 19_000;
const HEADER = 128_000;

const site = readSettings(siteFile, "https://news.example");
const words = wordsFor("en");
const encoder = new TextEncoder();
const FRONT_MATTER = "---\ntitle: A\nsections: [Politics]\ndate: 2026-11-04T07:07:06Z\n---\n\n";
const METADATA = { title: "A", sections: ["Politics"], date_published: "2026-11-04T07:07:06Z" };

function reader(type: string): (text: string) => Parsed {
  const parse = formatOf(type)?.parse;
  if (parse === undefined) throw new Error(type);
  return (text) => parse(encoder.encode(text), site);
}

const readJson = reader("application/json");
const readMarkdown = reader("text/markdown");
const asBody = (member: string) => (text: string) =>
  readJson(JSON.stringify({ ...METADATA, [member]: text }));

/** The formats of uploads. */
export const FORMATS: readonly Grammar<Parsed>[] = [
  { name: "a wire document", units: WIRE, read: reader("text/plain"), longest: DOCUMENT },
  { name: "plain text in JSON", units: TEXT, read: asBody("content_text"), longest: DOCUMENT },
  { name: "HTML in JSON", units: MARKUP, read: asBody("content_html"), longest: DOCUMENT },
  {
    name: "blocks of Markdown",
    units: MARKDOWN_BLOCKS,
    read: (text) => readMarkdown(FRONT_MATTER + text),
    longest: MARKDOWN,
  },
  {
    name: "spans of Markdown",
    units: MARKDOWN_SPANS,
    read: (text) => readMarkdown(FRONT_MATTER + text),
    longest: MARKDOWN,
  },
  { name: "YAML", units: YAML_UNITS, read: (text) => readMarkdown(`---\n${text}\n---\n\nb`), longest: FRONT },
  { name: "TOML", units: TOML_UNITS, read: (text) => readMarkdown(`+++\n${text}\n+++\n\nb`), longest: FRONT },
  { name: "JSON", units: JSON_UNITS, read: readJson, longest: DOCUMENT },
  {
    name: "a ninjs item",
    units: NINJS_UNITS,
    read: reader("application/vnd.iptc.ninjs+json"),
    longest: DOCUMENT,
  },
];

/** What the Worker makes of texts besides a draft, and the readers of header fields and paths. */
export const OTHERS: readonly Grammar[] = [
  { name: "a slug", units: TEXT, read: (text) => slug(text), longest: DOCUMENT },
  {
    name: "the similarity of two texts",
    units: TEXT,
    read: (text) => similarity(text, `${text}x`),
    longest: DOCUMENT,
  },
  {
    name: "the name of an author",
    units: NAMES,
    read: (text) => [nameFrom(text), withoutBy(`by${text}`)],
    longest: DOCUMENT,
  },
  { name: "text with controls of direction", units: TEXT, read: withoutStrayDirections, longest: DOCUMENT },
  { name: "an excerpt", units: TEXT, read: excerpt, longest: DOCUMENT },
  {
    name: "the body of a page",
    units: SANITISED,
    read: (text) => bodyForPage(text, words),
    longest: DOCUMENT,
  },
  { name: "If-None-Match", units: FIELDS, read: parseEntityTags, longest: HEADER },
  { name: "a path", units: FIELDS, read: canonicalPath, longest: HEADER },
  {
    name: "Accept",
    units: FIELDS,
    read: (text) => {
      const request = new Request("https://a.example", { headers: { Accept: text } });
      return preferredType(request, ["text/html", "application/rss+xml"]);
    },
    longest: HEADER,
  },
];
