/** Makes an article's body of HTML: all markup of an upload comes in here. Pure. */
import type { Root } from "hast";
import { sanitize } from "hast-util-sanitize";
import { toHtml } from "hast-util-to-html";
import { removedCharacters } from "../encoding.ts";
import type { Base } from "./addresses.ts";
import { SCHEMA } from "./allowed.ts";
import { type Cleaning, cleanText } from "./attributes.ts";
import { cleaned } from "./cleaning.ts";
import { asWithScripts } from "./noscript.ts";
import { warningsOf } from "./remarks.ts";
import { textOf } from "./text.ts";
import { MAX_ELEMENTS, parseHtml } from "./tree.ts";
import type { Body, Findings, Issue, Place } from "../issue.ts";
import { withKeptPictures } from "../kept-pictures.ts";

export type { Base } from "./addresses.ts";

// Removing an element can change how the rest is parsed. HTML that still changes after so many rounds is refused.
const MAX_ROUNDS = 8;

// In UTF-16 units. References and absolute addresses are longer than what was written, but not twice as long as a
// whole upload.
const MAX_LENGTH = 2_000_000;

// What the text of settled paragraphs may not hold: white space that is folded or trimmed, and characters that one of the
// steps might remove. The character classes have those of the most scripts that are neither; the others take the long way.
const UNSETTLED =
  /[^\n -~\u00A0-\u00AC\u00AE-\u05FF\u0620-\u06DC\u0900-\u0DFF\u2010-\u2027\u2030-\u205E\u20A0-\u20BF\u3001-\uD7A3]|[ \u00A0][ \u00A0\n]|\n[ \u00A0]/;
const START = "<p>";
const END = "</p>";
const REFERENCES = /&(?:amp|lt);/g;
// Whatever else is written as a reference comes out as the character.
const OTHER_REFERENCE = /&(?!(?:amp|lt);)/;

const MEDIA = /<(?:img|iframe|video|audio) /;

/**
 * The base of a document.
 * @param link the address that the document names as its own, if any
 * @param siteUrl replaces it otherwise
 */
export function baseFor(link: string | undefined, siteUrl: string): Base {
  return { url: link ?? siteUrl, isKnown: link !== undefined, site: siteUrl };
}

/**
 * Sanitises a fragment of HTML. The result doesn't change when it is parsed and written again: a browser sees the
 * tree that was checked.
 * @param base the address that relative ones start from, and whether the document names it
 * @param place the place of the HTML in the document, for issues
 * @returns the body, unless there is an issue; and one warning for each kind of thing that was removed or changed
 */
export function bodyFromHtml(html: string, base: Base, place: Place): Findings & { body?: Body } {
  const plain = plainBody(html);
  if (plain !== undefined) return { issues: [], warnings: [], body: plain };
  const cleaning: Cleaning = { base, remarks: new Map(), forbidden: new Set() };
  let written = html;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const tree = parseHtml(written);
    if (typeof tree === "string") return { issues: [refusal(tree, place)], warnings: [] };
    // Only the first round sees what the author wrote.
    const safe = safeTree(tree, round === 0 ? cleaning : { base, remarks: new Map(), forbidden: new Set() });
    const again = toHtml(safe, { characterReferences: { useNamedReferences: true } }).trim();
    if (again.length > MAX_LENGTH) return { issues: [refusal("too-long", place)], warnings: [] };
    if (again !== written) {
      written = again;
      continue;
    }
    const { forbidden, remarks } = cleaning;
    const characters = forbidden.size === 0 ? [] : [removedCharacters([...forbidden], place)];
    const warnings = [...characters, ...warningsOf(remarks, place)];
    const text = textOf(safe);
    if (text === "" && !MEDIA.test(written)) return { issues: [refusal("missing-body", place)], warnings };
    return { issues: [], warnings, body: { html: written, text } };
  }
  return { issues: [refusal("unsettled-markup", place)], warnings: [] };
}

/**
 * The body of HTML that is nothing but settled paragraphs, as exports have it: what the rounds of `bodyFromHtml` would give, for
 * a twentieth of their cost.
 * @returns undefined for any other HTML
 */
function plainBody(html: string): Body | undefined {
  if (!html.startsWith(START) || !html.endsWith(END) || html.length > MAX_LENGTH) return undefined;
  const lines = html.split("\n");
  if (lines.length > MAX_ELEMENTS || OTHER_REFERENCE.test(html)) return undefined;
  const paragraphs: string[] = [];
  for (const line of lines) {
    const inside = line.slice(START.length, -END.length);
    const isParagraph = line.startsWith(START) && line.endsWith(END) && inside !== "";
    if (!isParagraph || inside.includes("<")) return undefined;
    paragraphs.push(inside);
  }
  const text = paragraphs
    .join("\n\n")
    .replaceAll(REFERENCES, (reference) => (reference === "&lt;" ? "<" : "&"));
  if (UNSETTLED.test(`\n${text}\n`)) return undefined;
  const forbidden = new Set<string>();
  const isClean = cleanText(text, { forbidden }) === text && forbidden.size === 0;
  return isClean ? { html, text } : undefined;
}

function safeTree(tree: Root, cleaning: Cleaning): Root {
  const children = withKeptPictures(tree.children, cleaning.base.site);
  const safe = sanitize(
    { type: "root", children: cleaned(asWithScripts(children, cleaning), cleaning) },
    SCHEMA,
  );
  if (safe.type === "root") return safe;
  return { type: "root", children: safe.type === "doctype" ? [] : [safe] };
}

const DETAIL = {
  "missing-body": "The body is empty, or nothing of it may stay.",
  "too-deep": "The body’s elements are nested too deeply.",
  "too-many-elements": "The body has too many elements.",
  "too-long": "The body is too long.",
  "unsettled-markup":
    "The body’s elements are nested in a way that HTML doesn’t allow: correct their nesting.",
};

function refusal(reason: keyof typeof DETAIL, place: Place): Issue {
  return { ...place, field: "body", reason, detail: DETAIL[reason], found: "" };
}
