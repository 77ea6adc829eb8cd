/** The directory of feeds, in groups, which a page, an OPML document and a sitemap list. Pure. */
import { type FeedId, sectionFeed, standingFeed } from "../article/feed-id.ts";
import type { Site } from "../article/site.ts";
import type { AuthorsRecord, SiteRecord } from "../store/directory.ts";
import { wordsFor } from "../words/words.ts";
import { listPath } from "./addresses.ts";
import { type Description, describeFeed, titleOf } from "./description.ts";

export type ListedFeed = {
  id: FeedId;
  /** Its title without the site's: "Politics". */
  name: string;
  /** The feed's own title, description and language. */
  about: Description;
  /** The number of articles published in it, where that is known. */
  count?: number | undefined;
};

export type FeedGroup = {
  kind: "site" | "section" | "feed" | "author";
  /** The heading that people see. */
  title: string;
  feeds: ListedFeed[];
  /** The path of the list of all of them, where these are only the most recently active. */
  more?: string | undefined;
};

/** A section in a list; the number of its articles is not always known. */
export type ListedSection = { id: string; title: string; count?: number | undefined };

/**
 * The groups that have a feed: the whole site, sections in the owner's order, the owner's own feeds, authors by name. Where there
 * are many sections or authors, their groups have the most recently active.
 */
export function feedGroups(site: Site, sections: SiteRecord, authors: AuthorsRecord): FeedGroup[] {
  const listed = (id: FeedId, title: string | undefined, count?: number): ListedFeed => {
    const window = { title, articles: [] };
    return { id, name: titleOf(site, id, window), about: describeFeed(site, id, window), count };
  };
  const words = wordsFor(site.language);
  const groups: FeedGroup[] = [
    { kind: "site", title: words.wholeSite, feeds: [listed("all", undefined)] },
    {
      kind: "section",
      title: words.sections,
      feeds: listedSections(site, sections).map(({ id, title, count }) =>
        listed(sectionFeed(id), title, count),
      ),
      more: sections.isCut === true ? listPath("section", 1) : undefined,
    },
    {
      kind: "feed",
      title: words.topics,
      feeds: site.feeds.map(({ id }) => listed(standingFeed(id), undefined)),
    },
    {
      kind: "author",
      title: words.authors,
      feeds: authors.authors.map(({ id, name }) => listed(`author:${id}`, name)),
      more: authors.isCut === true ? listPath("author", 1) : undefined,
    },
  ];
  return groups.filter(({ feeds }) => feeds.length > 0);
}

/** The declared sections in the owner's order, then those that a dateline opened and that have an article. */
export function listedSections(site: Site, { sections, isCut }: SiteRecord): ListedSection[] {
  const counted = new Map(sections.map((section) => [section.id, section]));
  const declared = site.sections.map(({ id, title }) => ({
    id,
    title,
    // A section that isn't among the most active may still have articles.
    count: counted.get(id)?.count ?? (isCut === true ? undefined : 0),
  }));
  const opened = sections.filter(
    ({ id, count }) => count > 0 && site.sections.every((known) => known.id !== id),
  );
  return [...declared, ...opened];
}
