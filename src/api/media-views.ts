/** Kept pictures as the API shows them. Pure. */
import type * as v from "valibot";
import type { NamedImage } from "../article/article.ts";
import { formatInstant } from "../article/instant.ts";
import { type Media, type MediaDescription, mediaAddress, originalName, sizeName } from "../article/media.ts";
import { urlOf } from "../upload/html/addresses.ts";
import type { Issue } from "../upload/issue.ts";
import { cleanName } from "../upload/person.ts";
import { fromSite, namedImage } from "../upload/picture.ts";
import type { MediaView, PictureBody } from "./schemas/media.ts";

/** @param siteUrl the site's origin */
export function mediaView(
  siteUrl: string,
  media: Media & { isKept?: boolean },
): v.InferOutput<typeof MediaView> {
  const { id, type, width, height, length, sizes, created, isKept = true } = media;
  return {
    id,
    url: mediaAddress(siteUrl, originalName(id, type)),
    type,
    width,
    height,
    length,
    sizes: sizes.map(({ type: own, width: wide, height: high, length: bytes }) => ({
      url: mediaAddress(siteUrl, sizeName(id, { width: wide, type: own })),
      type: own,
      width: wide,
      height: high,
      length: bytes,
    })),
    created: formatInstant(created),
    ...textsOf(media),
    ...(!isKept && { isMissing: true }),
  };
}

type Written = { readonly [Text in keyof MediaDescription]?: string | null | undefined };

/** A description as an editor writes it: an empty text says nothing, but for an alternative text, which then says that the picture decorates. */
export function descriptionOf({ alt, caption, credit, licence }: Written): MediaDescription {
  return {
    alt: alt ?? undefined,
    caption: caption || undefined,
    credit: credit || undefined,
    licence: licence || undefined,
  };
}

/** The texts of a description, without those that are missing. */
export function textsOf({ alt, caption, credit, licence }: MediaDescription): MediaDescription {
  return {
    ...(alt !== undefined && { alt }),
    ...(caption !== undefined && { caption }),
    ...(credit !== undefined && { credit }),
    ...(licence !== undefined && { licence }),
  };
}

/**
 * A description without an e-mail address in its credit, as a document's picture has none.
 * @param warnings takes a warning about what was removed
 */
export function withCleanCredit(description: MediaDescription, warnings: Issue[]): MediaDescription {
  const { credit } = description;
  return credit === undefined
    ? description
    : { ...description, credit: cleanName(credit, {}, warnings, "image") };
}

/**
 * The picture that a body names by its id or by its address, by the rules for a document's picture.
 * @param siteUrl the site's origin, from which `/media/…` starts
 * @param warnings takes a warning about what was changed
 */
export function pictureOf(
  body: v.InferOutput<typeof PictureBody>,
  siteUrl: string,
  warnings: Issue[],
): NamedImage | null {
  if (body === null) return null;
  const { media, url: written = "" } = body;
  const { alt, caption, credit } = descriptionOf(body);
  const texts = { alt, caption, credit };
  if (media !== undefined) return namedImage({ ...texts, media }, siteUrl, {}, warnings);
  const address = fromSite(written, siteUrl);
  return namedImage({ ...texts, url: urlOf(address)?.href ?? address }, siteUrl, {}, warnings);
}
