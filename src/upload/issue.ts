/** What a parser says of a document. Pure. */
import type { Draft } from "../article/article.ts";

/** One problem, or one warning: where it is, what it is, and what was found there. */
export type Issue = {
  /** The line, counted from 1, that it concerns. */
  line: number;
  field: "encoding" | "dateline" | "sections" | "published" | "headline" | "summary" | "body";
  /** A stable word for programs: `time-without-offset`. */
  reason: string;
  /** One sentence for people. */
  detail: string;
  /** The text in question, shortened; empty where something is missing. */
  found: string;
};

/** A draft, or every reason why there is none. Warnings come with both. */
export type Parsed =
  | { ok: true; draft: Draft; warnings: Issue[] }
  | { ok: false; issues: Issue[]; warnings: Issue[] };

const MAX_FOUND_LENGTH = 120;

/** Shortens a text for an issue's `found`, without cutting a character in two. */
export function excerptOf(found: string): string {
  // Of a code point's two units at most: enough to tell whether there is more.
  const characters = Array.from(found.slice(0, MAX_FOUND_LENGTH * 2 + 2));
  return characters.length <= MAX_FOUND_LENGTH ? found : `${characters.slice(0, MAX_FOUND_LENGTH).join("")}…`;
}
