/** Media RSS 1.5.1 → pictures and files, with what is said of them. Pure. */
import type { MediaNs } from "feedsmith";
import { excerptOf, type Issue } from "../../upload/issue.ts";
import { textOf } from "./html.ts";
import { type Enclosure, type FeedImage, firstTold, type Hidden, told } from "./item.ts";
import type { ReadText } from "./plain-text.ts";

export type Media = MediaNs.ItemOrFeed;
type Content = MediaNs.Content;
type Level = Pick<Media, "description" | "texts" | "title" | "credits">;

/** What Media RSS says of an item; addresses as the feed writes them. */
export type MediaParts = {
  pictures: FeedImage[];
  /** Pictures that stand for a film or a sound. */
  thumbnails: FeedImage[];
  /** What is no picture. */
  files: Enclosure[];
  warnings: Issue[];
};

/**
 * Reads the media of an item. What isn't said of a file itself is said by its group, or by the item (section "Optional
 * Elements": the strongest level wins).
 * @param title the item's own title, which describes no picture
 */
export function mediaOf(media: Media | undefined, title: string | undefined, read: ReadText): MediaParts {
  const item = media ?? {};
  const groups = item.groups ?? [];
  const all = [
    ...(item.contents ?? []).map((content) => ({ content, around: [item] })),
    // The members of a group are renditions of the same thing: one picture and one other file stand for it.
    ...groups.flatMap((group) => renditionsOf(group).map((content) => ({ content, around: [group, item] }))),
  ];
  const usable = all.filter(({ content }) => !isTakenBack(content.status));
  const described = (url: string, size: Size, levels: Level[]): FeedImage => ({
    url,
    ...sizeOf(size),
    ...descriptionOf(levels, title, read),
  });
  const pictures = usable.flatMap(({ content, around }) =>
    content.url !== undefined && isPicture(content)
      ? [described(content.url, content, [content, ...around])]
      : [],
  );
  const files = usable.flatMap(({ content: { url, type, fileSize, title: name }, content }) =>
    url === undefined || isPicture(content)
      ? []
      : [{ url, type, length: fileSize, title: name === undefined ? undefined : plain(name, read) }],
  );
  const thumbnails = [
    ...(item.thumbnails ?? []).map((thumbnail) => ({ thumbnail, levels: [item] })),
    ...groups.flatMap((group) =>
      (group.thumbnails ?? []).map((thumbnail) => ({ thumbnail, levels: [group, item] })),
    ),
    ...usable.flatMap(({ content, around }) =>
      (content.thumbnails ?? []).map((thumbnail) => ({ thumbnail, levels: [content, ...around] })),
    ),
  ].flatMap(({ thumbnail, levels }) =>
    thumbnail.url === undefined ? [] : [described(thumbnail.url, thumbnail, levels)],
  );
  const takenBack = all.filter(({ content }) => isTakenBack(content.status));
  return {
    pictures,
    thumbnails,
    files,
    warnings: takenBack.map(({ content }) => ({
      field: isPicture(content) ? "image" : "attachments",
      reason: "media-taken-back",
      detail: "The feed says that this file was blocked or deleted: it was left out.",
      found: excerptOf(content.url ?? ""),
    })),
  };
}

/** Whether an item as a whole was taken back (`media:status`: “blocked” and “deleted” are to be shown to nobody). */
export function hiddenByStatus(media: Media | undefined): Hidden | undefined {
  const status = media?.status;
  if (!isTakenBack(status)) return undefined;
  const why = firstTold(status?.reason);
  return {
    action: "leave-out",
    reason: `The feed says that this item is ${status?.state?.trim()}${why === undefined ? "." : `: ${why}`}`,
  };
}

function isTakenBack(status: MediaNs.Status | undefined): boolean {
  return ["blocked", "deleted"].includes(status?.state?.trim().toLowerCase() ?? "");
}

/** The picture and the other file of a group: the default ones, else the first ones. */
function renditionsOf({ contents = [] }: MediaNs.Group): Content[] {
  const offered = contents.filter(({ status }) => !isTakenBack(status));
  // Of a group that was taken back as a whole, the first says so.
  if (offered.length === 0) return contents.slice(0, 1);
  return [offered.filter(isPicture), offered.filter((content) => !isPicture(content))].flatMap(
    (same) => same.find(({ isDefault }) => isDefault === true) ?? same.slice(0, 1),
  );
}

/** Whether a file is a picture, by its medium or its type, else by the ending of its address. */
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
  if (type !== undefined && type.includes("/")) return type.trim().toLowerCase().startsWith("image/");
  return /\.(?:avif|gif|jpe?g|png|webp)(?:[?#]|$)/i.test(url ?? "");
}

type Size = { width?: number | undefined; height?: number | undefined };

function sizeOf({ width, height }: Size): Size {
  return { ...(width !== undefined && { width }), ...(height !== undefined && { height }) };
}

function descriptionOf(
  levels: readonly Level[],
  itemTitle: string | undefined,
  read: ReadText,
): Pick<FeedImage, "alt" | "credit"> {
  const alt = firstTold(
    ...levels.flatMap(({ description, texts, title }) =>
      [description, texts?.[0], title].flatMap((text) => {
        const words = text === undefined ? undefined : plain(text, read);
        return words === itemTitle ? [] : [words];
      }),
    ),
  );
  // The nearest level that names somebody names everybody.
  const credits = levels.find((level) => told((level.credits ?? []).map(({ value }) => value)).length > 0);
  const names = new Set(told((credits?.credits ?? []).map(({ value }) => value)).map(read));
  return {
    ...(alt !== undefined && { alt }),
    ...(names.size > 0 && { credit: [...names].join(", ") }),
  };
}

/** Plain is the default of every text of Media RSS. */
function plain(
  { value, type }: { value?: string | undefined; type?: string | undefined },
  read: ReadText,
): string | undefined {
  return firstTold(type?.trim().toLowerCase() === "html" ? textOf(value ?? "") : read(value ?? ""));
}
