/** Pieces of a content that have lines of their own. Pure. */
import type { Piece } from "./shortcodes.ts";

// Tags at which a line begins and ends, as far as these are written without line ends.
const LINE_TAGS = new Set(
  "article aside blockquote br dd div dt figcaption figure footer header hr li main p section td th".split(
    " ",
  ),
);

/** Whether the piece at a place begins a line: the content's start, a line end or a block is before it. */
export function isAtLineStart(pieces: readonly Piece[], at: number): boolean {
  const before = pieces[at - 1];
  if (before?.kind === "text") return before.html.slice(before.html.trimEnd().length).includes("\n");
  return before === undefined || isLineTag(before);
}

/** Whether the piece at a place ends a line. */
export function isAtLineEnd(pieces: readonly Piece[], at: number): boolean {
  const after = pieces[at + 1];
  if (after?.kind === "text") return /^[^\S\n]*\n/.test(after.html);
  return after === undefined || isLineTag(after);
}

/** Whether a shortcode, or a chain of them, has lines of its own. */
export function hasOwnLines(pieces: readonly Piece[], start: number, end: number): boolean {
  return (
    (pieces[start - 1]?.kind === "shortcode" || isAtLineStart(pieces, start)) &&
    (pieces[end + 1]?.kind === "shortcode" || isAtLineEnd(pieces, end))
  );
}

// Comments have no name; they stand on either side of a block.
function isLineTag(piece: Piece): boolean {
  return (
    piece.kind === "markup" && (piece.name === "" ? piece.html.startsWith("<!--") : LINE_TAGS.has(piece.name))
  );
}
