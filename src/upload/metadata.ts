/** The metadata of an article in the fields of JSON Feed 1.1 → the parts of a draft. Pure. */
import type * as v from "valibot";
import type { Attachment, Image, Person } from "../article/article.ts";
import type { Parts } from "./draft.ts";
import { readInstant } from "./instant.ts";
import type { Findings, Issue } from "./issue.ts";
import { Author, File, type Item, Metadata, Picture } from "./item.ts";
import { cleanLine, linesOf, paragraphsOf } from "./paragraphs.ts";
import {
  isMembers,
  type Keys,
  type Layout,
  MAX_REPORTED,
  reader,
  strangers,
  type Members,
} from "./reading.ts";

const FIELDS: ReadonlyMap<string, Issue["field"]> = new Map([
  ["id", "id"],
  ["guid", "guid"],
  ["title", "headline"],
  ["summary", "summary"],
  ["content_html", "body"],
  ["content_text", "body"],
  ["content_markdown", "body"],
  ["date_published", "published"],
  ["expires", "expires"],
  ["correction", "correction"],
  ["tags", "tags"],
  ["author", "authors"],
  ["authors", "authors"],
  ["image", "image"],
  ["attachments", "attachments"],
  ["language", "language"],
  ["external_url", "link"],
  ["sections", "sections"],
]);

/** The part of an article that a field of JSON Feed is. */
export function fieldOf(key: string): Issue["field"] {
  return FIELDS.get(key) ?? "document";
}

/**
 * Reads everything but the body. The texts are plain: a headline is one line, a summary one line a paragraph.
 * @param members the fields
 * @param known the names of all fields that the document may have; of others the author is warned
 */
export function readMetadata(
  members: Members,
  known: Iterable<string>,
  layout: Layout,
): Findings & { parts: Parts } {
  const issues: Issue[] = [];
  const warnings = [...strangers(members, known, [], layout), ...nestedStrangers(members, layout)];
  const read = reader(members, layout, issues);
  const { entries } = Metadata;
  const clean = (text: string, keys: Keys): string => cleanLine(text, layout.placeOf(keys), warnings);
  const cleanParagraphs = (text: string): string =>
    paragraphsOf(linesOf(text))
      .map(({ text: words }) => clean(words, ["summary"]))
      .join("\n\n");
  const time = <Absent extends null | undefined>(word: string | Absent, key: string) =>
    readInstant(word, fieldOf(key), layout.placeOf([key]), issues);

  const id = read("id", entries.id);
  const guid = read("guid", entries.guid);
  const title = read("title", entries.title);
  const summary = read("summary", entries.summary);
  const correction = read("correction", entries.correction);
  const image = read("image", entries.image);
  const tags = (read("tags", entries.tags) ?? []).map((tag, index) => clean(tag, ["tags", index]));
  const names = read("sections", entries.sections)?.map((name, index) => clean(name, ["sections", index]));
  // JSON Feed 1.0 knows one author alone.
  const isPlural = Object.hasOwn(members, "authors");
  const authors = isPlural ? read("authors", entries.authors) : [read("author", Author)];
  const parts: Parts = {
    action: read("draft", entries.draft) === true ? "keep-as-draft" : "publish",
    id: id === undefined ? undefined : clean(String(id), ["id"]),
    guid: guid === undefined ? undefined : clean(guid, ["guid"]),
    sections: names,
    headline: title === undefined ? undefined : clean(title, ["title"]),
    summary: summary === undefined ? undefined : cleanParagraphs(summary),
    authors: (authors ?? [])
      .filter((author) => author !== undefined)
      .map((author, index) => personFrom(author, clean(author.name, ["authors", index, "name"]))),
    tags: [...new Set(tags)].filter(Boolean),
    language: read("language", entries.language),
    link: hrefOf(read("external_url", entries.external_url)),
    image: image === undefined ? undefined : imageFrom(image, (text, key) => clean(text, ["image", key])),
    attachments: (read("attachments", entries.attachments) ?? []).map((file, index) =>
      attachmentFrom(file, (text) => clean(text, ["attachments", index, "title"])),
    ),
    published: time(read("date_published", entries.date_published), "date_published"),
    correction: typeof correction === "string" ? clean(correction, ["correction"]) || null : correction,
    expires: time(read("expires", entries.expires), "expires"),
  };
  return { parts, issues, warnings };
}

function personFrom({ url }: v.InferOutput<typeof Author>, name: string): Person {
  return { name, ...(url !== undefined && { url: new URL(url).href }) };
}

function imageFrom(
  image: v.InferOutput<typeof Item>["image"] & {},
  clean: (text: string, key: string) => string,
): Image {
  if (typeof image === "string") return { url: new URL(image).href };
  const { url, alt, credit, width, height } = image;
  return {
    url: new URL(url).href,
    ...(alt !== undefined && { alt: clean(alt, "alt") }),
    ...(credit !== undefined && { credit: clean(credit, "credit") }),
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
  };
}

function attachmentFrom(file: v.InferOutput<typeof File>, clean: (text: string) => string): Attachment {
  const { url, mime_type, title, size_in_bytes } = file;
  return {
    url: new URL(url).href,
    type: mime_type.toLowerCase(),
    ...(size_in_bytes !== undefined && { length: size_in_bytes }),
    ...(title !== undefined && { title: clean(title) }),
  };
}

function hrefOf(url: string | undefined): string | undefined {
  return url === undefined ? undefined : new URL(url).href;
}

function nestedStrangers(members: Members, layout: Layout): Issue[] {
  const inside = (value: unknown, schema: { entries: object }, at: Keys): Issue[] =>
    isMembers(value) ? strangers(value, Object.keys(schema.entries), at, layout) : [];
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
    ...inside(members["image"], Picture, ["image"]),
    ...each("attachments", File),
  ].slice(0, MAX_REPORTED);
}
