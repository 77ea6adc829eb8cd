/** Parses wire documents: a line of sections and a time, headline, summary, the headline again, body. Pure. */
import { forbiddenIn } from "../../article/characters.ts";
import { strayDirectionsIn, withoutStrayDirections } from "../../article/direction.ts";
import type { Site } from "../../article/site.ts";
import { indexOfSame } from "./case-folding.ts";
import { parseDateline } from "./dateline.ts";
import { boundIssues, weightWarnings } from "../bounds.ts";
import { decode, normalised, removedCharacters, removedDirections } from "../encoding.ts";
import { excerptOf, type Issue, type IssueField, type Parsed } from "../issue.ts";
import { bodyOf, joined, linesOf, type Paragraph, paragraphsOf } from "../paragraphs.ts";
import { languageOf } from "../sections.ts";

// The most lines that are reported: as many as a person still reads.
const MAX_LINES_REPORTED = 100;

/**
 * Parses a wire document.
 * @param bytes UTF-8, with or without a BOM; lines end in LF, CRLF or CR
 * @param site declares the known sections and the language
 * @param sections the names of the sections for a document that names none
 * @returns the draft, or every problem at once; never throws
 */
export function parseWire(bytes: Uint8Array, site: Site, sections: readonly string[] = []): Parsed {
  const decoded = decode(bytes);
  if (typeof decoded !== "string") return { ok: false, issues: [decoded], warnings: [] };
  const written = linesOf(decoded);
  const warnings = forbiddenCharacters(written);
  const lines = written.map(normalised);
  const first = lines.findIndex((line) => line.trim() !== "");
  const dateline = parseDateline(lines[first] ?? "", first < 0 ? 1 : first + 1, site, sections);
  const issues = [...dateline.issues];
  warnings.push(...dateline.warnings);

  const [title, ...rest] = paragraphsOf(lines, first + 1);
  const unclosed: Issue[] = [];
  const headline = title && balanced(title, unclosed);
  const language = languageOf(dateline.sections, site);
  const texts = rest.map(({ text }) => withoutStrayDirections(text).trim());
  const repeated = indexOfSame(headline?.text ?? "", texts, language);
  const split = repeated >= 0 ? repeated : Math.min(1, rest.length);
  const summary = rest.slice(0, split).flatMap((paragraph) => balanced(paragraph, unclosed) ?? []);
  warnings.push(...unclosed.slice(0, MAX_LINES_REPORTED));
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
  const content = {
    sections: dateline.sections,
    headline: headline?.text ?? "",
    ...(summary.length > 0 && { summary: joined(summary) }),
    ...bodyOf(body),
    authors: [],
    tags: [],
    language,
    attachments: [],
  };
  const lineOf = new Map<IssueField, number | undefined>([
    ["headline", headline?.line],
    ["summary", summary[0]?.line],
    ["body", body[0]?.line],
  ]);
  const placeOf = (field: IssueField) => ({ line: lineOf.get(field) ?? first + 1 });
  issues.push(...boundIssues(content, placeOf));
  if (headline === undefined || dateline.published === undefined || issues.length > 0) {
    return { ok: false, issues, warnings };
  }
  const draft = { ...content, published: dateline.published };
  warnings.push(...weightWarnings(draft, placeOf("body")));
  return { ok: true, upload: { action: "publish", draft }, warnings };
}

/**
 * A warning for each line that lost characters. Of very many lines the first get one, and the last of these counts
 * the rest.
 */
function forbiddenCharacters(lines: string[]): Issue[] {
  const found = lines.flatMap((line, index) => {
    const characters = forbiddenIn(line);
    return characters.length === 0 ? [] : [{ line: index + 1, characters }];
  });
  const more = found.length - MAX_LINES_REPORTED;
  return found
    .slice(0, MAX_LINES_REPORTED)
    .map(({ line, characters }, index) =>
      removedCharacters(characters, { line }, index === MAX_LINES_REPORTED - 1 ? more : 0),
    );
}

/** A paragraph without controls of direction that have no partner; undefined where nothing else was in it. */
function balanced({ line, text }: Paragraph, warnings: Issue[]): Paragraph | undefined {
  const stray = strayDirectionsIn(text);
  warnings.push(...removedDirections(stray, { line }));
  const left = stray.length === 0 ? text : withoutStrayDirections(text).trim();
  return left === "" ? undefined : { line, text: left };
}
