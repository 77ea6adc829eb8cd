/** A ninjs item, the IPTC's news in JSON. Pure. */
import type { Image, Instant } from "../../article/article.ts";
import type { Site } from "../../article/site.ts";
import { draftFrom, type Parts } from "../draft.ts";
import { readInstant } from "../time/read-time.ts";
import { baseFor } from "../html/html.ts";
import { excerptOf, type IssueField, type Parsed } from "../issue.ts";
import { readObject } from "../json/json-text.ts";
import type { Members } from "../fields/members.ts";
import { KEYS } from "./fields.ts";
import { furtherMedia, imageFrom, sectionsAndTags, writersFrom } from "./choice.ts";
import { NinjsItem } from "./item.ts";
import { opened, withdrawalOf } from "./opening.ts";
import { bodyIn, headlineOf, plainTextOf, type Reading, summaryOf } from "./texts.ts";
import { cleanName, withoutBy } from "../person.ts";
import { declaredSections } from "../sections.ts";
import { earliest, latest, readVisibility } from "../fields/read-visibility.ts";

/**
 * Parses a ninjs item (https://iptc.org/standards/ninjs/), of version 1, 2 or 3, or Superdesk's.
 * @param bytes UTF-8, tolerating a BOM
 * @param sections the names of those of an item that has none
 * @returns the draft or the withdrawal, or every problem at once, each with its JSON Pointer; never throws
 */
export function parseNinjs(bytes: Uint8Array, site: Site, sections: readonly string[] = []): Parsed {
  const document = readObject(bytes);
  if (!document.ok) return { ok: false, issues: [document.issue], warnings: [] };
  return draftFromNinjs(document.members, site, sections);
}

// The signs of visibility that ninjs itself has.
const OWN_SIGNS = ["pubstatus", "embargoed", "embargoeduntil"];
// The members that say when an item may be seen; when it was made says nothing of that.
const SCHEDULES = ["embargoed", "embargoeduntil", "publish_schedule", "schedule_settings"];

/**
 * The item's uri becomes the guid. It is published when it was first created, or else when this version of it was, or
 * its content; under an embargo or on a schedule, not before that. What is withheld is kept as a draft; what is canceled
 * is withdrawn, for which its uri is enough. The editor's note is never published: ninjs means it for the receiving staff.
 */
export function draftFromNinjs(document: Members, site: Site, sections: readonly string[] = []): Parsed {
  const item = opened(document);
  const withdrawal = withdrawalOf(item);
  if (withdrawal !== undefined) return withdrawal;
  const { members, layout, reading, guid, status, issues, warnings } = item;
  reading.read("type", NinjsItem.entries.type);
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
  const parts = readParts({ ...reading, layout, base, issues, warnings }, site);
  const times = {
    published: latest([parts.published, visible.notBefore]),
    expires: earliest([parts.expires, visible.notAfter]),
  };
  const action = status === "withheld" || visible.isDraft ? "keep-as-draft" : "publish";
  const placeOf = (field: IssueField) => layout.placeOf([KEYS.get(field) ?? field]);
  return draftFrom({ ...parts, ...times, action, guid }, site, sections, { issues, warnings }, placeOf);
}

function readParts(
  item: Reading,
  site: Site,
): Omit<Parts, "action" | "expires"> & { expires?: Instant | undefined } {
  const { read, readPart, layout, warnings } = item;
  const { entries } = NinjsItem;
  const concepts = (...keys: ConceptKey[]) => keys.flatMap((key) => readPart(key, entries[key]) ?? []);
  const byline = read("by", entries.by) ?? read("byline", entries.byline);
  const writers = writersFrom(
    readPart("authors", entries.authors) ?? [],
    byline,
    concepts("people", "person", "infosources", "infosource"),
  );
  const { sections, tags } = sectionsAndTags(
    concepts("subjects", "subject", "service"),
    concepts("genres", "genre"),
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
    image: readImage(item),
    attachments: [],
    published: readPublished(item),
    expires: readInstantAt("expires", item),
  };
}

/** When the item was made, or the end of its embargo or its schedule, if that is later: of an item of which nothing else is known, too. */
function readPublished(item: Reading): Instant | undefined {
  const created = (["firstcreated", "versioncreated", "contentcreated"] as const)
    .map((key) => readInstantAt(key, item))
    .find((instant) => instant !== undefined);
  const embargoes = (["embargoeduntil", "embargoed"] as const).map((key) => readInstantAt(key, item));
  const schedule = item.read("schedule_settings", NinjsItem.entries.schedule_settings);
  const planned = [schedule?.utc_embargo, schedule?.utc_publish_schedule].map((word) =>
    readInstant(word, "published", item.layout.placeOf(["schedule_settings"]), item.issues),
  );
  return latest([created, ...embargoes, ...planned]);
}

function readInstantAt(key: TimeKey, { read, layout, issues }: Reading): Instant | undefined {
  return readInstant(read(key, NinjsItem.entries[key]), layout.fieldOf(key), layout.placeOf([key]), issues);
}

function readImage(item: Reading): Image | undefined {
  const place = item.layout.placeOf(["associations"]);
  const associations = item.readPart("associations", NinjsItem.entries.associations) ?? {};
  const lost = furtherMedia(associations);
  if (lost.length > 0) {
    item.warnings.push({
      ...place,
      field: "image",
      reason: "further-media",
      detail: "An article has one picture beside its body: what else is associated was left out.",
      found: excerptOf(lost.join(" ")),
    });
  }
  return imageFrom(
    associations,
    item.readPart("renditions", NinjsItem.entries.renditions) ?? {},
    (variants) => plainTextOf(variants, item, place),
  );
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
  | "infosource"
  | "service";
