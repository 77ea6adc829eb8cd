/** A feed's own title, description and language. Pure. */
import { isTitle } from "../article/bounds.ts";
import { type FeedId, feedsOf, membersOf, topicOf } from "../article/feed-id.ts";
import { describeSection, type Site } from "../article/site.ts";
import { wordsFor } from "../words/words.ts";
import type { Window } from "../store/records.ts";

export type Description = { title: string; description: string; language: string };

/**
 * A feed's title, description and language, as a reader's software lists them.
 * @param window gives the title of a feed that site.json doesn't describe
 */
export function describeFeed(
  site: Site,
  feed: FeedId,
  window: Pick<Window, "title" | "articles">,
): Description {
  if (feed === "all") return site;
  const { title, description, language } = describeTopic(site, feed, window);
  const own = language ?? site.language;
  return {
    title: `${title} – ${site.title}`,
    description: description ?? wordsFor(own, site.language).latestFrom(title, site.title),
    language: own,
  };
}

/** A feed's title without the site's: "Politics", "Jane Roe". */
export function titleOf(site: Site, feed: FeedId, window: Pick<Window, "title" | "articles">): string {
  return describeTopic(site, feed, window).title;
}

type Topic = { title: string; description?: string | undefined; language?: string | undefined };

function describeTopic(site: Site, feed: FeedId, window: Pick<Window, "title" | "articles">): Topic {
  const topic = topicOf(feed);
  if (topic === undefined) return site;
  if (topic.kind === "feed") return site.feeds.find(({ id }) => id === topic.name) ?? { title: topic.name };
  const members = membersOf(feed);
  if (members.length > 1) return describeUnion(site, members, window);
  const named =
    [window.title, titleAmong(window, feed)].find((title) => title && isTitle(title)) ?? topic.name;
  return topic.kind === "section" ? describeSection(site, topic.name, named) : { title: named };
}

/** The title and language of a union: its sections' titles, and their language where they agree on one. */
function describeUnion(site: Site, members: FeedId[], { articles }: Pick<Window, "articles">): Topic {
  const sections = members.map((member) => describeTopic(site, member, { articles }));
  const languages = new Set(sections.map(({ language }) => language));
  return {
    title: sections.map(({ title }) => title).join(" + "),
    language: languages.size === 1 ? [...languages][0] : undefined,
  };
}

function titleAmong({ articles }: Pick<Window, "articles">, feed: FeedId): string | undefined {
  for (const article of articles) {
    const title = feedsOf(article, []).get(feed);
    if (title !== undefined) return title;
  }
  return undefined;
}
