/** Chooses the picture of a ninjs item among its associated media and its renditions. Pure. */
import type { Image, NamedImage } from "../../article/article.ts";
import { isMediaId } from "../../article/media.ts";
import { isWebAddress } from "../html/addresses.ts";
import { fromSite } from "../picture.ts";
import { chosenVariant } from "./choice.ts";
import type { AssociationOf, RenditionOf, Several, Variant } from "./item.ts";

// In pixels: wider than a page shows, even on a dense screen.
const MAX_WIDTH = 2048;

const MEDIA = new Set(["picture", "graphic", "video", "audio"]);

type Place = { url: string; width?: number; height?: number } | { media: string; url?: undefined };

/** The pictures, films and sounds of an item that `imageFrom` doesn't take: their addresses, or else their types. */
export function furtherMedia(associations: Several<AssociationOf>, siteUrl: string): string[] {
  const media = Object.values(associations).filter(({ type = "" }) => MEDIA.has(type));
  const taken = media.find((one) => placeOf(one, siteUrl) !== undefined);
  return media
    .filter((one) => one !== taken)
    .map(
      ({ type = "", renditions = [] }) => Object.values(renditions).find(({ href }) => href)?.href ?? type,
    );
}

/**
 * The picture of an item: the widest rendition that a page can show, of the first associated picture or else of the
 * item itself. An associated picture without a rendition may name one that is kept on this site.
 * @param plain the plain text of the main one of several variants
 */
export function imageFrom(
  associations: Several<AssociationOf>,
  own: Several<RenditionOf>,
  siteUrl: string,
  plain: (variants: readonly Variant[]) => string | undefined,
): NamedImage | undefined {
  for (const picture of Object.values(associations)) {
    const place = placeOf(picture, siteUrl);
    if (place === undefined) continue;
    const credits = [picture.by, picture.byline, picture.copyrightholder, picture.copyrightnotice];
    const credit = credits.find((words) => words !== undefined && words.trim() !== "");
    return { ...place, ...textsOf(picture, plain), ...(credit !== undefined && { credit }) };
  }
  return widest(own, false, siteUrl);
}

/**
 * The caption and the alternative text of a picture. Its description is its caption where it says so, or where the body of the
 * association has an alternative text, as Superdesk writes it. Else it stands in for the alternative text.
 */
function textsOf(
  { descriptions, description_text: text, body_text: body }: AssociationOf,
  plain: (variants: readonly Variant[]) => string | undefined,
): Pick<Image, "alt" | "caption"> {
  const variants = descriptions ?? (text === undefined ? [] : [plainVariant(text)]);
  const described = plain(variants);
  const alt = body === undefined ? undefined : plain([plainVariant(body)]);
  const { role = "" } = variants[chosenVariant(variants, false) ?? -1] ?? {};
  if (alt === undefined && !/\bcaption$/i.test(role))
    return described === undefined ? {} : { alt: described };
  return { ...(alt !== undefined && { alt }), ...(described !== undefined && { caption: described }) };
}

function plainVariant(value: string): Variant {
  return { contenttype: "text/plain", value };
}

/** Where a picture lies. The id alone is an addition of ours: with renditions elsewhere it is that of another site. */
function placeOf({ type, media, renditions = [] }: AssociationOf, siteUrl: string): Place | undefined {
  if (type !== "picture") return undefined;
  const rendition = widest(renditions, true, siteUrl);
  if (rendition !== undefined) return rendition;
  const id = media?.trim() ?? "";
  return isMediaId(id) ? { media: id } : undefined;
}

function widest(
  renditions: Several<RenditionOf>,
  isPicture: boolean,
  siteUrl: string,
): { url: string; width?: number; height?: number } | undefined {
  const usable = Object.values(renditions).filter(({ href = "", contenttype, mimetype }) => {
    const isImage = /^image\//i.test(contenttype ?? mimetype ?? (isPicture ? "image/" : ""));
    return isImage && isWebAddress(fromSite(href, siteUrl));
  });
  const [best] = usable.toSorted((a, b) => fitness(b) - fitness(a));
  if (best?.href === undefined) return undefined;
  const { width, height } = best;
  return {
    url: new URL(fromSite(best.href, siteUrl)).href,
    ...(isSize(width) && { width }),
    ...(isSize(height) && { height }),
  };
}

function fitness({ width = 0 }: RenditionOf): number {
  return width <= MAX_WIDTH ? width : -width;
}

function isSize(size: number | undefined): size is number {
  return size !== undefined && Number.isSafeInteger(size) && size > 0;
}
