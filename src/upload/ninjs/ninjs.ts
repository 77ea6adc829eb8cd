/** Parses ninjs items, the news of IPTC in JSON. Pure. */
import type { Instant, NamedImage } from "../../article/article.ts";
import type { Site } from "../../article/site.ts";
import { draftFrom, type Parts } from "../draft.ts";
import { readInstant } from "../time/read-time.ts";
import { baseFor } from "../html/html.ts";
import { excerptOf, type IssueField, type Parsed } from "../issue.ts";
import { readObject } from "../json/json-text.ts";
import type { Members } from "../fields/members.ts";
import { memberOf } from "./fields.ts";
import { sectionsAndTags, writersFrom } from "./choice.ts";
import { NinjsItem } from "./item.ts";
import { furtherMedia, imageFrom } from "./pictures.ts";
import { readHeader, withdrawalOf } from "./item-header.ts";
import { bodyIn, headlineOf, plainTextOf, type ItemReader, summaryOf } from "./texts.ts";
import { cleanName, withoutBy } from "../person.ts";
import { declaredSections } from "../sections.ts";
import { earliest, latest, readVisibility } from "../fields/read-visibility.ts";

/**
 * Parses a ninjs item (https://iptc.org/standards/ninjs/) of version 1, 2 or 3, or of Superdesk.
 * @param bytes UTF-8, with or without a BOM
 * @param sections the names of the sections for an item that has none
 * @returns the draft or the withdrawal, or every problem at once, each with its JSON Pointer; never throws
 */
export function parseNinjs(bytes: Uint8Array, site: Site, sections: readonly string[] = []): Parsed {
  const document = readObject(bytes);
  if (!document.ok) return { ok: false, issues: [document.issue], warnings: [] };
  return draftFromNinjs(document.members, site, sections);
}

const CREATED = ["firstcreated", "versioncreated", "contentcreated"] as const;
const EMBARGOES = ["embargoeduntil", "embargoed"] as const;
// The members that say when an item may be seen: the time at which it was made doesn't.
const SCHEDULES = [...EMBARGOES, "publish_schedule", "schedule_settings"];
// The signs of visibility that ninjs itself has.
const OWN_SIGNS = ["pubstatus", ...EMBARGOES];

// Versions 2 and 3 name several, version 1 and Superdesk one; in the order in which they are taken.
const PEOPLE = ["people", "person", "infosources", "infosource"] as const;
const SUBJECTS = ["subjects", "subject", "service"] as const;
const GENRES = ["genres", "genre"] as const;

/**
 * Makes a draft or a withdrawal of an item. Its uri becomes the guid. Its time is that of its first creation, or else
 * of this version, or else of its content; under an embargo or on a schedule it is not earlier than their end. A
 * withheld item is kept as a draft. A canceled item is withdrawn, for which its uri is enough. The editor's note is
 * never published: ninjs means it for the receiving staff.
 */
export function draftFromNinjs(document: Members, site: Site, sections: readonly string[] = []): Parsed {
  const item = readHeader(document);
  const withdrawal = withdrawalOf(item);
  if (withdrawal !== undefined) return withdrawal;
  const { members, layout, reader, guid, status, issues, warnings } = item;
  reader.read("type", NinjsItem.entries.type);
  const visible = readVisibility(
    members,
    layout,
    { issues, warnings },
    {
      except: OWN_SIGNS,
      isUndated: !SCHEDULES.some((key) => Object.hasOwn(members, key)),
    },
  );
  const base = baseFor(undefined, site.url);
  const parts = readParts({ ...reader, layout, base, issues, warnings }, site);
  const times = {
    published: latest([parts.published, visible.notBefore]),
    expires: earliest([parts.expires, visible.notAfter]),
  };
  const action = status === "withheld" || visible.isDraft ? "keep-as-draft" : "publish";
  const placeOf = (field: IssueField) => layout.placeOf([memberOf(field)]);
  return draftFrom({ ...parts, ...times, action, guid }, site, sections, { issues, warnings }, placeOf);
}

function readParts(
  item: ItemReader,
  site: Site,
): Omit<Parts, "action" | "expires"> & { expires?: Instant | undefined } {
  const { read, readPart, layout, warnings } = item;
  const { entries } = NinjsItem;
  const concepts = (keys: typeof PEOPLE | typeof SUBJECTS | typeof GENRES) =>
    keys.flatMap((key) => readPart(key, entries[key]) ?? []);
  const byline = read("by", entries.by) ?? read("byline", entries.byline);
  const writers = writersFrom(readPart("authors", entries.authors) ?? [], byline, concepts(PEOPLE));
  const { sections, tags } = sectionsAndTags(
    concepts(SUBJECTS),
    concepts(GENRES),
    declaredSections(site),
    site.newSections === "open",
  );
  return {
    sections,
    headline: headlineOf(item),
    summary: summaryOf(item),
    body: bodyIn(item),
    authors: writers.names.flatMap((name) => {
      const known = cleanName(withoutBy(name), layout.placeOf([writers.key]), warnings);
      return known === undefined ? [] : [{ name: known }];
    }),
    tags: [...new Set([...tags, ...(readPart("keywords", entries.keywords) ?? [])])].filter(Boolean),
    language: readPart("language", entries.language),
    image: readImage(item, site.url),
    attachments: [],
    published: readPublished(item),
    expires: readInstantAt("expires", item),
  };
}

/**
 * The time at which the item was made, or the end of its embargo or its schedule if that is later; the latter also
 * for an item without any other time.
 */
function readPublished(item: ItemReader): Instant | undefined {
  const created = CREATED.map((key) => readInstantAt(key, item)).find((instant) => instant !== undefined);
  const embargoes = EMBARGOES.map((key) => readInstantAt(key, item));
  const schedule = item.read("schedule_settings", NinjsItem.entries.schedule_settings);
  const planned = [schedule?.utc_embargo, schedule?.utc_publish_schedule].map((word) =>
    readInstant(word, "published", item.layout.placeOf(["schedule_settings"]), item.issues),
  );
  return latest([created, ...embargoes, ...planned]);
}

function readInstantAt(
  key: (typeof CREATED | typeof EMBARGOES)[number] | "expires",
  { read, layout, issues }: ItemReader,
): Instant | undefined {
  return readInstant(read(key, NinjsItem.entries[key]), layout.fieldOf(key), layout.placeOf([key]), issues);
}

function readImage(item: ItemReader, siteUrl: string): NamedImage | undefined {
  const place = item.layout.placeOf(["associations"]);
  const associations = item.readPart("associations", NinjsItem.entries.associations) ?? {};
  const lost = furtherMedia(associations, siteUrl);
  if (lost.length > 0) {
    item.warnings.push({
      ...place,
      field: "image",
      reason: "further-media",
      detail: "An article has one picture beside its body: the other associated media were left out.",
      found: excerptOf(lost.join(" ")),
    });
  }
  return imageFrom(
    associations,
    item.readPart("renditions", NinjsItem.entries.renditions) ?? {},
    siteUrl,
    (variants) => plainTextOf(variants, item, place),
  );
}
