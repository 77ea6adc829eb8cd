/** Limits of an article: one table for uploads and copies of every format. No I/O. */
import type { Article, Draft } from "./article.ts";

// Texts are counted in UTF-16 units. The limits are more than anybody reads, and less than a feed's window holds.
export const MAX_HEADLINE = 1000;
export const MAX_SUMMARY = 10_000;
/** For a correction, and for the reason of a withdrawal. */
export const MAX_NOTE = 2000;
/** For the name of a section, a person, a tag or a file, and for an id elsewhere. */
export const MAX_NAME = 1000;
/** For an address: as much as browsers and aggregators all carry. */
export const MAX_ADDRESS = 2000;
/** For a list of authors, tags or files. */
export const MAX_MEMBERS = 100;
/** For the list of sections: each costs a KV write per article, and nobody files under more than a few. */
export const MAX_SECTIONS = 20;
/**
 * For the content of an article in its record, which holds the body twice, as HTML and as text: some 35,000 words of
 * English.
 */
export const MAX_RECORD_BYTES = 400_000;

// No UTF-16 unit takes more in JSON as UTF-8: `\u0007`.
const MAX_JSON_BYTES = 6;
// Around each text: the name of its member, and the id of a section or the numbers of a file.
const MAX_MEMBER_BYTES = 500;

/** A text of an article, its keys in the record, and its limit in UTF-16 units. */
type Sized = [Excess["keys"], string | null | undefined, number];

/** A part of an article that is beyond its limit: its keys in the record, its size, and the limit. */
export type Excess = {
  keys: (string | number)[];
  unit: "characters" | "members" | "bytes";
  found: number;
  max: number;
  /** The text itself; empty for a list and for the whole record. */
  text: string;
};

/**
 * The content of an article, or the known parts of it. Its identity and its history don't count towards the length of
 * the record.
 */
export type Bounded = Known<Omit<Draft, "published" | "expires"> & Pick<Article, "guid" | "reason">>;

type Known<Whole> = { [Member in keyof Whole]?: Whole[Member] | undefined };

/**
 * Every part of a draft or a record that is beyond its limit: lists first, then texts in the order of the record,
 * then the record itself.
 */
export function excessesOf({ guid, correction, reason, ...content }: Bounded): Excess[] {
  const { sections = [], authors = [], tags = [], attachments = [], image } = content;
  const texts: Sized[] = [
    [["guid"], guid, MAX_NAME],
    ...sections.map(({ title }, index) => text(["sections", index, "title"], title, MAX_NAME)),
    [["headline"], content.headline, MAX_HEADLINE],
    [["shortHeadline"], content.shortHeadline, MAX_HEADLINE],
    [["summary"], content.summary, MAX_SUMMARY],
    ...authors.flatMap(({ name, url }, index) => [
      text(["authors", index, "name"], name, MAX_NAME),
      text(["authors", index, "url"], url, MAX_ADDRESS),
    ]),
    ...tags.map((tag, index) => text(["tags", index], tag, MAX_NAME)),
    [["language"], content.language, MAX_NAME],
    [["link"], content.link, MAX_ADDRESS],
    [["image", "url"], image?.url, MAX_ADDRESS],
    [["image", "alt"], image?.alt, MAX_SUMMARY],
    [["image", "credit"], image?.credit, MAX_NAME],
    [["image", "caption"], image?.caption, MAX_SUMMARY],
    ...attachments.flatMap(({ url, type, title }, index) => [
      text(["attachments", index, "url"], url, MAX_ADDRESS),
      text(["attachments", index, "type"], type, MAX_NAME),
      text(["attachments", index, "title"], title, MAX_NAME),
    ]),
    [["correction"], correction, MAX_NOTE],
    [["reason"], reason, MAX_NOTE],
  ];
  const lists: [string, readonly unknown[], number][] = [
    ["sections", sections, MAX_SECTIONS],
    ["authors", authors, MAX_MEMBERS],
    ["tags", tags, MAX_MEMBERS],
    ["attachments", attachments, MAX_MEMBERS],
  ];
  return [
    ...lists.flatMap(([key, { length: found }, max]): Excess[] =>
      found > max ? [{ keys: [key], unit: "members", found, max, text: "" }] : [],
    ),
    ...texts.flatMap(([keys, found, max]): Excess[] =>
      found && found.length > max
        ? [{ keys, unit: "characters", found: found.length, max, text: found }]
        : [],
    ),
    ...(mayExceed(content, texts) ? recordExcess(content) : []),
  ];
}

/** Whether a record could be too long, as far as the lengths of its texts tell: most are so short that nobody need write one. */
function mayExceed({ html = "", text: plain = "" }: Bounded, texts: readonly Sized[]): boolean {
  const length = texts.reduce((sum, [, own]) => sum + (own?.length ?? 0), html.length + plain.length);
  return length * MAX_JSON_BYTES + (texts.length + 2) * MAX_MEMBER_BYTES > MAX_RECORD_BYTES;
}

function recordExcess(content: Omit<Bounded, "guid" | "correction" | "reason">): Excess[] {
  const { sections, headline, shortHeadline, summary, html, text: plain, authors, tags } = content;
  const { language, link, image, attachments } = content;
  const body = { html, text: plain };
  const record = {
    sections,
    headline,
    shortHeadline,
    summary,
    ...body,
    authors,
    tags,
    language,
    link,
    image,
  };
  const found = bytesOf(JSON.stringify({ ...record, attachments }));
  const max = MAX_RECORD_BYTES;
  return found > max ? [{ keys: ["html"], unit: "bytes", found, max, text: "" }] : [];
}

function text(keys: Excess["keys"], value: string | undefined, max: number): Sized {
  return [keys, value, max];
}

/** Whether a name can be a title. The first releases took any name, so that records may hold others. */
export function isTitle(name: string): boolean {
  return name !== "" && name.length <= MAX_NAME;
}

/** The length of a text in UTF-8, in bytes. */
export function bytesOf(value: string): number {
  return new TextEncoder().encode(value).byteLength;
}
