/** A content → its texts, its markup and its shortcodes, in order. Pure. */
import { type HtmlToken, htmlTokens } from "../../paragraphs/html-tokens.ts";
import { looksLikeShortcode } from "./shortcode-names.ts";

/** `attributes`: all that stands between the name and the bracket. `end`: the place of its end bracket, if it has one. */
export type Shortcode = {
  kind: "shortcode";
  name: string;
  attributes: string;
  isEnd: boolean;
  end: number | undefined;
  html: string;
};

export type Piece =
  | { kind: "text"; html: string }
  | { kind: "markup"; html: string; name: string; isOpening: boolean }
  | Shortcode;

// Nothing in these is a shortcode: they show what is written there.
const PROTECTED = new Set(["code", "pre", "samp", "script", "style", "svg", "textarea"]);
// `[name …]`, `[/name]`, and `[[name …]]`, which stands for the brackets themselves. Brackets don't nest.
const BRACKET = /(\[?)\[(\/?)([a-z][\w-]*)(?=[\s/\]=])([^[\]]*)\](\]?)/gi;
const PAGE_BREAK = /^<!--\s*nextpage\s*-->$/;
const MORE = /^<!--\s*(?:more\b[^<>]*|noteaser\s*)-->$/;

/** The pieces of a content: brackets that are no shortcodes are text, and the page breaks are blank lines. */
export function piecesOf(html: string): Piece[] {
  const pieces: Piece[] = [];
  const addText = (text: string): void => {
    const last = pieces.at(-1);
    if (last?.kind === "text") last.html += text;
    else if (text !== "") pieces.push({ kind: "text", html: text });
  };
  const found = withEnds(splitAtBrackets(html));
  // Where each piece has gone, since texts grow together.
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

/** A bracket is part of a shortcode when it has its other bracket, or when it looks like one. */
function isShortcode({ name, attributes, end }: Shortcode): boolean {
  return end !== undefined || looksLikeShortcode(name, attributes);
}

function splitAtBrackets(html: string): Piece[] {
  const pieces: Piece[] = [];
  const tokens = withProtection(htmlTokens(html));
  // A bracket may hold tags in the value of an attribute, but begins and ends in text.
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

/** Whether the place lies in a text, or at its end; `end` is where the token at `index` ends. */
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
  // A doubled bracket shows itself as a single one.
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

/** Each start bracket with the place of its end bracket: the nearest of its name, as tags do. */
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
        // It belongs to one: no text, whatever it looks like.
        piece.end = at;
        break;
      }
    }
  }
  return pieces;
}

/** The tokens, with each protected element as one. */
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
