/** Feed ids: which feeds exist, and which of them show an article. No I/O. */
import type { Article } from "./article.ts";
import { slug } from "./identity.ts";
import type { StandingFeed } from "./site.ts";

/**
 * `all`, a section's `section:politics`, a standing feed's `feed:andes`, an author's `author:jane-roe`, a tag's `tag:bridges`.
 * A union of sections is written `section:events+politics`: readers may ask for it, and nothing is stored under it.
 */
export type FeedId = "all" | `${FeedKind}:${string}`;

/** The kinds of feeds: what the articles of one have in common. */
export type FeedKind = (typeof KINDS)[number];

const KINDS = ["section", "feed", "author", "tag"] as const;

// Each of these feeds costs KV writes with every revision. An article with more authors or tags stands in the feeds
// of the first ones.
const MAX_AUTHORS = 10;
const MAX_TAGS = 20;

export function sectionFeed(section: string): FeedId {
  return `section:${section}`;
}

export function standingFeed(id: string): FeedId {
  return `feed:${id}`;
}

/** The feed of an author, by name. A name without letters for a slug gets a hash. */
export function authorFeed(name: string): FeedId {
  return `author:${slug(name)}`;
}

export function tagFeed(tag: string): FeedId {
  return `tag:${slug(tag)}`;
}

/** The kind of a feed and the name of its topic: `section` and `politics`. Undefined for the whole site's feed. */
export function topicOf(feed: FeedId): { kind: FeedKind; name: string } | undefined {
  const kind = KINDS.find((known) => feed.startsWith(`${known}:`));
  return kind === undefined ? undefined : { kind, name: feed.slice(kind.length + 1) };
}

/** The section, or the union of sections, of a feed id; undefined for any other feed. */
export function sectionOf(feed: FeedId): string | undefined {
  const topic = topicOf(feed);
  return topic?.kind === "section" ? topic.name : undefined;
}

/** Whether a feed unites several sections. */
export function isUnion(feed: FeedId): boolean {
  return feed.startsWith("section:") && feed.includes("+");
}

/** The feeds that a feed unites: those of its sections for a union, the feed itself otherwise. */
export function membersOf(feed: FeedId): FeedId[] {
  return sectionOf(feed)?.split("+").map(sectionFeed) ?? [feed];
}

/** The id of a union of sections: each section once, in alphabetical order. */
export function unionOf(sections: readonly string[]): FeedId {
  return sectionFeed([...new Set(sections)].toSorted().join("+"));
}

type Filed = Pick<Article, "sections" | "authors" | "tags">;

/**
 * Every feed that shows an article, the whole site's first. Each has the title that the article gives it: the name of
 * the section, the author or the tag, or an empty text where the site's owner gives the title. Of two spellings of
 * one name the first counts.
 */
export function feedsOf(article: Filed, standing: readonly StandingFeed[]): ReadonlyMap<FeedId, string> {
  const { sections, authors, tags } = article;
  const slugs = tags.map((tag) => slug(tag));
  const feeds: [FeedId, string][] = [
    ["all", ""],
    ...sections.map(({ id, title }): [FeedId, string] => [sectionFeed(id), title]),
    ...standing
      .filter((feed) => meetsConditions(feed, sections, slugs))
      .map(({ id }): [FeedId, string] => [standingFeed(id), ""]),
    ...authors.slice(0, MAX_AUTHORS).map(({ name }): [FeedId, string] => [authorFeed(name), name]),
    ...tags.slice(0, MAX_TAGS).map((tag, index): [FeedId, string] => [`tag:${slugs[index] ?? ""}`, tag]),
  ];
  const titles = new Map<FeedId, string>();
  for (const [feed, title] of feeds) if (!titles.has(feed)) titles.set(feed, title);
  return titles;
}

/** Whether an article meets every condition of a standing feed. @param slugs of the article's tags */
function meetsConditions(
  { all, any, none, tags }: StandingFeed,
  sections: Filed["sections"],
  slugs: readonly string[],
): boolean {
  const isIn = (section: string): boolean => sections.some(({ id }) => id === section);
  return (
    all.every(isIn) &&
    (any.length === 0 || any.some(isIn)) &&
    !none.some(isIn) &&
    (tags.length === 0 || tags.some((tag) => slugs.includes(slug(tag))))
  );
}

/**
 * Reads a feed id.
 * @throws Error on a text that is no feed id
 */
export function readFeedId(text: string): FeedId {
  if (text === "all") return "all";
  const kind = KINDS.find((known) => text.startsWith(`${known}:`));
  if (kind === undefined) throw new Error(`No such feed: ${text}`);
  return `${kind}:${text.slice(kind.length + 1)}`;
}
