/** The picture and the files of an item, chosen from all that its feed names. Pure. */
import { type FeedEnclosure, enclosuresOf } from "./enclosures.ts";
import { type FeedImage, type FeedItem, firstNonEmpty } from "../item.ts";
import { isPicture, type Media, mediaOf } from "./media.ts";
import { pictureOf } from "./pictures.ts";
import type { ReadText } from "./plain-text.ts";

/** The places where an item names files; addresses as the feed writes them. */
type NamedFiles = {
  /** The pictures that the format itself names, the best one first. */
  pictures?: readonly (string | undefined)[];
  enclosures: readonly FeedEnclosure[];
  media: Media | undefined;
  /** The pictures of an episode, for an item without any other. */
  icons: readonly (string | undefined)[];
};

/** The parts of the item that are read already. */
type About = Pick<FeedItem, "title" | "content"> & { read: ReadText };

/**
 * Chooses the picture and the files. The picture is the format's own, else Media RSS's, else the first picture among
 * the enclosures, else a thumbnail, else an icon.
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
  for (const image of offered) image.url = resolve(image.url);
  const picture = pictureOf(offered, content);
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
