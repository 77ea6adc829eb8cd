/** Which feeds an article belongs to. */
import type { SectionName } from "./article.ts";

/** `all`, or a section's `section:politics`. */
export type FeedId = "all" | `section:${string}`;

export function sectionFeed(section: string): FeedId {
  return `section:${section}`;
}

/** The section of a feed id, or undefined for the whole site's. */
export function sectionOf(feed: FeedId): string | undefined {
  return feed === "all" ? undefined : feed.slice("section:".length);
}

/** Every feed that shows an article of these sections. */
export function feedsOf(sections: readonly Pick<SectionName, "id">[]): FeedId[] {
  return ["all", ...sections.map(({ id }) => sectionFeed(id))];
}

/**
 * Reads a feed id.
 * @throws Error on a text that is none
 */
export function readFeedId(text: string): FeedId {
  if (text === "all") return "all";
  if (text.startsWith("section:")) return sectionFeed(text.slice("section:".length));
  throw new Error(`No such feed: ${text}`);
}
