/** How much an article may say: the one table of limits, for uploads and copies of every format. No I/O. */
import type { Article, Draft } from "./article.ts";

// Texts are counted in UTF-16 units. More than anybody reads, and less than a feed's window holds.
export const MAX_HEADLINE = 1000;
export const MAX_SUMMARY = 10_000;
/** Of a correction, and of the reason for a withdrawal. */
export const MAX_NOTE = 2000;
/** Of a section, a person, a tag, a file, an id elsewhere. */
export const MAX_NAME = 1000;
/** What browsers and aggregators agree to carry. */
export const MAX_ADDRESS = 2000;
/** Of a list: authors, tags, files. */
export const MAX_MEMBERS = 100;
/** Every section costs a KV write per article; nobody files under more than a few. */
export const MAX_SECTIONS = 20;
/** What an article says, as its record holds it: the body twice, as HTML and as text. Some 35,000 words of English. */
export const MAX_RECORD_BYTES = 400_000;

/** Something that is more than an article may have: at which keys of its record, how much was found, and the limit. */
export type Excess = {
  keys: (string | number)[];
  unit: "characters" | "members" | "bytes";
  found: number;
  max: number;
  /** The text itself; empty where it is none. */
  text: string;
};

/** What an article says, or as much of it as is known; what its life adds is no part of the record's length. */
export type Bounded = Known<Omit<Draft, "published" | "expires"> & Pick<Article, "guid" | "reason">>;

type Known<Whole> = { [Member in keyof Whole]?: Whole[Member] | undefined };

/** Everything in a draft or a record that is beyond a limit, in the order of the record. */
export function excessesOf({ guid, correction, reason, ...content }: Bounded): Excess[] {
  const { sections = [], authors = [], tags = [], attachments = [], image } = content;
  const texts: [Excess["keys"], string | null | undefined, number][] = [
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
    ...heaviness(content),
  ];
}

function heaviness(content: Omit<Bounded, "guid" | "correction" | "reason">): Excess[] {
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

function text(
  keys: Excess["keys"],
  value: string | undefined,
  max: number,
): [Excess["keys"], string | undefined, number] {
  return [keys, value, max];
}

/** Whether a name can be the title of what it names; the first releases took any. */
export function isTitle(name: string): boolean {
  return name !== "" && name.length <= MAX_NAME;
}

/** How long a text is in UTF-8. */
export function bytesOf(value: string): number {
  return new TextEncoder().encode(value).byteLength;
}
