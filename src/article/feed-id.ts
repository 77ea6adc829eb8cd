/** Which feeds there are, and which of them an article belongs to. No I/O. */
import type { Article } from "./article.ts";
import { slug } from "./identity.ts";
import type { StandingFeed } from "./site.ts";

/**
 * `all`, a section's `section:politics`, a standing feed's `feed:andes`, an author's `author:jane-roe`, a tag's `tag:bridges`.
 * A union of sections is written `section:events+politics`: readers may ask for it, and nothing is stored under it.
 */
export type FeedId = "all" | `${FeedKind}:${string}`;

/** What a feed gathers by. */
export type FeedKind = (typeof KINDS)[number];

const KINDS = ["section", "feed", "author", "tag"] as const;

// Each costs KV writes with every revision; who has more bylines or tags is found under the first of them.
const MAX_AUTHORS = 10;
const MAX_TAGS = 20;

export function sectionFeed(section: string): FeedId {
  return `section:${section}`;
}

export function standingFeed(id: string): FeedId {
  return `feed:${id}`;
}

/** The feed of an author, by name: one whose name has no letters that make a slug gets a hash. */
export function authorFeed(name: string): FeedId {
  return `author:${slug(name)}`;
}

export function tagFeed(tag: string): FeedId {
  return `tag:${slug(tag)}`;
}

/** What a feed gathers by, and the name of that; undefined for the whole site's. */
export function topicOf(feed: FeedId): { kind: FeedKind; name: string } | undefined {
  const kind = KINDS.find((known) => feed.startsWith(`${known}:`));
  return kind === undefined ? undefined : { kind, name: feed.slice(kind.length + 1) };
}

/** The section, or the union of sections, of a feed id; undefined for any other feed's. */
export function sectionOf(feed: FeedId): string | undefined {
  const topic = topicOf(feed);
  return topic?.kind === "section" ? topic.name : undefined;
}

/** The feeds whose union a feed is: itself alone, but for a union of sections. */
export function membersOf(feed: FeedId): FeedId[] {
  return sectionOf(feed)?.split("+").map(sectionFeed) ?? [feed];
}

/** The union of sections, under the one id that it has: each section once, in alphabetical order. */
export function unionOf(sections: readonly string[]): FeedId {
  return sectionFeed([...new Set(sections)].toSorted().join("+"));
}

type Filed = Pick<Article, "sections" | "authors" | "tags">;

/** Every feed that shows an article, the whole site's first. */
export function feedsOf(article: Filed, standing: readonly StandingFeed[]): FeedId[] {
  return [
    ...new Set<FeedId>([
      "all",
      ...article.sections.map(({ id }) => sectionFeed(id)),
      ...standing.filter((feed) => gathers(feed, article)).map(({ id }) => standingFeed(id)),
      ...article.authors.slice(0, MAX_AUTHORS).map(({ name }) => authorFeed(name)),
      ...article.tags.slice(0, MAX_TAGS).map(tagFeed),
    ]),
  ];
}

/** Under which title an article names what one of its feeds gathers by; empty where the site's owner gives the title. */
export function titleIn(article: Filed, feed: FeedId): string {
  const topic = topicOf(feed);
  switch (topic?.kind) {
    case "section":
      return article.sections.find(({ id }) => id === topic.name)?.title ?? "";
    case "author":
      return article.authors.find(({ name }) => authorFeed(name) === feed)?.name ?? "";
    case "tag":
      return article.tags.find((tag) => tagFeed(tag) === feed) ?? "";
    case "feed":
    case undefined:
      return "";
  }
}

/** Whether an article meets every condition of a standing feed. */
function gathers({ all, any, none, tags }: StandingFeed, article: Filed): boolean {
  const stands = (section: string): boolean => article.sections.some(({ id }) => id === section);
  const wanted = new Set(tags.map((tag) => slug(tag)));
  return (
    all.every(stands) &&
    (any.length === 0 || any.some(stands)) &&
    !none.some(stands) &&
    (wanted.size === 0 || article.tags.some((tag) => wanted.has(slug(tag))))
  );
}

/**
 * Reads a feed id.
 * @throws Error on a text that is none
 */
export function readFeedId(text: string): FeedId {
  if (text === "all") return "all";
  const kind = KINDS.find((known) => text.startsWith(`${known}:`));
  if (kind === undefined) throw new Error(`No such feed: ${text}`);
  return `${kind}:${text.slice(kind.length + 1)}`;
}
