/**
 * The body of an article as its page shows it. The stored HTML is sanitised, and the same for feeds and pages; here it gets what
 * only a page needs: tables and code that scroll by keyboard, names for players, pictures that load late, headings without gaps.
 * One pass over the tags, no parsing. Pure.
 */
import { escapeAttribute } from "entities/escape";
import type { Words } from "../words/words.ts";

/** The texts that a body needs. */
export type BodyWords = Pick<Words, "table" | "videoFrom">;

// Every whole tag, whatever its name, so that what looks like one inside a value isn't taken for one: the sanitiser leaves `<` and
// `>` there. It writes names in small letters and values in double quotes, in which it leaves no quote; text has no `<`.
const TAG = /<(\/?)([a-z][a-z\d]*)((?:\s[^<>"]*(?:"[^"]*"[^<>"]*)*)?)>/g;
const SOURCE = / src="https?:\/\/(?:www\.)?([^/"?#:]+)/;

/**
 * Makes the body of a page.
 * @param html as the sanitiser wrote it
 */
export function bodyForPage(html: string, words: BodyWords): string {
  let tables = 0;
  const headings: number[] = [];
  return html.replaceAll(TAG, (tag: string, slash: string, name: string, attributes: string) => {
    const isEnd = slash !== "";
    switch (name) {
      case "table":
        tables += isEnd ? -1 : 1;
        // A table inside another scrolls with it.
        if (isEnd) return tables === 0 ? `${tag}</div>` : tag;
        return tables === 1
          ? `<div class="scroll" role="group" tabindex="0" aria-label="${escapeAttribute(words.table)}">${tag}`
          : tag;
      case "pre":
        return isEnd ? tag : `<pre tabindex="0"${attributes}>`;
      case "img":
        return `<img${attributes}${missing(attributes, "alt", "")}${missing(attributes, "loading", "lazy")}>`;
      case "iframe":
        return isEnd ? tag : `<iframe${attributes}${titleFor(attributes, words)}>`;
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
  });
}

/** An attribute that an element doesn't have yet; empty where it has one. */
function missing(attributes: string, name: string, value: string): string {
  return ` ${attributes}`.includes(` ${name}="`) || attributes.endsWith(` ${name}`)
    ? ""
    : ` ${name}="${value}"`;
}

function titleFor(attributes: string, { videoFrom }: BodyWords): string {
  const host = SOURCE.exec(attributes)?.[1];
  return host === undefined ? "" : missing(attributes, "title", escapeAttribute(videoFrom(host)));
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
