/** The issues of a document, and the upload that a parser makes of it. Pure. */
import type { Draft } from "../article/article.ts";
import { shortened } from "../article/characters.ts";
import { ARTICLE_PARTS } from "../article/part.ts";

/**
 * The fields that an issue can concern: the bytes of a document, its form, its first line, or a part of the article.
 */
export const ISSUE_FIELDS = ["encoding", "document", "dateline", ...ARTICLE_PARTS] as const;

export type IssueField = (typeof ISSUE_FIELDS)[number];

/** One problem or one warning: its place, its reason, and what was found there. */
export type Issue = {
  /** The line that it concerns, counted from 1, in a document that has lines. */
  line?: number | undefined;
  /** Its place in a document of fields, as a JSON Pointer (RFC 6901): `/authors/0/name`. */
  path?: string | undefined;
  /** The field that it concerns; a part of the article has the name that the article gives it. */
  field: IssueField;
  /** A stable word for programs: `time-without-offset`. */
  reason: string;
  /** One sentence for people. */
  detail: string;
  /** The text in question, shortened; empty where something is missing. */
  found: string;
};

/** The place of an issue. */
export type Place = Pick<Issue, "line" | "path">;

/** All issues and warnings about a document, or about a part of it. */
export type Findings = { issues: Issue[]; warnings: Issue[] };

/** An article's body: sanitised HTML, and the same as plain text with blank lines between paragraphs. */
export type Body = { html: string; text: string };

/** The request of a document: to publish an article, with the identity that the document names, or to withdraw one. */
export type Upload =
  | {
      action: "publish" | "keep-as-draft";
      draft: Draft;
      /** The article's id, where the document names one. */
      id?: string | undefined;
      /** The id that the article has elsewhere; it becomes the guid of a new article. */
      guid?: string | undefined;
    }
  | {
      action: "withdraw";
      id?: string | undefined;
      guid?: string | undefined;
      /** For readers. */
      reason?: string | undefined;
    };

/** The upload, or every reason why there is none. Warnings come with both. */
export type Parsed =
  | { ok: true; upload: Upload; warnings: Issue[] }
  | { ok: false; issues: Issue[]; warnings: Issue[] };

// In characters: enough to find the place.
const MAX_FOUND_LENGTH = 120;

/** Shortens a text for an issue's `found`, without cutting a character in two. */
export function excerptOf(found: string): string {
  return shortened(found, MAX_FOUND_LENGTH);
}
