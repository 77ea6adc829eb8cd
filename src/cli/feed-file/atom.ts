/** Atom 0.3 and 1.0 → items. Pure. */
import type { AnyFeed, AtomFeed as Atom } from "feedsmith";
import { bodyOf, isMarkup } from "./parts/atom-content.ts";
import { readEach } from "./each-item.ts";
import type { FeedEnclosure } from "./parts/enclosures.ts";
import { textOfHtml } from "./html-text.ts";
import { type FeedItem, firstNonEmpty, resolveUrl, nonEmpty } from "./item.ts";
import { filesOf } from "./parts/item-files.ts";
import { type FeedPerson, personsNamed, peopleOf } from "./parts/people.ts";
import { isOwnFeed, type ReadText, textReader } from "./parts/plain-text.ts";

type AtomFeed = Extract<AnyFeed, { format: "atom" }>["feed"];
type AtomEntry = NonNullable<AtomFeed["entries"]>[number];
type Link = NonNullable<AtomEntry["links"]>[number];

/** Reads the entries of a feed that feedsmith parsed. */
export function atomItems(feed: AtomFeed): FeedItem[] {
  const isOwn = isOwnFeed(feed.generator?.text);
  const read = textReader(isOwn);
  const home = resolveUrl(feed.xml?.base, undefined) ?? resolveUrl(linkOf(feed.links, read), undefined);
  return readEach(
    feed.entries ?? [],
    ({ id }) => firstNonEmpty(id),
    (entry) => itemFrom(entry, feed, { isOwn, read, home }),
  );
}

type About = { isOwn: boolean; read: ReadText; home: string | undefined };

function itemFrom(entry: AtomEntry, feed: AtomFeed, { isOwn, read, home }: About): FeedItem {
  // xml:base is relative to the outer one (XML Base, section 4); without any, the entry's page is the base.
  const around = resolveUrl(entry.xml?.base, home) ?? home;
  const link = resolveUrl(linkOf(entry.links, read), around);
  const isBased = feed.xml?.base !== undefined || entry.xml?.base !== undefined;
  const outer = isBased ? around : (link ?? around);
  const { content, summary, problem } = describedBy(entry, read);
  const title = plain(entry.title, read);
  const people = peopleOf(
    personsOf(entry, feed).map(({ name, email, url }) => ({
      name,
      email,
      url: resolveUrl(url, around) ?? url,
    })),
    read,
  );
  const files = filesOf(
    {
      enclosures: enclosuresOf(entry, read),
      media: entry.media,
      icons: [entry.itunes?.image, entry.googleplay?.image?.href],
    },
    (url) => resolveUrl(read(url), around) ?? url,
    { title, content, read },
  );
  return {
    id: firstNonEmpty(entry.id),
    title,
    content,
    summary,
    date: firstNonEmpty(...datesOf(entry)),
    ...(isOwn ? ownCategories(entry) : { categories: categoriesOf(entry, read) }),
    authors: people.authors,
    language: firstNonEmpty(entry.content?.xml?.lang, entry.xml?.lang, feed.xml?.lang),
    image: files.image,
    enclosures: files.enclosures,
    base: resolveUrl(entry.content?.xml?.base, outer) ?? outer,
    warnings: [...(problem === undefined ? [] : [problem]), ...people.warnings, ...files.warnings],
  };
}

function linkOf(links: readonly Link[] | undefined, read: ReadText): string | undefined {
  const href = links?.find(({ rel }) => rel === undefined || rel === "alternate")?.href;
  return href === undefined ? undefined : read(href);
}

/** The body is the content, or the summary if the content can't be one. */
function describedBy(
  { content, summary }: AtomEntry,
  read: ReadText,
): Pick<FeedItem, "content" | "summary"> & Pick<ReturnType<typeof bodyOf>, "problem"> {
  const { body, problem } = bodyOf(content);
  if (body !== undefined) return { content: body, summary: plain(summary, read) };
  return { content: bodyOf(summary).body, summary: undefined, ...(problem !== undefined && { problem }) };
}

function plain(text: Atom.Text | undefined, read: ReadText): string | undefined {
  const value = text?.value ?? "";
  return firstNonEmpty(isMarkup(text) ? textOfHtml(value) : read(value));
}

/** The dates of an entry: that of publication first, that of the last change last. */
function datesOf({ published, updated, dc, dcterms }: AtomEntry): (string | undefined)[] {
  const { issued, created, modified, dates } = dcterms ?? {};
  return [published, issued?.[0], created?.[0], updated, dc?.dates?.[0], dates?.[0], modified?.[0]];
}

/**
 * The authors of an entry, else its source's, else the feed's (RFC 4287, section 4.1.2). Contributors are no authors.
 */
function personsOf(
  { authors, source, dc, dcterms, itunes, googleplay }: AtomEntry,
  feed: AtomFeed,
): FeedPerson[] {
  const own = [
    ...(authors ?? []).map(person),
    ...personsNamed([
      ...(dc?.creators ?? []),
      ...(dcterms?.creators ?? []),
      itunes?.author,
      googleplay?.author,
    ]),
  ];
  return own.length > 0 ? own : (source?.authors ?? feed.authors ?? []).map(person);
}

function person({ name, email, uri }: Atom.Person): FeedPerson {
  return { name, email, url: uri };
}

function enclosuresOf({ links = [] }: AtomEntry, read: ReadText): FeedEnclosure[] {
  return links.flatMap(({ rel, href, type, length, title }) =>
    rel === "enclosure"
      ? [{ url: href, type, length, title: title === undefined ? undefined : read(title) }]
      : [],
  );
}

function categoriesOf({ categories, dc, dcterms }: AtomEntry, read: ReadText): string[] {
  return nonEmpty([
    ...(categories ?? []).map(({ label, term }) => label ?? term),
    ...(dc?.subjects ?? []),
    ...(dcterms?.subjects ?? []),
  ]).map(read);
}

/** The categories of Dateline's own feeds: a section has a scheme, a tag has none. */
function ownCategories({ categories = [] }: AtomEntry): Pick<FeedItem, "sections" | "categories"> {
  const names = (isSection: boolean): string[] =>
    nonEmpty(
      categories
        .filter(({ scheme }) => (scheme !== undefined) === isSection)
        .map(({ label, term }) => label ?? term),
    );
  return { sections: names(true), categories: names(false) };
}
