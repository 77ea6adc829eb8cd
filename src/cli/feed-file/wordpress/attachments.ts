/** The media library in a WordPress export: pictures and recordings by id, and by post. Pure. */
import { mediaTypeOf } from "../../../article/media-type.ts";
import type { FeedImage } from "../item.ts";
import { plainTitle } from "../exports/plain-title.ts";
import { isShownAttachment } from "./visibility.ts";
import { metaOf, type WxrItem } from "./wxr.ts";

export type Attachment = {
  id: string;
  url: string;
  kind: "image" | "audio" | "video" | "other";
  title: string | undefined;
  alt: string | undefined;
  /** HTML, shown under the picture. */
  caption: string | undefined;
  credit: string | undefined;
  width: number | undefined;
  height: number | undefined;
};

/** `picturesOf`, `recordingsOf`: the files that were added to a post, by the post's id, in the order of its gallery. */
export type Attachments = {
  byId: ReadonlyMap<string, Attachment>;
  picturesOf: ReadonlyMap<string, readonly Attachment[]>;
  recordingsOf: ReadonlyMap<string, readonly Attachment[]>;
};

// The metadata of a file, by PHP's serialize(). A picture's own size comes before those of its smaller versions; a
// recording's metadata names its media type.
const PICTURE_META = 's:10:"image_meta"';
const RECORDING_TYPE = /s:9:"mime_type";s:\d{1,3}:"((?:audio|video)\/[^"]*)"/;
const SMALLER = 's:5:"sizes"';
const WIDTH = /"width";(?:i:|s:\d{1,2}:")(\d{1,5})[";]/;
const HEIGHT = /"height";(?:i:|s:\d{1,2}:")(\d{1,5})[";]/;
const CREDIT = /"credit";s:\d{1,5}:"([^"]+)"/;
// The beginnings of captions that name the maker of the picture.
const CREDIT_LINE = /^(?:©|\(c\)|(?:photo|photograph|picture|image|foto|bild|credit)s?(?:\s+by\b|\s*:))/i;

/** Collects the media library of an export. */
export function attachmentsOf(items: readonly WxrItem[]): Attachments {
  const byId = new Map<string, Attachment>();
  const picturesOf = new Map<string, Attachment[]>();
  const recordingsOf = new Map<string, Attachment[]>();
  const shown = items.filter(isShownAttachment).toSorted((a, b) => a.order - b.order);
  for (const item of shown) {
    const attachment = attachmentOf(item);
    if (attachment === undefined || byId.has(attachment.id)) continue;
    byId.set(attachment.id, attachment);
    if (attachment.kind === "other" || item.parent === undefined) continue;
    const of = attachment.kind === "image" ? picturesOf : recordingsOf;
    const siblings = of.get(item.parent) ?? [];
    of.set(item.parent, siblings);
    siblings.push(attachment);
  }
  return { byId, picturesOf, recordingsOf };
}

/** Makes a post's featured picture. Its caption, if nothing else describes it, is its description or its credit. */
export function featuredImage(attachment: Attachment): FeedImage {
  const { url, alt, credit, width, height } = attachment;
  const caption = plainTitle(attachment.caption);
  const isCredit = caption !== undefined && CREDIT_LINE.test(caption);
  return {
    url,
    alt: alt ?? (isCredit ? undefined : caption),
    credit: credit ?? (isCredit ? caption : undefined),
    width,
    height,
  };
}

function attachmentOf(item: WxrItem): Attachment | undefined {
  const url = item.attachmentUrl ?? item.guid;
  if (item.id === undefined || url === undefined || !URL.canParse(url)) return undefined;
  const metadata = metaOf(item, "_wp_attachment_metadata") ?? "";
  const end = metadata.indexOf(SMALLER);
  const own = end === -1 ? metadata : metadata.slice(0, end);
  return {
    id: item.id,
    url,
    kind: kindOf(url, metadata),
    title: plainTitle(item.title),
    alt: plainTitle(metaOf(item, "_wp_attachment_image_alt")),
    caption: item.excerpt,
    credit: plainTitle(CREDIT.exec(metadata)?.[1] ?? metaOf(item, "_media_credit")),
    width: sizeOf(WIDTH, own),
    height: sizeOf(HEIGHT, own),
  };
}

/** The kind of a file, by the ending of its address, else by its metadata. */
function kindOf(url: string, metadata: string): Attachment["kind"] {
  const type = mediaTypeOf(url) ?? RECORDING_TYPE.exec(metadata)?.[1];
  const [kind] = type?.split("/", 1) ?? [];
  if (kind === "image" || kind === "audio" || kind === "video") return kind;
  return type === undefined && metadata.includes(PICTURE_META) ? "image" : "other";
}

function sizeOf(pattern: RegExp, metadata: string): number | undefined {
  const size = Number(pattern.exec(metadata)?.[1] ?? 0);
  return size > 0 ? size : undefined;
}
