/** Archived feeds (RFC 5005, section 4) as a reader's software walks them, in any of the three formats. */
import { get } from "../newsroom.ts";
import { ORIGIN } from "../site.ts";
import { ATOM, type Element, named, only, parseXml, texts } from "./xml.ts";

const HISTORY = "{http://purl.org/syndication/history/1.0}archive";

/** One document of a feed: the ids of its articles, and the paths of the documents that it links to. */
export type FeedDocument = {
  path: string;
  ids: string[];
  self: string | undefined;
  current: string | undefined;
  previous: string | undefined;
  next: string | undefined;
  isArchive: boolean;
};

/** A reader's GET of an archive page, which follows a redirect to the page's present address. */
export async function follow(path: string): Promise<Response> {
  const response = await get(path);
  const location = response.headers.get("Location");
  return location === null ? response : get(location);
}

/** Fetches a document of a feed by its path; an archive page may have another name by now. */
export async function fetchDocument(path: string): Promise<FeedDocument> {
  const response = await follow(path);
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${path}: ${response.status} ${text}`);
  if (/\.json(?:\?|$)/.test(path)) return fromJson(path, text);
  return /atom\.xml(?:\?|$)/.test(path) ? fromAtom(path, text) : fromRss(path, text);
}

/**
 * Follows a feed to the end of its archive.
 * @param meanwhile runs before each document but the first is fetched
 * @returns the documents in the order in which they were fetched, the one that readers subscribe to first
 */
export async function walk(
  start: string,
  meanwhile: (documents: readonly FeedDocument[]) => Promise<void> = () => Promise.resolve(),
): Promise<FeedDocument[]> {
  const documents = [await fetchDocument(start)];
  for (let next = documents[0]?.previous; next !== undefined; next = documents.at(-1)?.previous) {
    const path = next;
    if (documents.some((document) => document.path === path)) throw new Error(`${path} leads to itself`);
    await meanwhile(documents);
    documents.push(await fetchDocument(path));
  }
  return documents;
}

/** The folder of a feed's newest archive page, whose name counts the articles that have come onto it: `/archive/1.3`. */
export async function newestPage(home = ""): Promise<string> {
  const { previous = "" } = await fetchDocument(`${home}/feed.json`);
  return previous.replace("/feed.json", "");
}

/** The ids on archive pages: all but those of the document that readers subscribe to. */
export function archived(documents: readonly FeedDocument[]): string[] {
  return documents.slice(1).flatMap(({ ids }) => ids);
}

/** The values that are in a list more than once. */
export function repeated(list: readonly string[]): string[] {
  return list.filter((value, index) => list.indexOf(value) !== index);
}

function fromJson(path: string, text: string): FeedDocument {
  const feed: { items: { id: string }[]; feed_url: string; next_url?: string } = JSON.parse(text);
  return {
    path,
    ids: feed.items.map(({ id }) => nameOf(id)),
    self: pathOf(feed.feed_url),
    current: undefined,
    previous: feed.next_url === undefined ? undefined : pathOf(feed.next_url),
    next: undefined,
    isArchive: false,
  };
}

function fromAtom(path: string, text: string): FeedDocument {
  const feed = parseXml(text, ATOM);
  const ids = named(feed, "entry").map((entry) => nameOf(only(texts(entry, "id"))));
  return { path, ids, ...linksOf(feed, "link") };
}

function fromRss(path: string, text: string): FeedDocument {
  const channel = only(named(parseXml(text), "channel"));
  const ids = named(channel, "item").map((item) => nameOf(only(texts(item, "guid"))));
  return { path, ids, ...linksOf(channel, `{${ATOM}}link`) };
}

function linksOf(feed: Element, link: string): Omit<FeedDocument, "path" | "ids"> {
  const to = (rel: string): string | undefined => {
    const found = named(feed, link).filter(({ attributes }) => attributes["rel"] === rel);
    return found.length === 0 ? undefined : pathOf(only(found).attributes["href"] ?? "");
  };
  return {
    self: to("self"),
    current: to("current"),
    previous: to("prev-archive"),
    next: to("next-archive"),
    isArchive: named(feed, HISTORY).length > 0,
  };
}

/** `tag:courier.example,2026-11-04:harbour-bridge` is the tag URI of harbour-bridge. */
function nameOf(guid: string): string {
  return guid.slice(guid.lastIndexOf(":") + 1);
}

function pathOf(url: string): string {
  if (!url.startsWith(`${ORIGIN}/`)) throw new Error(`Not an address of the site: ${url}`);
  return url.slice(ORIGIN.length);
}
