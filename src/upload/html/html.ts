/** Makes an article's body of HTML: all markup of an upload comes in here. Pure. */
import type { Root } from "hast";
import { sanitize } from "hast-util-sanitize";
import { toHtml } from "hast-util-to-html";
import { removedCharacters } from "../encoding.ts";
import type { Base } from "./addresses.ts";
import { SCHEMA } from "./allowed.ts";
import type { Cleaning } from "./attributes.ts";
import { cleaned } from "./cleaning.ts";
import { asWithScripts } from "./noscript.ts";
import { warningsOf } from "./remarks.ts";
import { textOf } from "./text.ts";
import { parseHtml } from "./tree.ts";
import type { Body, Findings, Issue, Place } from "../issue.ts";

export type { Base } from "./addresses.ts";

// Removing an element can change how the rest is parsed. HTML that still changes after so many rounds is refused.
const MAX_ROUNDS = 8;

// In UTF-16 units. References and absolute addresses are longer than what was written, but not twice as long as a
// whole upload.
const MAX_LENGTH = 2_000_000;

const MEDIA = /<(?:img|iframe|video|audio) /;

/**
 * The base of a document.
 * @param link the address that the document names as its own, if any
 * @param siteUrl replaces it otherwise
 */
export function baseFor(link: string | undefined, siteUrl: string): Base {
  return { url: link ?? siteUrl, isKnown: link !== undefined };
}

/**
 * Sanitises a fragment of HTML. The result doesn't change when it is parsed and written again: a browser sees the
 * tree that was checked.
 * @param base the address that relative ones start from, and whether the document names it
 * @param place the place of the HTML in the document, for issues
 * @returns the body, unless there is an issue; and one warning for each kind of thing that was removed or changed
 */
export function bodyFromHtml(html: string, base: Base, place: Place): Findings & { body?: Body } {
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

function safeTree(tree: Root, cleaning: Cleaning): Root {
  const safe = sanitize(
    { type: "root", children: cleaned(asWithScripts(tree.children, cleaning), cleaning) },
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
