/** The weight of an article in a feed, and the articles that fit into one. No I/O. */
import type { Draft, WindowArticle } from "./article.ts";
import { bytesOf } from "./bounds.ts";
import { SMARTNEWS_MAX_FEED_BYTES } from "./partner-limits.ts";

/** The most that a feed may weigh for every aggregator: none names a lower limit. */
export const MAX_FEED_BYTES = SMARTNEWS_MAX_FEED_BYTES;

/**
 * The most that one article may weigh in a feed, so that a few articles don't fill it. Every feed leaves a heavier
 * article out; it stays on its page and in the archive. Some 32,000 words of English.
 */
export const MAX_SHARE_BYTES = MAX_FEED_BYTES / 5;

// Half of a window may go to what was withdrawn.
export const MAX_WITHDRAWN_BYTES = MAX_FEED_BYTES / 2;
// A window's own members in KV, its title among them, and a comma for each article.
const ENVELOPE_BYTES = 10_000;

// The markup around what an article says, in the most talkative format, and the site's own words there: its address, the
// publisher, the titles that the owner gave to sections.
const ITEM_BYTES = 1500;
const SECTION_BYTES = 250;
const AUTHOR_BYTES = 100;
const TAG_BYTES = 50;
const ATTACHMENT_BYTES = 200;
// A kept picture has three files, of which RSS and the window say all that is known.
const MEDIA_BYTES = 700;
// Its address, where a draft names its id alone: the site's own address, and 70 characters.
const MEDIA_ADDRESS_BYTES = 250;

// UTF-8 has two bytes for the characters from U+0080 on, and three from here on; four for a surrogate pair.
const THREE_BYTES = 0x800;
const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit < 0xe000;

// The most bytes that a character of a plain text takes: in JSON, or in an RSS description, which escapes HTML in XML. There
// `&` is `&#x26;amp;`, and a no-break space `&#x26;nbsp;`.
const TEXT = costs({
  "&": 10,
  "<": 9,
  ">": 9,
  "\u00A0": 11,
  '"': 6,
  "\\": 2,
  "\t": 5,
  "\n": 5,
  "\r": 5,
});

// What a bracket adds to HTML: in CDATA `]]>` becomes `]]]]><![CDATA[>`. Each pays half of that wherever it stands: `]]>` may also
// come about when a character between them is removed, which no feed can carry.
const BRACKET_BYTES = 6;

/** What a feed says of an article; a draft has no id and no guid yet. */
type Weighed = Omit<Draft, "text" | "published" | "expires"> &
  Partial<Pick<WindowArticle, "id" | "guid" | "reason">> & { excerpt: string };

/**
 * The weight of an article in a feed, in bytes: at least as many as its item has in a feed of any format, in any variant and
 * for any partner, and as it has in its window in KV. An address may be percent-encoded, which makes three bytes of one.
 */
export function weightOf(article: Weighed): number {
  const { html, excerpt, sections, authors, tags, attachments, image } = article;
  return (
    ITEM_BYTES +
    htmlBytes(html) +
    textBytes(excerpt) +
    // In JSON Feed a feed of summaries has it as the content too.
    2 * textBytes(article.summary) +
    textBytes(article.id) +
    3 * textBytes(article.guid) +
    textBytes(article.headline) +
    textBytes(article.shortHeadline) +
    textBytes(article.correction ?? "") +
    textBytes(article.reason) +
    3 * textBytes(article.link) +
    // At most five attributes name it.
    5 * textBytes(article.language) +
    imageBytes(image) +
    sum(sections, ({ id, title }) => SECTION_BYTES + 2 * textBytes(id) + textBytes(title)) +
    // JSON Feed names the first author twice.
    sum(authors, ({ name, url }) => AUTHOR_BYTES + 2 * textBytes(name) + 3 * textBytes(url)) +
    // Atom names a tag twice.
    sum(tags, (tag) => TAG_BYTES + 2 * textBytes(tag)) +
    sum(attachments, ({ url, type, title }) => {
      return ATTACHMENT_BYTES + 3 * textBytes(url) + textBytes(type) + textBytes(title);
    })
  );
}

function imageBytes(image: Weighed["image"]): number {
  if (image === undefined) return 0;
  const { url, alt, caption, credit, media } = image;
  return (
    // Flipboard has the image twice, and as an enclosure; RSS has all files of a kept one.
    5 * (url === undefined ? MEDIA_ADDRESS_BYTES : textBytes(url)) +
    (media === undefined ? 0 : MEDIA_BYTES) +
    textBytes(alt) +
    textBytes(caption) +
    textBytes(credit)
  );
}

function sum<Member>(members: readonly Member[], weigh: (member: Member) => number): number {
  return members.reduce((bytes, member) => bytes + weigh(member), 0);
}

/** The most bytes that HTML takes: in JSON or in CDATA. */
function htmlBytes(html: string): number {
  const brackets = html.length - html.replaceAll("]", "").length;
  return bytesOf(JSON.stringify(html)) + BRACKET_BYTES * brackets;
}

/** The most bytes that a plain text takes. */
function textBytes(text = ""): number {
  let bytes = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    bytes += TEXT[unit] ?? (isSurrogate(unit) ? 2 : 3);
  }
  return bytes;
}

/** The cost of each character below U+0800: as given, or as UTF-8 has it. JSON has six bytes for a control. */
function costs(known: Record<string, number>): readonly number[] {
  const table: number[] = Array.from({ length: THREE_BYTES }, (_, unit) =>
    unit < 0x20 ? 6 : unit < 0x80 ? 1 : 2,
  );
  for (const [character, bytes] of Object.entries(known)) table[character.charCodeAt(0)] = bytes;
  return table;
}

/**
 * The most that the articles of a window may weigh together.
 * @param withdrawn the bytes of its tombstones in KV
 */
export function roomBeside(withdrawn: number): number {
  return MAX_FEED_BYTES - ENVELOPE_BYTES - Math.min(withdrawn, MAX_WITHDRAWN_BYTES);
}

/**
 * The articles that fit into a feed: those that are too heavy are left out, and the feed ends where the next one
 * doesn't fit.
 */
export type Fitting<Item> = {
  shown: Item[];
  /** Those that no feed shows, because each of them alone is too heavy. */
  tooHeavy: Item[];
  /** Whether the feed ends although more articles follow, each of which would fit alone. */
  isCut: boolean;
};

/**
 * Takes the articles that fit into a feed, in order.
 * @param articles in the feed's order
 * @param weigh the weight of one, in bytes
 * @param maxBytes the most that they may weigh together
 */
export function fitting<Item>(
  articles: Iterable<Item>,
  weigh: (article: Item) => number,
  maxBytes: number,
): Fitting<Item> {
  const shown: Item[] = [];
  const tooHeavy: Item[] = [];
  let bytes = 0;
  for (const article of articles) {
    const weight = weigh(article);
    if (weight > MAX_SHARE_BYTES) {
      tooHeavy.push(article);
      continue;
    }
    bytes += weight;
    if (bytes > maxBytes) return { shown, tooHeavy, isCut: true };
    shown.push(article);
  }
  return { shown, tooHeavy, isCut: false };
}
