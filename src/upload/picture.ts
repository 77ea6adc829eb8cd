/** The picture of an article, as a document names it and as the draft has it. Pure. */
import type { NamedImage } from "../article/article.ts";
import { mediaIdOf, readMediaName } from "../article/media.ts";
import { secured, urlOf } from "./html/addresses.ts";
import { excerptOf, type Issue, type Place } from "./issue.ts";
import { cleanName } from "./person.ts";

/**
 * A picture as readers get it: by https alone, as pages demand, and without an e-mail address in its credit. The address of a
 * picture that is kept on the site, or of one of its sizes, means the same as the picture's id: the site knows its measures.
 * @param warnings takes a warning about what was changed
 */
export function namedImage(image: NamedImage, siteUrl: string, place: Place, warnings: Issue[]): NamedImage {
  const { credit, caption, ...rest } = image;
  const name = credit === undefined ? undefined : cleanName(credit, place, warnings, "image");
  const texts = { ...(name !== undefined && { credit: name }), ...(caption && { caption }) };
  if (rest.url === undefined) return { ...rest, ...texts };
  const url = secured(rest.url);
  const media = keptPictureAt(url, siteUrl);
  if (media !== undefined) return { media, ...(rest.alt !== undefined && { alt: rest.alt }), ...texts };
  if (url === rest.url) return { ...rest, ...texts };
  warnings.push({
    ...place,
    field: "image",
    reason: "raised-to-https",
    detail: "Pages load pictures by https only: the address was changed from http.",
    found: excerptOf(rest.url),
  });
  return { ...rest, ...texts, url };
}

/**
 * The id of the kept picture to which an address leads, however the address is written: as the URL Standard serialises it, and by
 * https.
 * @returns undefined for every other address
 */
export function keptPictureAt(address: string, siteUrl: string): string | undefined {
  return mediaIdOf(secured(urlOf(address)?.href ?? address), secured(siteUrl).replace(/\/$/, ""));
}

const ROOT_RELATIVE = /^\s*\/media\/([^/?#\s]+)/;

/**
 * The address of a kept picture that is written from the root of the site, `/media/<name>`, in absolute form: it belongs to this
 * site, wherever the document comes from. Any other text stays as it is.
 */
export function fromSite(written: string, siteUrl: string): string {
  const [, name = ""] = ROOT_RELATIVE.exec(written) ?? [];
  return readMediaName(name) === undefined ? written : `${siteUrl}${written.trim()}`;
}
