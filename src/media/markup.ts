/** Markup of kept pictures in a body: width, height, sizes, and loading that waits. Pure. */
import { decodeHTMLAttribute } from "entities";
import { type Media, mediaAddress, mediaIdOf, originalName, sizeName } from "../article/media.ts";

/** How wide a body shows a picture: as wide as a small screen, and never wider than a line of text. */
const SHOWN_WIDTH = "(max-width: 45rem) 100vw, 45rem";

// A whole tag, so that what looks like one inside a value isn't taken for one. In sanitised HTML a "<" begins a tag, or stands in a value.
const TAG = /<([a-z][a-z\d]*)((?:\s+[^\s"'<>/=]+(?:="[^"]*"|='[^']*'|=[^\s"'<>=`]+)?)*)\s*\/?>/gi;
const ATTRIBUTE = /([^\s"'<>/=]+)(?:="([^"]*)"|='([^']*)'|=([^\s"'<>=`]+))?/g;
// What the ledger knows better than a document.
const REPLACED = new Set(["src", "width", "height", "srcset", "sizes", "loading"]);
// The attributes of sanitised HTML that hold an address.
const ADDRESSES = new Set(["href", "src", "poster", "cite"]);
const KEPT_ADDRESS = /\/media\/([0-9a-f]{64})(?![0-9a-f])/g;

/** A body with its markup, and the ids of its pictures that nobody keeps. */
export type MarkedUp = { html: string; missing: string[] };

/**
 * Gives each `img` that shows a kept picture its width and height, its sizes, and `loading="lazy"`. Nothing else changes, and
 * a body that has them already stays as it is. It takes time in proportion to the length of the body.
 * @param html sanitised
 * @param siteUrl the site's origin, with which the addresses of its pictures begin
 * @param find the record of a kept picture
 * @param isAnySite whether pictures with addresses on other sites are looked for too, as a copy of another site has them
 */
export function markUp(
  html: string,
  siteUrl: string,
  find: (id: string) => Media | undefined,
  isAnySite = false,
): MarkedUp {
  if (!html.includes("/media/")) return { html, missing: [] };
  const missing = new Set<string>();
  const marked = html.replaceAll(TAG, (tag: string, name: string, attributes: string) => {
    if (name.toLowerCase() !== "img") return tag;
    const given = attributesIn(attributes);
    const source = given.find(({ name: own }) => own === "src")?.value ?? "";
    const id = mediaIdOf(decodeHTMLAttribute(source), isAnySite ? undefined : siteUrl);
    if (id === undefined) return tag;
    const media = find(id);
    if (media !== undefined) return imgOf(media, siteUrl, given);
    missing.add(id);
    return tag;
  });
  return { html: marked, missing: [...missing] };
}

/**
 * The ids of kept pictures whose addresses stand in a text, on whatever site, each once: more rather than fewer, for whoever asks
 * what a deletion would break.
 */
export function mediaIn(text: string): string[] {
  if (!text.includes("/media/")) return [];
  return [...new Set([...text.matchAll(KEPT_ADDRESS)].map(([, id = ""]) => id))];
}

/**
 * The addresses in the tags of a body, where any might be that of a kept picture: of links, of pictures with their sizes, and of
 * players. What looks like an address in a text is none.
 * @param html sanitised
 */
export function* addressesIn(html: string): Generator<string> {
  if (!html.includes("/media/")) return;
  for (const [, , attributes = ""] of html.matchAll(TAG))
    for (const { name, value } of attributesIn(attributes)) {
      const decoded = decodeHTMLAttribute(value);
      if (ADDRESSES.has(name)) yield decoded;
      // An address ends at white space, or at commas before it (HTML Standard, section 4.8.4.2.1).
      else if (name === "srcset") for (const [word] of decoded.matchAll(/[^\s,]\S*[^\s,]/g)) yield word;
    }
}

type Attribute = { name: string; text: string; value: string };

function attributesIn(text: string): Attribute[] {
  return [...text.matchAll(ATTRIBUTE)].map(([whole, name = "", double, single, bare]) => ({
    name: name.toLowerCase(),
    text: whole,
    value: double ?? single ?? bare ?? "",
  }));
}

/** An `img` of a kept picture: nothing in its addresses and numbers needs a character reference. */
function imgOf(media: Media, siteUrl: string, given: readonly Attribute[]): string {
  const { id, type, width, height, sizes } = media;
  const address = mediaAddress(siteUrl, originalName(id, type));
  const candidates = [
    ...sizes.map((size) => `${mediaAddress(siteUrl, sizeName(id, size))} ${size.width}w`).toReversed(),
    `${address} ${width}w`,
  ];
  const words = [
    `src="${address}"`,
    ...given.filter(({ name }) => !REPLACED.has(name)).map(({ text }) => text),
    `width="${width}" height="${height}"`,
    ...(sizes.length > 0 ? [`srcset="${candidates.join(", ")}" sizes="${SHOWN_WIDTH}"`] : []),
    'loading="lazy"',
  ];
  return `<img ${words.join(" ")}>`;
}
