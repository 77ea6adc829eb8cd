/** A ninjs item, the IPTC's news in JSON. Pure. */
import type { Image, Instant } from "../article/article.ts";
import type { Site } from "../article/site.ts";
import { draftFrom, type Parts } from "./draft.ts";
import { readInstant } from "./instant.ts";
import { baseFor } from "./html.ts";
import type { Issue, Parsed } from "./issue.ts";
import { readObject } from "./json-text.ts";
import { authorsFrom, imageFrom, sectionsAndTags } from "./ninjs-choice.ts";
import { asWritten, inLowerCase, KNOWN, NinjsItem } from "./ninjs-item.ts";
import { bodyIn, headlineOf, plainTextOf, type Reading, summaryOf } from "./ninjs-texts.ts";
import { cleanLine } from "./paragraphs.ts";
import { pointerTo } from "./pointer.ts";
import { type Layout, type Members, reader, strangers } from "./reading.ts";
import { declaredSections } from "./sections.ts";

/**
 * Parses a ninjs item (https://iptc.org/standards/ninjs/), of version 1, 2 or 3.
 * @param bytes UTF-8, tolerating a BOM
 * @returns the draft or the withdrawal, or every problem at once, each with its JSON Pointer; never throws
 */
export function parseNinjs(bytes: Uint8Array, site: Site): Parsed {
  const document = readObject(bytes);
  if (!document.ok) return { ok: false, issues: [document.issue], warnings: [] };
  return draftFromNinjs(document.members, site);
}

/** Whether a JSON object is a ninjs item: it says so, or has the members that JSON Feed hasn't. */
export function isNinjs(members: Members): boolean {
  const keys = new Set(Object.keys(members).map((key) => key.toLowerCase()));
  return keys.has("$standard") || keys.has("standard") || (keys.has("uri") && keys.has("pubstatus"));
}

/**
 * The item's uri becomes the guid. It is published when it was first created, or else when this version of it was, or
 * its content; under an embargo, not before that ends. What is withheld is kept as a draft; what is canceled is withdrawn,
 * for which its uri is enough. The editor's note is never published: ninjs means it for the receiving staff alone.
 */
export function draftFromNinjs(document: Members, site: Site): Parsed {
  const members = inLowerCase(document);
  const layout: Layout = {
    placeOf: (keys) => ({ path: pointerTo(...asWritten(document, keys)) }),
    fieldOf: (key) => FIELDS.get(key) ?? "document",
  };
  const issues: Issue[] = [];
  const warnings = strangers(members, [...KNOWN, ...customNames(members)], [], layout);
  const read = reader(members, layout, issues);
  const uri = read("uri", NinjsItem.entries.uri);
  if (!Object.hasOwn(members, "uri")) {
    const detail = "A ninjs item must have its uri.";
    issues.push({ path: "/uri", field: "guid", reason: "missing-uri", detail, found: "" });
  }
  const status = read("pubstatus", NinjsItem.entries.pubstatus);
  if (status === "canceled") {
    if (uri === undefined) return { ok: false, issues, warnings };
    return { ok: true, upload: { action: "withdraw", guid: uri }, warnings };
  }
  read("type", NinjsItem.entries.type);
  const action = status === "withheld" ? "keep-as-draft" : "publish";
  const parts = readParts({ read, layout, base: baseFor(undefined, site.url), issues, warnings }, site);
  const placeOf = (field: Issue["field"]) => layout.placeOf([KEYS.get(field) ?? field]);
  return draftFrom({ ...parts, action, id: uri }, site, { issues, warnings }, placeOf);
}

function readParts(item: Reading, site: Site): Omit<Parts, "action" | "id"> {
  const { read, layout, warnings } = item;
  const { entries } = NinjsItem;
  const clean = (text: string, key: string): string => cleanLine(text, layout.placeOf([key]), warnings);
  const concepts = (...keys: ConceptKey[]) => keys.flatMap((key) => read(key, entries[key]) ?? []);
  const byline = read("by", entries.by) ?? read("byline", entries.byline);
  const writers = concepts("people", "person", "infosources", "infosource");
  const { sections, tags } = sectionsAndTags(
    concepts("subjects", "subject"),
    concepts("genres", "genre"),
    declaredSections(site),
    site.newSections === "open",
  );
  return {
    sections: sections.map((name) => clean(name, "subjects")),
    headline: headlineOf(item),
    summary: summaryOf(item),
    body: bodyIn(item),
    authors: authorsFrom(byline, writers).map(({ name }) => ({ name: clean(name, "by") })),
    tags: [...new Set(tags.map((name) => clean(name, "subjects")))].filter(Boolean),
    language: read("language", entries.language),
    image: readImage(item),
    attachments: [],
    published: readPublished(item),
    expires: readTime("expires", item),
  };
}

function readPublished(item: Reading): Instant | undefined {
  const created = (["firstcreated", "versioncreated", "contentcreated"] as const)
    .map((key) => readTime(key, item))
    .find((instant) => instant !== undefined);
  const embargoes = (["embargoeduntil", "embargoed"] as const).map((key) => readTime(key, item));
  return created === undefined
    ? undefined
    : Math.max(created, ...embargoes.filter((end) => end !== undefined));
}

function readTime(key: TimeKey, { read, layout, issues }: Reading): Instant | undefined {
  return readInstant(read(key, NinjsItem.entries[key]), layout.fieldOf(key), layout.placeOf([key]), issues);
}

function readImage(item: Reading): Image | undefined {
  const { associations, renditions } = NinjsItem.entries;
  const place = item.layout.placeOf(["associations"]);
  const image = imageFrom(
    item.read("associations", associations) ?? {},
    item.read("renditions", renditions) ?? {},
    (variants) => plainTextOf(variants, item, place),
  );
  if (image?.credit === undefined) return image;
  return { ...image, credit: cleanLine(image.credit, place, item.warnings) };
}

type TimeKey =
  | "firstcreated"
  | "versioncreated"
  | "contentcreated"
  | "embargoed"
  | "embargoeduntil"
  | "expires";
type ConceptKey =
  | "subjects"
  | "subject"
  | "genres"
  | "genre"
  | "people"
  | "person"
  | "infosources"
  | "infosource";

const FIELDS: ReadonlyMap<string, Issue["field"]> = new Map([
  ["uri", "guid"],
  ["firstcreated", "published"],
  ["versioncreated", "published"],
  ["contentcreated", "published"],
  ["embargoed", "published"],
  ["embargoeduntil", "published"],
  ["expires", "expires"],
  ["headlines", "headline"],
  ["headline", "headline"],
  ["descriptions", "summary"],
  ["description_text", "summary"],
  ["bodies", "body"],
  ["body_html", "body"],
  ["body_xhtml", "body"],
  ["body_text", "body"],
  ["subjects", "sections"],
  ["subject", "sections"],
  ["genres", "sections"],
  ["genre", "sections"],
  ["by", "authors"],
  ["byline", "authors"],
  ["people", "authors"],
  ["person", "authors"],
  ["infosources", "authors"],
  ["infosource", "authors"],
  ["language", "language"],
  ["associations", "image"],
  ["renditions", "image"],
]);

/** The member that lacks, where a part of an article is missing. */
const KEYS: ReadonlyMap<Issue["field"], string> = new Map([
  ["headline", "headlines"],
  ["body", "bodies"],
  ["published", "firstcreated"],
  ["sections", "subjects"],
  ["summary", "descriptions"],
]);

/** Version 1 lets a provider add variants of these three under names of its own. */
function customNames(members: Members): string[] {
  return Object.keys(members).filter((key) => /^(body|description|headline)_\w+$/.test(key));
}
