/** Media RSS 1.5.1 → pictures and files, with their descriptions. Pure. */
import type { MediaNs } from "feedsmith";
import { mediaTypeOf } from "../../../article/media-type.ts";
import { excerptOf, type Issue } from "../../../upload/issue.ts";
import type { FeedEnclosure } from "./enclosures.ts";
import type { FeedImage } from "../item.ts";
import { descriptionOf, type MediaTexts, mediaTextsOf } from "./media-texts.ts";
import type { ReadText } from "./plain-text.ts";

export type Media = MediaNs.ItemOrFeed;

/** The media of an item; addresses as the feed writes them. */
type MediaParts = {
  pictures: FeedImage[];
  /** Pictures in place of a film or a sound. */
  thumbnails: FeedImage[];
  /** The files that are no pictures. */
  files: FeedEnclosure[];
  warnings: Issue[];
};

/** A file, and the texts about it: its own, its group's, the item's. */
type Rendition = { content: MediaNs.Content; levels: MediaTexts[] };

/**
 * Reads the media of an item. Texts that a file lacks come from its group, or from the item (section "Optional
 * Elements": the strongest level wins).
 * @param title the item's own title, which describes no picture
 */
export function mediaOf(media: Media | undefined, title: string | undefined, read: ReadText): MediaParts {
  const { contents = [], groups = [], ...item } = media ?? {};
  const textsOf = (level: Parameters<typeof mediaTextsOf>[0]): MediaTexts => mediaTextsOf(level, title, read);
  const ofItem = textsOf(item);
  const grouped = groups.map((group) => ({ group, levels: [textsOf(group), ofItem] }));
  const all: Rendition[] = [
    ...contents.map((content) => ({ content, levels: [textsOf(content), ofItem] })),
    // The members of a group are renditions of the same thing: one picture and one other file are enough.
    ...grouped.flatMap(({ group, levels }) =>
      renditionsOf(group).map((content) => ({ content, levels: [textsOf(content), ...levels] })),
    ),
  ];
  const usable = all.filter(({ content }) => !isBlockedOrDeleted(content.status));
  const thumbnails = [
    { thumbnails: item.thumbnails, levels: [ofItem] },
    ...grouped
      .filter(({ group }) => !isBlockedOrDeleted(group.status))
      .map(({ group, levels }) => ({ thumbnails: group.thumbnails, levels })),
    ...usable.map(({ content, levels }) => ({ thumbnails: content.thumbnails, levels })),
  ];
  return {
    pictures: usable
      .filter(({ content }) => isPicture(content))
      .flatMap(({ content, levels }) => pictureFrom(content, levels)),
    thumbnails: thumbnails.flatMap(({ thumbnails: some = [], levels }) =>
      some.flatMap((thumbnail) => pictureFrom(thumbnail, levels)),
    ),
    files: usable.flatMap(({ content, levels }) => (isPicture(content) ? [] : fileFrom(content, levels))),
    warnings: all.filter(({ content }) => isBlockedOrDeleted(content.status)).map(withdrawnMediaWarning),
  };
}

/** Whether nobody may see a medium any more (`media:status`: “blocked” or “deleted”). */
export function isBlockedOrDeleted(status: MediaNs.Status | undefined): boolean {
  return ["blocked", "deleted"].includes(status?.state?.trim().toLowerCase() ?? "");
}

/** Whether a file is a picture by its medium, else by its type, else by the ending of its address. */
export function isPicture({
  medium,
  type,
  url,
}: {
  medium?: string | undefined;
  type?: string | undefined;
  url?: string | undefined;
}): boolean {
  if (medium !== undefined) return medium.trim().toLowerCase() === "image";
  const known = type?.includes("/") ? type.trim().toLowerCase() : mediaTypeOf(absolute(url));
  return known?.startsWith("image/") ?? false;
}

/** An absolute address, of which only the ending counts (RFC 6761, section 6.4: "invalid" is no host). */
function absolute(url: string | undefined): string {
  return URL.parse(url?.trim() ?? "", "https://feed.invalid/")?.href ?? "";
}

/** The picture and the other file of a group: in each case the default one, else the first. */
function renditionsOf({ contents = [], status }: MediaNs.Group): MediaNs.Content[] {
  const own = contents.map((content) => (status === undefined ? content : { status, ...content }));
  const offered = own.filter((content) => !isBlockedOrDeleted(content.status));
  // A group that is blocked as a whole is represented by its first file, for the warning.
  if (offered.length === 0) return own.slice(0, 1);
  return [offered.filter(isPicture), offered.filter((content) => !isPicture(content))].flatMap(
    (same) => same.find(({ isDefault }) => isDefault === true) ?? same.slice(0, 1),
  );
}

function pictureFrom({ url, width, height }: MediaNs.Thumbnail, levels: readonly MediaTexts[]): FeedImage[] {
  if (url === undefined) return [];
  const size = { ...(width !== undefined && { width }), ...(height !== undefined && { height }) };
  return [{ url, ...size, ...descriptionOf(levels) }];
}

function fileFrom({ url, type, fileSize }: MediaNs.Content, [own]: readonly MediaTexts[]): FeedEnclosure[] {
  return url === undefined ? [] : [{ url, type, length: fileSize, title: own?.title }];
}

function withdrawnMediaWarning({ content }: Rendition): Issue {
  return {
    field: isPicture(content) ? "image" : "attachments",
    reason: "media-taken-back",
    detail: "The feed says that this file was blocked or deleted: it was left out.",
    found: excerptOf(content.url ?? ""),
  };
}
