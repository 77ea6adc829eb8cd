/** A content → its texts, its markup and its shortcodes, in order. Pure. */
import { type HtmlToken, htmlTokens } from "../../paragraphs/html-tokens.ts";
import { looksLikeShortcode } from "./shortcode-names.ts";

/** `attributes`: the text between the name and the closing bracket. `end`: the index of its end shortcode, if any. */
export type Shortcode = {
  kind: "shortcode";
  name: string;
  attributes: string;
  isEnd: boolean;
  end: number | undefined;
  html: string;
};

/** A piece of a content. */
export type Piece =
  | { kind: "text"; html: string }
  | { kind: "markup"; html: string; name: string; isOpening: boolean }
  | Shortcode;

// Elements in which nothing is a shortcode: they show their text as it is.
const PROTECTED = new Set(["code", "pre", "samp", "script", "style", "svg", "textarea"]);
// `[name …]`, `[/name]`, and `[[name …]]`, which shows single brackets. Brackets don't nest.
const BRACKET = /(\[?)\[(\/?)([a-z][\w-]*)(?=[\s/\]=])([^[\]]*)\](\]?)/gi;
const PAGE_BREAK = /^<!--\s*nextpage\s*-->$/;
const MORE = /^<!--\s*(?:more\b[^<>]*|noteaser\s*)-->$/;

/** Splits a content into pieces. Brackets that are no shortcodes are text, and page breaks are blank lines. */
export function piecesOf(html: string): Piece[] {
  const pieces: Piece[] = [];
  const addText = (text: string): void => {
    const last = pieces.at(-1);
    if (last?.kind === "text") last.html += text;
    else if (text !== "") pieces.push({ kind: "text", html: text });
  };
  const found = withEnds(splitAtBrackets(html));
  // The new index of each piece: neighbouring texts are joined.
  const places = new Map<number, number>();
  for (const [at, piece] of found.entries()) {
    if (piece.kind === "text") addText(piece.html);
    else if (piece.kind === "shortcode" && !isShortcode(piece)) addText(piece.html);
    else {
      places.set(at, pieces.length);
      pieces.push(piece);
    }
  }
  for (const piece of pieces) {
    if (piece.kind === "shortcode" && piece.end !== undefined) piece.end = places.get(piece.end);
  }
  return pieces;
}

/** Whether a bracket is a shortcode: it has an end or a start, or it looks like a shortcode. */
function isShortcode({ name, attributes, end }: Shortcode): boolean {
  return end !== undefined || looksLikeShortcode(name, attributes);
}

function splitAtBrackets(html: string): Piece[] {
  const pieces: Piece[] = [];
  const tokens = withProtection(htmlTokens(html));
  // A bracket begins and ends in text, but an attribute may hold tags.
  const brackets = html.includes("[") ? [...html.matchAll(BRACKET)] : [];
  let at = 0;
  let next = 0;
  let skipUpTo = 0;
  const addText = (text: string): void => {
    if (text !== "") pieces.push({ kind: "text", html: text });
  };
  for (const [index, token] of tokens.entries()) {
    const end = at + token.html.length;
    if (token.kind !== "text") {
      if (at >= skipUpTo) pieces.push(pieceOf(token));
      at = end;
      continue;
    }
    let from = Math.max(at, skipUpTo);
    for (; next < brackets.length; next++) {
      const bracket = brackets[next];
      if (bracket === undefined || bracket.index >= end) break;
      const bracketEnd = bracket.index + bracket[0].length;
      if (bracket.index < from || !endsInText(tokens, index, end, bracketEnd)) continue;
      addText(html.slice(from, bracket.index));
      pieces.push(...bracketPieces(bracket));
      from = bracketEnd;
      skipUpTo = bracketEnd;
    }
    if (from < end) addText(html.slice(from, end));
    at = end;
  }
  return pieces;
}

/** Whether an offset is in a text or at its end; `end` is the offset after the token at `index`. */
function endsInText(tokens: readonly HtmlToken[], index: number, end: number, place: number): boolean {
  let token = index;
  let tokenEnd = end;
  while (tokenEnd < place) {
    token++;
    tokenEnd += tokens[token]?.html.length ?? Number.POSITIVE_INFINITY;
  }
  return tokens[token]?.kind === "text";
}

function bracketPieces([
  html,
  before = "",
  slash,
  name = "",
  attributes = "",
  after = "",
]: RegExpExecArray): Piece[] {
  // A doubled bracket shows a single one.
  if (before !== "" && after !== "") return [{ kind: "text", html: html.slice(1, -1) }];
  const shortcode: Piece = {
    kind: "shortcode",
    name,
    attributes,
    isEnd: slash === "/",
    end: undefined,
    html: html.slice(before.length, html.length - after.length),
  };
  return [{ kind: "text", html: before }, shortcode, { kind: "text", html: after }];
}

/** Gives each start the index of its end: the nearest of the same name, as for tags. */
function withEnds(pieces: Piece[]): Piece[] {
  const open: { at: number; name: string }[] = [];
  const counts = new Map<string, number>();
  for (const [at, piece] of pieces.entries()) {
    if (piece.kind !== "shortcode") continue;
    const { name } = piece;
    const count = counts.get(name) ?? 0;
    if (!piece.isEnd) {
      if (piece.attributes.trimEnd().endsWith("/")) continue;
      open.push({ at, name });
      counts.set(name, count + 1);
    } else if (count > 0) {
      for (let last = open.pop(); last !== undefined; last = open.pop()) {
        counts.set(last.name, (counts.get(last.name) ?? 1) - 1);
        if (last.name !== name) continue;
        const start = pieces[last.at];
        if (start?.kind === "shortcode") start.end = at;
        // It has a start: it is no text, whatever it looks like.
        piece.end = at;
        break;
      }
    }
  }
  return pieces;
}

/** Joins the tokens of each protected element into one. */
function withProtection(tokens: readonly HtmlToken[]): HtmlToken[] {
  const joined: HtmlToken[] = [];
  let open: string | undefined;
  for (const token of tokens) {
    const last = joined.at(-1);
    if (open !== undefined && last !== undefined) {
      last.html += token.html;
      if (token.kind === "close" && token.name === open) open = undefined;
      continue;
    }
    const isProtected = token.kind === "open" && PROTECTED.has(token.name);
    if (isProtected) open = token.name;
    joined.push(isProtected ? { ...token, kind: "comment" } : token);
  }
  return joined;
}

function pieceOf({ kind, name, html }: HtmlToken): Piece {
  if (kind === "comment" && PAGE_BREAK.test(html)) return { kind: "text", html: "\n\n" };
  if (kind === "comment" && MORE.test(html)) return { kind: "text", html: "" };
  return { kind: "markup", html, name, isOpening: kind === "open" };
}
