/** The header of a ninjs item: its identity and its status, read before everything else. Pure. */
import type { Issue, Parsed } from "../issue.ts";
import { readObject } from "../json/json-text.ts";
import type { Members } from "../fields/members.ts";
import { pointerTo } from "../fields/json-pointer.ts";
import { type Layout, type FieldReader, fieldReader, unknownFields } from "../fields/field-reader.ts";
import { visibilityKeys } from "../fields/read-visibility.ts";
import { fieldOf, repeatedMembers, writingOf } from "./fields.ts";
import { inLowerCase, KNOWN, NinjsItem, writtenIn } from "./item.ts";

/** A ninjs item whose identity and status are read, and the reader for the rest of it. */
type ItemHeader = {
  /** In lower case. */
  members: Members;
  layout: Layout;
  reader: FieldReader;
  guid: string | undefined;
  status: "usable" | "withheld" | "canceled" | undefined;
  issues: Issue[];
  warnings: Issue[];
};

/** Whether a JSON object is a ninjs item: it says so, or it has members that JSON Feed hasn't. */
export function isNinjs(members: Members): boolean {
  const keys = new Set(Object.keys(members).map((key) => key.toLowerCase()));
  const isStatusKnown = keys.has("pubstatus") && (keys.has("uri") || keys.has("guid"));
  return keys.has("$standard") || keys.has("standard") || isStatusKnown;
}

/** Reads an item's identity and its status. */
export function readHeader(document: Members): ItemHeader {
  const members = inLowerCase(document);
  const asWritten = writtenIn(document);
  const layout: Layout = {
    placeOf: (keys) => ({ path: pointerTo(...asWritten(keys)) }),
    fieldOf,
    writingOf,
  };
  const issues: Issue[] = [];
  const known = [...KNOWN, ...customNames(members), ...visibilityKeys(members)];
  const warnings = unknownFields(members, known, [], layout);
  const reader = fieldReader(members, layout, { issues, warnings });
  const { entries } = NinjsItem;
  issues.push(...repeatedMembers(document));
  const guid = reader.read("uri", entries.uri) ?? reader.read("guid", entries.guid);
  if (!Object.hasOwn(members, "uri") && !Object.hasOwn(members, "guid")) {
    const detail = "A ninjs item must have a uri.";
    issues.push({ path: "/uri", field: "guid", reason: "missing-uri", detail, found: "" });
  }
  const status = reader.read("pubstatus", entries.pubstatus);
  return { members, layout, reader, guid, status, issues, warnings };
}

/** The withdrawal of a canceled item, for which its uri is enough; undefined for any other item. */
export function withdrawalOf({ status, guid, issues, warnings }: ItemHeader): Parsed | undefined {
  if (status !== "canceled") return undefined;
  if (guid === undefined) return { ok: false, issues, warnings };
  return { ok: true, upload: { action: "withdraw", guid }, warnings };
}

/**
 * The withdrawal that a document asks for.
 * @param bytes UTF-8, with or without a BOM
 * @returns undefined for a document that asks for something else; then nothing more of it is read
 */
export function parseWithdrawal(bytes: Uint8Array): Parsed | undefined {
  const document = readObject(bytes);
  return document.ok && isNinjs(document.members) ? withdrawalOf(readHeader(document.members)) : undefined;
}

/** In version 1 a provider may add variants of these three under other names. */
function customNames(members: Members): string[] {
  return Object.keys(members).filter((key) => /^(body|description|headline)_\w+$/.test(key));
}
