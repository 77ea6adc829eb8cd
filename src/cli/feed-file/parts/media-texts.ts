/** The texts of Media RSS about a file: those of each level, and the strongest of them. Pure. */
import type { MediaNs } from "feedsmith";
import { textOfHtml } from "../html-text.ts";
import { type FeedImage, firstNonEmpty, nonEmpty } from "../item.ts";
import type { ReadText } from "./plain-text.ts";

/** The elements of a level: a file, its group, or its item. */
type Level = Pick<MediaNs.ItemOrFeed, "description" | "texts" | "title" | "credits">;

/** The texts of a level, as plain text. Each level is read once, however many files it describes. */
export type MediaTexts = { title: string | undefined; alt: string | undefined; credit: string | undefined };

/**
 * Reads the texts of a level.
 * @param itemTitle the item's own title, which describes no picture
 */
export function mediaTextsOf(level: Level, itemTitle: string | undefined, read: ReadText): MediaTexts {
  const { description, texts, title, credits = [] } = level;
  const words = [description, texts?.[0], title].map((text) => plain(text, read));
  return {
    title: plain(title, read),
    alt: words.find((word) => word !== undefined && word !== itemTitle),
    credit: firstNonEmpty([...new Set(nonEmpty(credits.map(({ value }) => value)).map(read))].join(", ")),
  };
}

/**
 * Chooses the description of a picture.
 * @param levels the strongest first; the first with a credit has the whole credit
 */
export function descriptionOf(levels: readonly MediaTexts[]): Pick<FeedImage, "alt" | "credit"> {
  const alt = firstNonEmpty(...levels.map((level) => level.alt));
  const credit = firstNonEmpty(...levels.map((level) => level.credit));
  return { ...(alt !== undefined && { alt }), ...(credit !== undefined && { credit }) };
}

/** Texts of Media RSS are plain by default. */
function plain(
  text: { value?: string | undefined; type?: string | undefined } | undefined,
  read: ReadText,
): string | undefined {
  const value = text?.value ?? "";
  return firstNonEmpty(text?.type?.trim().toLowerCase() === "html" ? textOfHtml(value) : read(value));
}
