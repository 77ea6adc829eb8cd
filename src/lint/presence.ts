/** Checks that an article has a part at all. Pure. */
import type { Check, Complaint } from "./rule.ts";
import { hasText } from "./tags.ts";

export const noId: Check = ({ id }) => absentIf(isBlank(id), "id");

export const noHeadline: Check = ({ title }) => absentIf(isBlank(title), "headline");

/** Checks the summary that a feed shows: without one of its own, an article has the beginning of its text. */
export const noSummary: Check = ({ description }) => absentIf(isBlank(description), "summary");

/** A body is a text or a picture; empty paragraphs are no body. */
export const noBody: Check = ({ html, images }) => absentIf(images.length === 0 && !hasText(html), "body");

/** Checks the creator that feeds name: the authors, or else the publisher. */
export const noCreator: Check = ({ authors }, { publisher }) =>
  absentIf(isBlank(authors.map(({ name }) => name).join("") || publisher.name), "author or publisher");

function absentIf(absent: boolean, what: string): Complaint | undefined {
  return absent ? { detail: `article has no ${what}, needs one`, found: `no ${what}` } : undefined;
}

function isBlank(text: string): boolean {
  return text.trim() === "";
}
