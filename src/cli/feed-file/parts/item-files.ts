/** The picture and the files of an item, of all that its feed names. Pure. */
import { type FeedEnclosure, enclosuresOf } from "./enclosures.ts";
import { type FeedImage, type FeedItem, firstNonEmpty } from "../item.ts";
import { isPicture, type Media, mediaOf } from "./media.ts";
import { pictureOf } from "./pictures.ts";
import type { ReadText } from "./plain-text.ts";

/** Where an item names files; addresses as the feed writes them. */
type NamedFiles = {
  /** Pictures that the format itself names, the best one first. */
  pictures?: readonly (string | undefined)[];
  enclosures: readonly FeedEnclosure[];
  media: Media | undefined;
  /** Pictures of an episode, which stand for it where there is no other. */
  icons: readonly (string | undefined)[];
};

/** What is known of the item already. */
type About = Pick<FeedItem, "title" | "content"> & { read: ReadText };

/**
 * The picture is the format's own, else Media RSS's; without any it is the first picture among the enclosures, then a thumbnail, then an icon.
 * @param resolve makes an address absolute
 */
export function filesOf(
  { pictures = [], enclosures, media, icons }: NamedFiles,
  resolve: (url: string) => string,
  { title, content, read }: About,
): Pick<FeedItem, "image" | "enclosures" | "warnings"> {
  const found = mediaOf(media, title, read);
  const enclosed = enclosures.filter(isPicture).map(({ url }) => url);
  const others = [...pictureAt(enclosed[0]), ...found.thumbnails, ...icons.flatMap(pictureAt)];
  const own = [...pictures.flatMap(pictureAt), ...found.pictures];
  const offered = own.length > 0 ? own : others.slice(0, 1);
  const picture = pictureOf(
    offered.map((image) => Object.assign(image, { url: resolve(image.url) })),
    content,
  );
  const files = enclosuresOf([...enclosures, ...found.files], resolve, picture.image?.url);
  return {
    image: picture.image,
    enclosures: files.enclosures,
    warnings: [...found.warnings, ...picture.warnings, ...files.warnings],
  };
}

function pictureAt(url: string | undefined): FeedImage[] {
  const written = firstNonEmpty(url);
  return written === undefined ? [] : [{ url: written }];
}
