/** The words of Media RSS about a file: each level's own, and the strongest. Pure. */
import type { MediaNs } from "feedsmith";
import { textOfHtml } from "../html-text.ts";
import { type FeedImage, firstNonEmpty, nonEmpty } from "../item.ts";
import type { ReadText } from "./plain-text.ts";

/** A file, its group, or its item. */
type Level = Pick<MediaNs.ItemOrFeed, "description" | "texts" | "title" | "credits">;

/** Everything that one level says, as plain text; each level is read once, however many files it speaks of. */
export type MediaTexts = { title: string | undefined; alt: string | undefined; credit: string | undefined };

/** @param itemTitle the item's own title, which describes no picture */
export function mediaTextsOf(level: Level, itemTitle: string | undefined, read: ReadText): MediaTexts {
  const { description, texts, title, credits = [] } = level;
  const words = [description, texts?.[0], title].map((text) => plain(text, read));
  return {
    title: plain(title, read),
    alt: words.find((word) => word !== undefined && word !== itemTitle),
    credit: firstNonEmpty([...new Set(nonEmpty(credits.map(({ value }) => value)).map(read))].join(", ")),
  };
}

/** @param levels the strongest first; the nearest level that names somebody names everybody */
export function descriptionOf(levels: readonly MediaTexts[]): Pick<FeedImage, "alt" | "credit"> {
  const alt = firstNonEmpty(...levels.map((level) => level.alt));
  const credit = firstNonEmpty(...levels.map((level) => level.credit));
  return { ...(alt !== undefined && { alt }), ...(credit !== undefined && { credit }) };
}

/** Plain is the default of every text of Media RSS. */
function plain(
  text: { value?: string | undefined; type?: string | undefined } | undefined,
  read: ReadText,
): string | undefined {
  const value = text?.value ?? "";
  return firstNonEmpty(text?.type?.trim().toLowerCase() === "html" ? textOfHtml(value) : read(value));
}
