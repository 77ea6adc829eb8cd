/** Plain text as newsrooms write it: paragraphs between blank lines, with soft wraps inside. Pure. */
import { escapeText } from "entities/escape";
import { isUnseen, withBlanks } from "../article/characters.ts";
import { strayDirectionsIn, withoutStrayDirections } from "../article/direction.ts";
import { charactersRemovedFrom, normalised, removedDirections } from "./encoding.ts";
import type { Body, Findings, Issue, Place } from "./issue.ts";

const LINE_END = /\r\n|\r|\n/u;

/** A paragraph with its soft wraps joined, and the line, counted from 1, on which it starts. */
export type Paragraph = { line: number; text: string };

/** Splits a text into lines, which end in LF, CRLF or CR. */
export function linesOf(text: string): string[] {
  return text.split(LINE_END);
}

/**
 * Splits lines into paragraphs: blank lines separate them, and a single line end inside a paragraph is a soft wrap. A
 * tab counts as a blank, and so does every other control that is white space.
 * @param start the index of the first line to read
 */
export function paragraphsOf(lines: readonly string[], start = 0): Paragraph[] {
  const found: Paragraph[] = [];
  let open: Paragraph | undefined;
  lines.slice(start).forEach((line, offset) => {
    const text = withBlanks(line).replaceAll("\t", " ").trim();
    if (text === "") {
      open = undefined;
    } else if (open === undefined) {
      open = { line: start + offset + 1, text };
      found.push(open);
    } else {
      open.text += ` ${text}`;
    }
  });
  return found;
}

/** Joins paragraphs to a plain text, with a blank line between two. */
export function joined(paragraphs: readonly Paragraph[]): string {
  return paragraphs.map(({ text }) => text).join("\n\n");
}

/** Makes an article's body of paragraphs; their text is escaped. */
export function bodyOf(paragraphs: readonly Paragraph[]): Body {
  return {
    html: paragraphs.map(({ text }) => `<p>${escapeText(text)}</p>`).join("\n"),
    text: joined(paragraphs),
  };
}

/** Makes an article's body of a plain text; no body where the text has no paragraph. */
export function bodyFromText(text: string, place: Place): Findings & { body?: Body } {
  const paragraphs = paragraphsOf(linesOf(normalised(text)));
  const warnings = charactersRemovedFrom(text, place);
  return { issues: [], warnings, ...(paragraphs.length > 0 && { body: bodyOf(paragraphs) }) };
}

/**
 * A text on one line: white space is folded, both ends are trimmed, and controls of direction without a partner are
 * removed.
 */
export function onOneLine(text: string): string {
  return withoutStrayDirections(withBlanks(text)).replaceAll(/\s+/gu, " ").trim();
}

/**
 * A plain text as one clean line, without a report of what was removed. A text that shows nothing becomes empty:
 * whether it may be empty is judged afterwards.
 */
export function cleaned(text: string): string {
  const line = onOneLine(normalised(text));
  return isUnseen(line) ? "" : line;
}

/**
 * A plain text as one clean line.
 * @param warnings takes warnings about the characters that were removed
 */
export function cleanLine(text: string, place: Place, warnings: Issue[]): string {
  warnings.push(...charactersRemovedFrom(text, place), ...removedDirections(strayDirectionsIn(text), place));
  return cleaned(text);
}
