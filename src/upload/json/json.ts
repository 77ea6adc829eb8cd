/** Parses JSON uploads: an item of JSON Feed 1.1, or a ninjs item under the media type of JSON. Pure. */
import type { Site } from "../../article/site.ts";
import { draftFrom } from "../draft.ts";
import { type Base, baseFor, bodyFromHtml } from "../html/html.ts";
import type { Body, Findings, Issue, Parsed } from "../issue.ts";
import { Item } from "./item.ts";
import { readObject } from "./json-text.ts";
import { bodyFromMarkdown } from "../markdown/body.ts";
import type { Members } from "../fields/members.ts";
import { fieldOf, memberOf, writingOf } from "./item-fields.ts";
import { readMetadata } from "./metadata.ts";
import { draftFromNinjs } from "../ninjs/ninjs.ts";
import { isNinjs } from "../ninjs/item-header.ts";
import { bodyFromText } from "../paragraphs.ts";
import { pointerTo } from "../fields/json-pointer.ts";
import { type Layout, fieldReader } from "../fields/field-reader.ts";

const layout: Layout = { placeOf: (keys) => ({ path: pointerTo(...keys) }), fieldOf, writingOf };

const BODIES = ["content_html", "content_text", "content_markdown"] as const;

/**
 * Parses an article in the fields of a JSON Feed item (https://www.jsonfeed.org/version/1.1/, “Items”), with
 * `sections` and the other fields of an article.
 * @param bytes UTF-8 (RFC 8259, section 8.1), with or without a BOM
 * @param sections the names of the sections for a document that names none
 * @returns the draft, or every problem at once, each with its JSON Pointer; never throws
 */
export function parseJson(bytes: Uint8Array, site: Site, sections: readonly string[] = []): Parsed {
  const document = readObject(bytes);
  if (!document.ok) return { ok: false, issues: [document.issue], warnings: [] };
  return draftFromJson(document.members, site, sections);
}

/** The same for a document that is an object already. */
export function draftFromJson(members: Members, site: Site, sections: readonly string[] = []): Parsed {
  if (isNinjs(members)) return draftFromNinjs(members, site, sections);
  const metadata = readMetadata(members, Object.keys(Item.entries), layout, site.url);
  const { base } = metadata;
  const { issues, warnings, body, at } = readBody(members, baseFor(base, site.url));
  const found = {
    issues: [...metadata.issues, ...issues],
    warnings: [...metadata.warnings, ...warnings],
  };
  return draftFrom({ ...metadata.parts, body }, site, sections, found, (field, index) => {
    if (field === "body") return { path: pointerTo(at) };
    const key = memberOf(field);
    return { path: index === undefined ? pointerTo(key) : pointerTo(key, index) };
  });
}

function readBody(members: Members, base: Base): Findings & { body?: Body | undefined; at: string } {
  const written = BODIES.filter((key) => Object.hasOwn(members, key) && members[key] !== null);
  const [at = "content_html", second] = written;
  if (second !== undefined) {
    const detail = `An article has one body, in one of the fields ${BODIES.join(", ")}.`;
    const place = { path: pointerTo(second) };
    const issue: Issue = {
      ...place,
      field: "body",
      reason: "several-bodies",
      detail,
      found: written.join(", "),
    };
    return { issues: [issue], warnings: [], at };
  }
  const found: Findings = { issues: [], warnings: [] };
  const text = fieldReader(members, layout, found).read(at, Item.entries[at]);
  if (text === undefined) return { ...found, at };
  const place = { path: pointerTo(at) };
  const from = { content_html: bodyFromHtml, content_markdown: bodyFromMarkdown };
  const read = at === "content_text" ? bodyFromText(text, place) : from[at](text, base, place);
  return { ...read, at };
}
