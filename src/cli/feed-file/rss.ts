/** RSS 0.9x and 2.0 → items. Pure. */
import type { AnyFeed } from "feedsmith";
import { bodyAndSummary } from "./parts/description.ts";
import { baseOf, datesOf, homeOf, textIn } from "./parts/rss-fields.ts";
import { readEach } from "./each-item.ts";
import type { FeedEnclosure } from "./parts/enclosures.ts";
import { type FeedItem, firstNonEmpty, resolveUrl, nonEmpty } from "./item.ts";
import { filesOf } from "./parts/item-files.ts";
import { type FeedPerson, personsNamed, peopleOf } from "./parts/people.ts";
import { isOwnFeed, type ReadText, textReader } from "./parts/plain-text.ts";

type RssFeed = Extract<AnyFeed, { format: "rss" }>["feed"];
type RssItem = NonNullable<RssFeed["items"]>[number];

/** Reads the items of a feed that feedsmith parsed. */
export function rssItems(feed: RssFeed): FeedItem[] {
  const isOwn = isOwnFeed(feed.generator);
  const read = textReader(isOwn);
  const home = homeOf(feed, read);
  return readEach(
    feed.items ?? [],
    (item) => idOf(item, home),
    (item) => itemFrom(item, feed, { isOwn, read, home }),
  );
}

type About = { isOwn: boolean; read: ReadText; home: string | undefined };

function itemFrom(item: RssItem, feed: RssFeed, { isOwn, read, home }: About): FeedItem {
  const { dc, dcterms, itunes, googleplay } = item;
  const base = baseOf(item, home, read);
  const title = textIn(read, item.title, dc?.titles?.[0], itunes?.title);
  const { content, summary } = bodyAndSummary({
    encoded: item.content?.encoded,
    description: item.description,
    others: [dc?.descriptions?.[0], itunes?.summary, googleplay?.description, itunes?.subtitle],
  });
  const people = peopleOf(isOwn ? joinedNames(item) : personsOf(item), read);
  const files = filesOf(
    {
      enclosures: (item.enclosures ?? []).map(sized),
      media: item.media,
      icons: [itunes?.image, googleplay?.image?.href],
    },
    (url) => resolveUrl(read(url), base) ?? url,
    { title, content, read },
  );
  return {
    id: idOf(item, home),
    title,
    content,
    summary,
    date: firstNonEmpty(item.pubDate, ...datesOf(item), item.atom?.published),
    ...(isOwn ? ownCategories(item) : { categories: categoriesOf(item, read) }),
    authors: people.authors,
    language: firstNonEmpty(
      dc?.languages?.[0],
      dcterms?.languages?.[0],
      feed.language,
      feed.dc?.languages?.[0],
    ),
    image: files.image,
    enclosures: files.enclosures,
    base,
    warnings: [...people.warnings, ...files.warnings],
  };
}

/** The guid, else the link, by which feed readers then know the item. */
function idOf({ guid, link }: RssItem, home: string | undefined): string | undefined {
  return firstNonEmpty(guid?.value, resolveUrl(link, home));
}

function personsOf({ authors, atom, dc, dcterms, itunes, googleplay }: RssItem): FeedPerson[] {
  return [
    ...(authors ?? []).map(({ name, email, link }) => ({ name, email, url: link })),
    ...(atom?.authors ?? []).map(({ name, email, uri }) => ({ name, email, url: uri })),
    ...personsNamed(dc?.creators),
    ...personsNamed(dcterms?.creators),
    ...personsNamed([itunes?.author, googleplay?.author]),
  ];
}

/** Dateline's own RSS has all names in one element. */
function joinedNames({ dc }: RssItem): FeedPerson[] {
  return personsNamed((dc?.creators ?? []).flatMap((names) => names.split(", ")));
}

function categoriesOf({ categories, dc, dcterms }: RssItem, read: ReadText): string[] {
  return nonEmpty([
    ...(categories ?? []).map(({ name }) => name),
    ...(dc?.subjects ?? []),
    ...(dcterms?.subjects ?? []),
  ]).map(read);
}

/** The categories of Dateline's own feeds: a section has a domain, a tag has none. */
function ownCategories({ categories = [] }: RssItem): Pick<FeedItem, "sections" | "categories"> {
  return {
    sections: nonEmpty(categories.flatMap(({ name, domain }) => (domain === undefined ? [] : [name]))),
    categories: nonEmpty(categories.flatMap(({ name, domain }) => (domain === undefined ? [name] : []))),
  };
}

/** A length of 0 means that nobody knows it (RSS Best Practices Profile, “enclosure”). */
function sized({ length, ...file }: FeedEnclosure): FeedEnclosure {
  return { ...file, length: length === 0 ? undefined : length };
}
