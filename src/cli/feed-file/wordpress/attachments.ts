/** The media library in a WordPress export: its pictures and recordings, by id. Pure. */
import type { FeedImage } from "../item.ts";
import { plainTitle } from "../plain-title.ts";
import { isShownAttachment } from "./visibility.ts";
import type { WxrItem } from "./wxr.ts";

export type Attachment = {
  id: string;
  url: string;
  kind: "image" | "audio" | "video" | "other";
  title: string | undefined;
  alt: string | undefined;
  /** HTML, as it is written under the picture. */
  caption: string | undefined;
  credit: string | undefined;
  width: number | undefined;
  height: number | undefined;
};

/** The pictures and the recordings of a post are those that were added to it, in the order of its gallery. */
export type Attachments = {
  byId: ReadonlyMap<string, Attachment>;
  picturesOf: ReadonlyMap<string, readonly Attachment[]>;
  recordingsOf: ReadonlyMap<string, readonly Attachment[]>;
};

const KINDS: [Attachment["kind"], RegExp][] = [
  ["image", /\.(?:jpe?g|jpe|gif|png|webp|avif|bmp|svg|heic)$/i],
  ["audio", /\.(?:mp3|m4a|ogg|oga|wav|flac|aac|wma)$/i],
  ["video", /\.(?:mp4|m4v|webm|ogv|mov|wmv|flv|avi)$/i],
];

// PHP's serialize() of the picture's metadata; the sizes of its smaller versions come after it.
const SMALLER = 's:5:"sizes"';
const WIDTH = /"width";(?:i:|s:\d{1,2}:")(\d{1,5})[";]/;
const HEIGHT = /"height";(?:i:|s:\d{1,2}:")(\d{1,5})[";]/;
const CREDIT = /"credit";s:\d{1,5}:"([^"]+)"/;
// A caption that begins like this names who made the picture.
const CREDIT_LINE = /^(?:©|\(c\)|(?:photo|photograph|picture|image|foto|bild|credit)s?(?:\s+by\b|\s*:))/i;

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

/** A post's featured picture. A caption is said of the picture too, where nothing else describes it. */
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
  const { pathname } = new URL(url);
  const metadata = item.meta.get("_wp_attachment_metadata") ?? "";
  const end = metadata.indexOf(SMALLER);
  const own = end === -1 ? metadata : metadata.slice(0, end);
  return {
    id: item.id,
    url,
    kind: KINDS.find(([, pattern]) => pattern.test(pathname))?.[0] ?? "other",
    title: plainTitle(item.title),
    alt: plainTitle(item.meta.get("_wp_attachment_image_alt")),
    caption: item.excerpt,
    credit: plainTitle(CREDIT.exec(metadata)?.[1] ?? item.meta.get("_media_credit")),
    width: sizeOf(WIDTH, own),
    height: sizeOf(HEIGHT, own),
  };
}

function sizeOf(pattern: RegExp, metadata: string): number | undefined {
  const size = Number(pattern.exec(metadata)?.[1] ?? 0);
  return size > 0 ? size : undefined;
}
