/** Markup in texts that are meant to be plain. Pure. */
import type { Complaint } from "./rule.ts";
import { quoted } from "./wording.ts";

// A tag has its name right after its "<": "3 < 4" and "<3" are plain text.
const TAG = /<\/?[a-z][^<>]*>|<!--/i;
// Character references that remain when a text is escaped once too often: "AT&T" is plain text, "AT&amp;T" is not.
const REFERENCE = /&(?:amp|lt|gt|quot|apos|nbsp|#\d+|#x[\da-f]+);/i;

/** Complains of a tag in a text. @param what the text's name in the complaint: "headline" */
export function tagIn(text: string, what: string): Complaint | undefined {
  return complaintOf(TAG, text, what);
}

/** Complains of a tag or a character reference in a text. @param what the text's name in the complaint: "headline" */
export function markupIn(text: string, what: string): Complaint | undefined {
  return complaintOf(TAG, text, what) ?? complaintOf(REFERENCE, text, what);
}

function complaintOf(markup: RegExp, text: string, what: string): Complaint | undefined {
  const [found] = markup.exec(text) ?? [];
  if (found === undefined) return undefined;
  return { detail: `${what} contains ${quoted(found)}, needs plain text`, found: quoted(found) };
}
