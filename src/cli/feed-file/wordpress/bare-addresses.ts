/** Addresses alone on a line → players and links, as WordPress embeds them. Pure. */
import { decodeHTMLStrict } from "entities";
import { isAtLineEnd, isAtLineStart } from "./shortcodes/own-line.ts";
import { embedOf } from "./players.ts";
import { isEmbed } from "./shortcodes/shortcode-names.ts";
import type { Piece } from "./shortcodes/shortcodes.ts";

const ADDRESS = /^https?:\/\/[^\s<>"'[\]]+$/;

/** Replaces the addresses in texts. The number and the order of the pieces stay. */
export function withEmbeds(pieces: readonly Piece[]): Piece[] {
  let isInLink = false;
  let isInParagraph = false;
  return pieces.map((piece, at): Piece => {
    if (piece.kind === "markup") {
      if (piece.name === "a") isInLink = piece.isOpening;
      if (piece.name === "p") isInParagraph = piece.isOpening;
    }
    const before = pieces[at - 1];
    const isEmbedded = before?.kind === "shortcode" && isEmbed(before.name) && before.end !== undefined;
    if (piece.kind !== "text" || isInLink || isEmbedded || !piece.html.includes("://")) return piece;
    const lines = piece.html.split("\n");
    const embedded = lines.map((line, index) => {
      const isAlone =
        (index > 0 || isAtLineStart(pieces, at)) && (index < lines.length - 1 || isAtLineEnd(pieces, at));
      const written = line.trim();
      if (!isAlone || !ADDRESS.test(written)) return line;
      const { html, isPlayer } = embedOf(decodeHTMLStrict(written));
      // A player is no part of the sentences around it.
      return isPlayer && !isInParagraph ? `\n${html}\n` : html;
    });
    return { kind: "text", html: embedded.join("\n") };
  });
}
