/** The guards of a post: shortcodes, blocks, marks and meta that hide it, or a part of it, from some readers. Pure. */
import { firstCharacters } from "../../../../article/characters.ts";
import { isGuardMeta } from "./guard-meta.ts";
import { isGuardBlock, isGuardShortcode } from "./guard-names.ts";
import { looksLikeShortcode } from "../shortcodes/shortcode-names.ts";
import type { WxrItem } from "../wxr.ts";

// Shortcodes as WordPress finds them: anywhere, also in code, with any name that add_shortcode() takes.
const BRACKET = /(\[?)\[(\/?)([^\s[\]<>&/'"=]+)([^[\]]*)(\]{0,2})/g;
const BLOCK = /^\s*\/?wp:([a-z][\w-]*(?:\/[a-z][\w-]*)?)/;
const MARK = /^\/?([\w-]+)$/;
// The mark of Steady.
const PAYWALL_MARK = "___STEADY_PAYWALL___";

// Attributes of any block, from Ultimate Member, Paid Memberships Pro, Content Control, WordPress itself and Block
// Visibility. Block attributes are JSON without white space (serialize_block_attributes).
const RESTRICTED =
  /"(?:um_is_restrict|visibilityBlockEnabled)":true|"contentControls":\{"enabled":true|"blockVisibility":(?!true\b|\{\}|\[\])/;

// In characters. Longer than the names of plugins.
const LONGEST_NAME = 60;

/**
 * Finds the guards of a post.
 * @returns each guard once, for people: `the shortcode [private]`, `the block “jetpack/paywall”`
 */
export function guardsOf({ content = "", excerpt = "", meta }: WxrItem): string[] {
  const found = new Set<string>();
  for (const html of [content, excerpt]) {
    for (const name of shortcodesIn(html)) found.add(`the shortcode [${shortened(name)}]`);
    for (const guard of commentsIn(html)) found.add(guard);
    if (html.includes(PAYWALL_MARK)) found.add(`the mark “${PAYWALL_MARK}”`);
  }
  for (const [key, values] of meta) {
    if (values.some((value) => isGuardMeta(key, value))) found.add(`the post meta “${shortened(key)}”`);
  }
  return [...found];
}

/** The guards among the shortcodes. `[member of the council]` is prose, and a doubled bracket shows itself. */
function* shortcodesIn(html: string): Generator<string> {
  if (!html.includes("[")) return;
  const ended = new Set(Array.from(html.matchAll(END), ([, name = ""]) => name.toLowerCase()));
  for (const match of html.matchAll(BRACKET)) {
    const [, before, slash, name = "", attributes = "", after] = match;
    const isClosed = after !== "" && !(before === "[" && after === "]]");
    const isEnd = slash === "/";
    const hasLook =
      attributes.startsWith("=") ||
      ["", "/"].includes(attributes.trim()) ||
      looksLikeShortcode(name, attributes);
    // “[Members] were told,” she said.
    const isProse =
      PLAIN_WORD.test(name) &&
      attributes.trim() === "" &&
      !ended.has(name.toLowerCase()) &&
      !beginsLine(html, match.index);
    if (isClosed && (isEnd || (hasLook && !isProse)) && isGuardShortcode(name, isEnd)) yield name;
  }
}

/** Whether the line, or the element, is empty before an offset. */
function beginsLine(html: string, start: number): boolean {
  return /(?:^|[\n>])[^\S\n]*$/.test(html.slice(Math.max(0, start - MARGIN), start));
}

// In characters. A deeper indentation is unlikely.
const MARGIN = 20;
const END = /\[\/([^\s[\]<>&/'"=]{1,60})\s*\]/g;
const PLAIN_WORD = /^[a-z]+$/i;

/** The guards among the comments: blocks, and marks of one word, `<!--paywall-->`. */
function* commentsIn(html: string): Generator<string> {
  for (const after of html.split("<!--").slice(1)) {
    const [comment = ""] = after.split("-->", 1);
    const [, block] = BLOCK.exec(comment) ?? [];
    if (block === undefined) {
      const [, mark] = MARK.exec(comment.trim()) ?? [];
      if (mark !== undefined && isGuardShortcode(mark, false)) yield `the mark “${shortened(mark)}”`;
    } else if (isGuardBlock(block)) {
      yield `the block “${shortened(block)}”`;
    } else if (RESTRICTED.test(comment)) {
      yield `the visibility of the block “${shortened(block)}”`;
    }
  }
}

function shortened(name: string): string {
  return firstCharacters(name, LONGEST_NAME);
}
