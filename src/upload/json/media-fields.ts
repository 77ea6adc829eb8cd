/** Reads the picture and the files of an article from the fields of JSON. Pure. */
import type * as v from "valibot";
import type { Attachment, NamedImage } from "../../article/article.ts";
import { isMediaId } from "../../article/media.ts";
import { mediaTypeOf } from "../../article/media-type.ts";
import { type FieldReader, fieldReader, type Layout } from "../fields/field-reader.ts";
import { isMembers, type Members } from "../fields/members.ts";
import { excerptOf, type Findings, type Issue } from "../issue.ts";
import { fromSite, keptPictureAt } from "../picture.ts";
import { type File, KeptPicture, Picture, PictureByAddress } from "./item.ts";

/**
 * The members of a picture that a document may have. A kept one has no measures of its own: those that the API answers with an
 * article may come back, and the site's count.
 */
export function pictureMembers(image: Members): string[] {
  const absent = image["media"] === null ? ["media"] : [];
  if (!isKept(image)) return [...Object.keys(Picture.entries), ...absent];
  return [...Object.keys(KeptPicture.entries), "url", "type", "length", "width", "height", "sizes"];
}

/** Fields in which the addresses of kept pictures, `/media/…`, are absolute: those of the picture and of the files. */
export function withSiteAddresses(members: Members, siteUrl: string): Members {
  const { image, attachments } = members;
  const absolute = (value: unknown): unknown =>
    typeof value === "string" ? fromSite(value, siteUrl) : value;
  const own = (value: unknown): unknown =>
    isMembers(value) && "url" in value ? { ...value, url: absolute(value["url"]) } : absolute(value);
  return {
    ...members,
    ...(Object.hasOwn(members, "image") && { image: own(image) }),
    ...(Array.isArray(attachments) && { attachments: attachments.map(own) }),
  };
}

/** Whether a picture is named by the id of one that is kept. */
function isKept(image: unknown): image is Members {
  return isMembers(image) && image["media"] !== undefined && image["media"] !== null;
}

/**
 * The picture of an article: an address alone, or with a description; or the id of a kept picture. A wrong id is an issue, as an
 * unknown one is: the newsroom means one certain picture.
 * @param members addresses of the site are absolute in it
 */
export function readImage(
  members: Members,
  { readPart }: FieldReader,
  layout: Layout,
  found: Findings,
  siteUrl: string,
): NamedImage | undefined {
  const { image } = members;
  if (isKept(image)) return keptFrom(image, layout, found, siteUrl);
  const read = readPart("image", PictureByAddress);
  if (read === undefined) return undefined;
  const { url, ...rest } = typeof read === "string" ? { url: read } : read;
  return { url: new URL(url).href, ...rest };
}

function keptFrom(
  { media, url, ...texts }: Members,
  layout: Layout,
  found: Findings,
  siteUrl: string,
): NamedImage | undefined {
  const issueAt = (member: "media" | "url", reason: string, detail: string, value: unknown): undefined => {
    const words = typeof value === "string" ? excerptOf(value) : "";
    const place = layout.placeOf(["image", member]);
    found.issues.push({ ...place, field: "image", reason, detail, found: words });
  };
  if (typeof media !== "string") return issueAt("media", "wrong-type", "This must be a text.", media);
  const id = media.trim();
  if (!isMediaId(id)) return issueAt("media", "not-a-media-id", NO_ID, media);
  const isSame =
    url === undefined || url === null || (typeof url === "string" && keptPictureAt(url, siteUrl) === id);
  if (!isSame) return issueAt("url", "several-pictures", TWO_PICTURES, url);
  return fieldReader({ image: { ...texts, media: id } }, layout, found).readPart("image", KeptPicture);
}

const NO_ID =
  "This must be the id of a picture that is kept here: the 64 digits, 0 to 9 and a to f, that its upload answered.";
const TWO_PICTURES =
  "An article has one picture: name it by the id of one that is kept here, or by its address.";

/** The file of an article. Without a media type it is left out, with a warning. */
export function attachmentFrom(
  { url, mime_type, title, size_in_bytes }: v.InferOutput<typeof File>,
  layout: Layout,
  warnings: Issue[],
): Attachment[] {
  const type = mime_type ?? mediaTypeOf(url);
  if (type === undefined) {
    warnings.push({
      ...layout.placeOf(["attachments"]),
      field: "attachments",
      reason: "missing-media-type",
      detail: "The file has no media type, and its ending doesn’t tell it: the file was left out.",
      found: excerptOf(url),
    });
    return [];
  }
  return [
    {
      url: new URL(url).href,
      type: type.toLowerCase(),
      ...(size_in_bytes !== undefined && { length: size_in_bytes }),
      ...(title !== undefined && { title }),
    },
  ];
}
