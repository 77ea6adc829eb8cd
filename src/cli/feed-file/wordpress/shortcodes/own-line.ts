/** The pieces of a content that are on lines of their own. Pure. */
import type { Piece } from "./shortcodes.ts";

// Tags that begin and end lines even without a line end.
const LINE_TAGS = new Set(
  "article aside blockquote br dd div dt figcaption figure footer header hr li main p section td th".split(
    " ",
  ),
);

/** Whether a piece begins a line: before it is the start of the content, a line end or a block. */
export function isAtLineStart(pieces: readonly Piece[], at: number): boolean {
  const before = pieces[at - 1];
  if (before?.kind === "text") return before.html.slice(before.html.trimEnd().length).includes("\n");
  return before === undefined || isLineTag(before);
}

/** Whether a piece ends a line. */
export function isAtLineEnd(pieces: readonly Piece[], at: number): boolean {
  const after = pieces[at + 1];
  if (after?.kind === "text") return /^[^\S\n]*\n/.test(after.html);
  return after === undefined || isLineTag(after);
}

/** Whether a shortcode, or a chain of shortcodes, is on lines of its own. */
export function hasOwnLines(pieces: readonly Piece[], start: number, end: number): boolean {
  return (
    (pieces[start - 1]?.kind === "shortcode" || isAtLineStart(pieces, start)) &&
    (pieces[end + 1]?.kind === "shortcode" || isAtLineEnd(pieces, end))
  );
}

// Comments have no name. They are on either side of a block.
function isLineTag(piece: Piece): boolean {
  return (
    piece.kind === "markup" && (piece.name === "" ? piece.html.startsWith("<!--") : LINE_TAGS.has(piece.name))
  );
}
