/** Reads the metadata of an article from the fields of JSON Feed 1.1: everything but the body. Pure. */
import type * as v from "valibot";
import type { Person } from "../../article/article.ts";
import type { Parts } from "../draft.ts";
import { readInstant } from "../time/read-time.ts";
import type { Findings, Issue } from "../issue.ts";
import { Author, File, Metadata } from "./item.ts";
import { fieldOf } from "./item-fields.ts";
import { attachmentFrom, pictureMembers, readImage, withSiteAddresses } from "./media-fields.ts";
import { isMembers, type Keys, type Members } from "../fields/members.ts";
import { cleanName } from "../person.ts";
import { type Layout, MAX_REPORTED, fieldReader, unknownFields } from "../fields/field-reader.ts";
import { earliest, latest, readVisibility, visibilityKeys } from "../fields/read-visibility.ts";

type Read = Findings & {
  parts: Parts;
  /** The address that relative ones start from; undefined where the document names none. */
  base: string | undefined;
};

/**
 * Reads everything but the body. The texts are plain: a headline is one line, a summary has one line for each
 * paragraph.
 * @param written the fields
 * @param known the names of all fields that the document may have; any other field gets a warning
 * @param siteUrl the address of the site, where the addresses of kept pictures start
 */
export function readMetadata(
  written: Members,
  known: Iterable<string>,
  layout: Layout,
  siteUrl: string,
): Read {
  const members = withSiteAddresses(withPersons(written), siteUrl);
  const found: Findings = { issues: [], warnings: [] };
  const { entries } = Metadata;
  const { issues, warnings } = found;
  const names = [...known, ...visibilityKeys(members)];
  warnings.push(...unknownFields(members, names, [], layout), ...unknownNestedFields(members, layout));
  // The base of relative addresses must be absolute itself.
  const outer = fieldReader(members, layout, found);
  const url = hrefOf(outer.readPart("url", entries.url));
  const link = hrefOf(outer.readPart("external_url", entries.external_url));
  const base = url ?? link;
  const reader = fieldReader(members, layout, found, base);
  const { read, readPart } = reader;
  const time = <Absent extends null | undefined>(word: string | Absent, key: string) =>
    readInstant(word, fieldOf(key), layout.placeOf([key]), issues);

  const id = read("id", entries.id);
  // JSON Feed 1.0 knows one author alone.
  const isPlural = Object.hasOwn(members, "authors") && members["authors"] !== null;
  const authors = isPlural ? readPart("authors", entries.authors) : [readPart("author", Author)];
  const image = readImage(members, reader, layout, found, siteUrl);
  const published = time(read("date_published", entries.date_published), "date_published");
  const expires = time(read("expires", entries.expires), "expires");
  const visible = readVisibility(members, layout, found);
  const parts: Parts = {
    action: visible.isDraft ? "keep-as-draft" : "publish",
    id: id === undefined ? undefined : String(id),
    guid: read("guid", entries.guid),
    sections: readPart("sections", entries.sections),
    headline: read("title", entries.title),
    shortHeadline: read("short_title", entries.short_title) || undefined,
    summary: read("summary", entries.summary),
    authors: (authors ?? []).flatMap((author, index) =>
      author === undefined
        ? []
        : personFrom(author, isPlural ? ["authors", index] : ["author"], layout, warnings),
    ),
    tags: [...new Set(readPart("tags", entries.tags))],
    language: readPart("language", entries.language),
    link,
    image,
    attachments: (readPart("attachments", entries.attachments) ?? []).flatMap((file) =>
      attachmentFrom(file, layout, warnings),
    ),
    published: latest([published, visible.notBefore]),
    correction: emptyAsNull(read("correction", entries.correction)),
    expires: visible.notAfter === undefined ? expires : earliest([expires ?? undefined, visible.notAfter]),
  };
  return { ...found, parts, base };
}

/** An author may be a name alone. */
function withPersons(members: Members): Members {
  const { author, authors } = members;
  return {
    ...members,
    ...(Object.hasOwn(members, "author") && { author: asPerson(author) }),
    ...(Object.hasOwn(members, "authors") && {
      authors: Array.isArray(authors) ? authors.map(asPerson) : authors,
    }),
  };
}

function asPerson(person: unknown): unknown {
  return typeof person === "string" ? { name: person } : person;
}

function emptyAsNull(text: string | null | undefined): string | null | undefined {
  return text === "" ? null : text;
}

/** The person as an author. A text that is an e-mail address alone names nobody, and gets a warning. */
function personFrom(
  { name, url }: v.InferOutput<typeof Author>,
  keys: Keys,
  layout: Layout,
  warnings: Issue[],
): Person[] {
  const known = cleanName(name, layout.placeOf([...keys, "name"]), warnings);
  return known === undefined ? [] : [{ name: known, ...(url !== undefined && { url: new URL(url).href }) }];
}

function hrefOf(url: string | undefined): string | undefined {
  return url === undefined ? undefined : new URL(url).href;
}

function unknownNestedFields(members: Members, layout: Layout): Issue[] {
  const { image } = members;
  const inside = (value: unknown, schema: { entries: object }, at: Keys): Issue[] =>
    isMembers(value) ? unknownFields(value, Object.keys(schema.entries), at, layout) : [];
  const each = (key: string, schema: { entries: object }): Issue[] => {
    const value = members[key];
    if (!Array.isArray(value)) return [];
    return value
      .slice(0, MAX_REPORTED)
      .flatMap((member: unknown, index) => inside(member, schema, [key, index]));
  };
  return [
    ...each("authors", Author),
    ...inside(members["author"], Author, ["author"]),
    ...(isMembers(image) ? unknownFields(image, pictureMembers(image), ["image"], layout) : []),
    ...each("attachments", File),
  ].slice(0, MAX_REPORTED);
}
