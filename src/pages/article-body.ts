/**
 * The body of an article as its page shows it. The stored HTML is sanitised, and the same for feeds and pages; here it gets what
 * only a page needs: tables and code that scroll by keyboard, names for players, pictures that load late, headings without gaps.
 * One pass over the tags, no parsing. Pure.
 */
import { decodeHTMLAttribute } from "entities";
import { escapeAttribute } from "entities/escape";
import { mediaIdOf } from "../article/media.ts";
import type { ItemImage } from "../feed/picture.ts";
import type { Words } from "../words/words.ts";
import { foreignLanguage } from "../words/foreign-language.ts";

/** The texts that a body needs. */
export type BodyWords = Pick<Words, "language" | "table" | "videoFrom">;

// Every whole tag, whatever its name, so that what looks like one inside a value isn't taken for one: the sanitiser leaves `<` and
// `>` there. It writes names in small letters and values in double quotes, in which it leaves no quote; text has no `<`.
const TAG = /<(\/?)([a-z][a-z\d]*)((?:\s[^<>"]*(?:"[^"]*"[^<>"]*)*)?)>/g;
const FRAME_SOURCE = / src="https?:\/\/(?:www\.)?([^/"?#:]+)/;

const IMAGE_SOURCE = / src="([^"]*)"/;
const LOADING = / loading="[^"]*"/;

// Elements in a line of text, and those whose pictures stand beside texts: a picture in a cell is a flag, or an icon.
const INLINE =
  "a|abbr|b|bdi|bdo|cite|code|del|dfn|em|i|ins|kbd|mark|picture|q|rp|rt|ruby|s|samp|small|source|span|strong|sub|sup|time|u|var|wbr";
const IN_LINE: ReadonlySet<string> = new Set(INLINE.split("|"));
const BESIDE: ReadonlySet<string> = new Set([
  "td",
  "th",
  "dt",
  "caption",
  "summary",
  "h2",
  "h3",
  "h4",
  "h5",
  "h6",
]);

const PICTURE_END = new RegExp(`(?:\\s*</(?:${INLINE})>)*`, "y");

/** What the page around a body decides. */
export type BodyOptions = {
  /** The language around it, where the page's texts may be in another. */
  language?: string | undefined;
  /** Whether its first picture is the first of the page, which the browser fetches at once. */
  isFirstEager?: boolean;
  /** HTML of elements in a line of text, and where it stands: the end of a tag. */
  insertion?: { at: number; html: string } | undefined;
};

/**
 * Makes the body of a page.
 * @param html as the sanitiser wrote it
 */
export function bodyForPage(
  html: string,
  words: BodyWords,
  { language = words.language, isFirstEager = false, insertion }: BodyOptions = {},
): string {
  let tables = 0;
  let isEager = isFirstEager;
  // Where the present line has begun, as long as there is nothing on it.
  let blankFrom: number | undefined = 0;
  const headings: number[] = [];
  const forPage = (tag: string, slash: string, name: string, attributes: string, at: number): string => {
    const isEnd = slash !== "";
    const end = at + tag.length;
    const isBlank = blankFrom !== undefined && html.slice(blankFrom, at).trim() === "";
    const isOnLine = name === "img" || IN_LINE.has(name) ? !isBlank : !isEnd && BESIDE.has(name);
    blankFrom = isOnLine ? undefined : end;
    switch (name) {
      case "table":
        tables += isEnd ? -1 : 1;
        // A table inside another scrolls with it.
        if (isEnd) return tables === 0 ? `${tag}</div>` : tag;
        return tables === 1 ? scrolled(attributes, words, language) : tag;
      case "pre":
        return isEnd ? tag : `<pre tabindex="0"${attributes}>`;
      case "img": {
        const loading = isEager ? "" : missing(attributes, "loading", "lazy");
        const given = isEager ? attributes.replace(LOADING, "") : attributes;
        isEager = false;
        return `<img${given}${missing(attributes, "alt", "")}${loading}${boxOf(attributes, isBlank)}>`;
      }
      case "iframe":
        return isEnd ? tag : `<iframe${attributes}${titleFor(attributes, words, language)}>`;
      case "h2":
      case "h3":
      case "h4":
      case "h5":
      case "h6":
        return isEnd
          ? `</h${levelOf(headings)}>`
          : `<h${levelOf(nested(headings, Number(name.slice(1))))}${attributes}>`;
      default:
        return tag;
    }
  };
  return html.replaceAll(TAG, (tag: string, slash: string, name: string, attributes: string, at: number) => {
    const shown = forPage(tag, slash, name, attributes, at);
    return at + tag.length === insertion?.at ? shown + insertion.html : shown;
  });
}

/**
 * The place behind a picture in a body, and behind the links around it.
 * @param image is looked for by its id where it is kept, and by its address
 * @returns undefined where the body doesn't show it
 */
export function placeBehind(
  html: string,
  { media, url }: Pick<ItemImage, "media" | "url">,
): number | undefined {
  for (const { 0: tag, 2: name, 3: attributes = "", index } of html.matchAll(TAG)) {
    if (name !== "img") continue;
    const source = decodeHTMLAttribute(IMAGE_SOURCE.exec(attributes)?.[1] ?? "");
    if (source !== url && (media === undefined || mediaIdOf(source, undefined) !== media)) continue;
    PICTURE_END.lastIndex = index + tag.length;
    PICTURE_END.test(html);
    return PICTURE_END.lastIndex;
  }
  return undefined;
}

/**
 * The box of a picture whose measures nobody knows: as wide as the text where a line begins with it, as a photograph stands before its
 * caption, and small behind text.
 */
function boxOf(attributes: string, isFirst: boolean): string {
  const isMeasured = / width="\d+"/.test(attributes) && / height="\d+"/.test(attributes);
  if (isMeasured) return "";
  return isFirst ? ' class="boxed"' : ' class="icon"';
}

/** An attribute that an element doesn't have yet; empty where it has one. */
function missing(attributes: string, name: string, value: string): string {
  return ` ${attributes}`.includes(` ${name}="`) || attributes.endsWith(` ${name}`)
    ? ""
    : ` ${name}="${value}"`;
}

/** The tag of a table, in a box that scrolls. */
function scrolled(attributes: string, words: BodyWords, language: string): string {
  const foreign = foreignLanguage(words, language);
  const box = `<div class="scroll" role="group" tabindex="0" aria-label="${escapeAttribute(words.table)}"`;
  if (foreign === undefined) return `${box}><table${attributes}>`;
  return `${box} lang="${foreign}"><table${attributes}${missing(attributes, "lang", language)}>`;
}

/** The title of a player that has none, in the language of the interface. */
function titleFor(attributes: string, words: BodyWords, language: string): string {
  const host = FRAME_SOURCE.exec(attributes)?.[1];
  const title =
    host === undefined ? "" : missing(attributes, "title", escapeAttribute(words.videoFrom(host)));
  const foreign = foreignLanguage(words, language);
  return title === "" || foreign === undefined ? title : title + missing(attributes, "lang", foreign);
}

/**
 * The headings around the next one, with itself: each is one level below the one before it, whatever the newsroom's system took
 * for its look. A reader's software lists headings by level, and a gap in them is a missing heading.
 */
function nested(headings: number[], level: number): number[] {
  while ((headings.at(-1) ?? 0) >= level) headings.pop();
  headings.push(level);
  return headings;
}

/** The level in the page: the article's own headline is the first. */
function levelOf(headings: readonly number[]): number {
  return Math.min(6, headings.length + 1);
}
