/** Parses a JSON text to an object, or tells where its syntax breaks. Pure. */
import { firstCharacters } from "../../article/characters.ts";
import { decode } from "../encoding.ts";
import type { Issue } from "../issue.ts";
import { isMembers, type Members } from "../fields/members.ts";
import { linesOf } from "../paragraphs.ts";

// In characters: the text around the place, and no more.
const MAX_FOUND_LENGTH = 20;

/** The members of a JSON object, or the issue that the text is none. */
export type ReadObject = { ok: true; members: Members } | { ok: false; issue: Issue };

/**
 * Reads a document.
 * @param bytes UTF-8 (RFC 8259, section 8.1), with or without a BOM
 * @returns the members of the object, or the issue that the document is none
 */
export function readObject(bytes: Uint8Array): ReadObject {
  const text = decode(bytes);
  return typeof text === "string" ? parseObject(text) : { ok: false, issue: text };
}

/**
 * @param text JSON (RFC 8259)
 * @returns the members of the object, or the issue that the text is none, with its line where the engine names the
 * place
 */
function parseObject(text: string): ReadObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { ok: false, issue: syntaxIssue(text, String(error)) };
  }
  if (isMembers(value)) return { ok: true, members: value };
  const detail = "The document must be a JSON object.";
  return { ok: false, issue: { path: "", field: "document", reason: "wrong-type", detail, found: "" } };
}

function syntaxIssue(text: string, message: string): Issue {
  // V8 names a position, or says that the text ends too early. For a short text it names neither.
  const position = / at position (\d+)/.exec(message)?.[1];
  const isCutShort = message.includes("end of JSON input");
  const read = position === undefined ? text : text.slice(0, Number(position));
  const isPlaced = position !== undefined || isCutShort;
  return {
    ...(isPlaced ? { line: linesOf(read).length } : { path: "" }),
    field: "document",
    reason: "not-json",
    detail: isCutShort ? "The JSON text ends too early." : "The document is not valid JSON.",
    found: position === undefined ? "" : firstCharacters(text.slice(Number(position)), MAX_FOUND_LENGTH),
  };
}
