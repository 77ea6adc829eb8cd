/**
 * The wire document: a line of sections and a time, headline, summary, the headline again, body. Pure: bytes in, a draft
 * or every problem out.
 */
import { escapeText } from "entities/escape";
import { forbiddenIn, withoutForbidden } from "../article/characters.ts";
import type { Site } from "../article/site.ts";
import { parseDateline } from "./dateline.ts";
import { excerptOf, type Issue, type Parsed } from "./issue.ts";

// What a person would still read.
const MAX_LINES_REPORTED = 100;

type Paragraph = { line: number; text: string };

/**
 * Parses a wire document.
 * @param bytes UTF-8, with or without a BOM; lines end in LF, CRLF or CR
 * @param site declares the known sections and the language
 * @returns the draft, or every problem at once; never throws
 */
export function parseWire(bytes: Uint8Array, site: Site): Parsed {
  const decoded = decode(bytes);
  if (typeof decoded !== "string") return { ok: false, issues: [decoded], warnings: [] };
  const written = decoded.split(/\r\n|\r|\n/u);
  const warnings = forbiddenCharacters(written);
  const lines = written.map((line) => withoutForbidden(line).normalize("NFC"));
  const first = lines.findIndex((line) => line.trim() !== "");
  const dateline = parseDateline(lines[first] ?? "", first < 0 ? 1 : first + 1, site);
  const issues = [...dateline.issues];
  warnings.push(...dateline.warnings);

  const [headline, ...rest] = paragraphs(lines, first + 1);
  const folded = fold(headline?.text ?? "");
  const repeated = rest.findIndex(({ text }) => fold(text) === folded);
  const split = repeated >= 0 ? repeated : Math.min(1, rest.length);
  const summary = rest.slice(0, split);
  const body = rest.slice(repeated >= 0 ? split + 1 : split);
  if (headline === undefined) {
    issues.push({
      line: lines.length,
      field: "headline",
      reason: "missing-headline",
      detail: "A paragraph with the headline must follow the dateline.",
      found: "",
    });
  } else {
    if (repeated < 0) {
      warnings.push({
        line: headline.line,
        field: "headline",
        reason: "headline-not-repeated",
        detail:
          "The headline is not repeated before the body: the first paragraph after it became the summary.",
        found: excerptOf(headline.text),
      });
    }
    if (body.length === 0) {
      issues.push({
        line: lines.length,
        field: "body",
        reason: "missing-body",
        detail: "At least one paragraph of body must follow the summary and the repeated headline.",
        found: "",
      });
    }
  }
  if (headline === undefined || dateline.published === undefined || issues.length > 0) {
    return { ok: false, issues, warnings };
  }
  const language = dateline.sections
    .map(({ id }) => site.sections.find((section) => section.id === id)?.language)
    .find((tag) => tag !== undefined);
  const draft = {
    sections: dateline.sections,
    headline: headline.text,
    ...(summary.length > 0 && { summary: join(summary) }),
    html: body.map(({ text }) => `<p>${escapeText(text)}</p>`).join("\n"),
    text: join(body),
    authors: [],
    tags: [],
    language: language ?? site.language,
    attachments: [],
    published: dateline.published,
  };
  return { ok: true, draft, warnings };
}

function decode(bytes: Uint8Array): string | Issue {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return {
      line: 1,
      field: "encoding",
      reason: "not-utf-8",
      detail: "The document is not valid UTF-8.",
      found: "",
    };
  }
}

/** A warning for each line with characters that are removed; of very many lines the first, and how many more. */
function forbiddenCharacters(lines: string[]): Issue[] {
  const found = lines.flatMap((line, index) => {
    const characters = forbiddenIn(line);
    return characters.length === 0 ? [] : [{ line: index + 1, characters }];
  });
  const more = found.length - MAX_LINES_REPORTED;
  return found.slice(0, MAX_LINES_REPORTED).map(({ line, characters }, index) => ({
    line,
    field: "encoding",
    reason: "forbidden-characters",
    detail: `Characters that no feed can carry were removed${more > 0 && index === MAX_LINES_REPORTED - 1 ? `, here and in ${more} more lines` : ""}.`,
    found: excerptOf(characters.join(" ")),
  }));
}

/** Blank lines separate paragraphs; a single line end inside one is a soft wrap. */
function paragraphs(lines: string[], start: number): Paragraph[] {
  const found: Paragraph[] = [];
  let open: Paragraph | undefined;
  lines.slice(start).forEach((line, offset) => {
    const text = line.trim();
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

/** White space, case (ß is SS) and typographic quotes don't tell a repeated headline from the first. */
function fold(text: string): string {
  return text
    .replaceAll(/[‘’‚‛′´`]/gu, "'")
    .replaceAll(/[“”„‟″«»]/gu, '"')
    .replaceAll(/\s+/gu, " ")
    .toUpperCase()
    .toLowerCase();
}

function join(parts: Paragraph[]): string {
  return parts.map(({ text }) => text).join("\n\n");
}
