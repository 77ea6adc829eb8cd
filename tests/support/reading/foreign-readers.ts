/** Feed readers that other people wrote, and what each of them finds in a document. */
import { extractFromJson, extractFromXml, type FeedData } from "@extractus/feed-extractor";
import { parseFeed as parseStrictly } from "@rowanmanning/feed-parser";
import { decodeHTML } from "entities";
import { parseFeed as parseLeniently } from "htmlparser2";
import type { FeedFormat } from "../../../src/feed/document.ts";
import { feedsmithAtom, feedsmithJson, feedsmithRss } from "./feedsmith.ts";
import { instant, type ReadFeed, type ReadItem } from "./read-feed.ts";

export type Reader = {
  name: "feedsmith" | "feed-parser" | "htmlparser2" | "feed-extractor";
  format: FeedFormat;
  read: (document: string) => ReadFeed;
  /** The body as the reader gives it: one reader resolves the references in its HTML. */
  takes: (html: string) => string;
};

type XmlFormat = Exclude<FeedFormat, "json">;

const asItIs = (html: string): string => html;

/** RSS's description is HTML, Atom's summary is text. */
function summaryIn(format: XmlFormat, text: string | null | undefined): string | undefined {
  return format === "rss" ? decodeHTML(text ?? "") : (text ?? undefined);
}

function feedParser(document: string, format: XmlFormat): ReadFeed {
  const feed = parseStrictly(document);
  return {
    title: feed.title ?? undefined,
    description: feed.description ?? undefined,
    home: feed.url ?? undefined,
    language: feed.language ?? undefined,
    self: feed.self ?? undefined,
    items: feed.items.map((item) => {
      const read: ReadItem = {
        id: item.id ?? undefined,
        link: item.url ?? undefined,
        title: item.title ?? undefined,
        published: instant(item.published),
        summary: summaryIn(format, item.description),
        html: item.content ?? undefined,
        authors: item.authors.map(({ name }) => name),
        categories: item.categories.map(({ label }) => label),
        enclosures: item.media
          .filter(({ type, mimeType }) => type !== "image" && mimeType !== null)
          .map(({ url }) => url),
      };
      return Object.assign(
        read,
        format === "rss" ? { image: item.image?.url } : { updated: instant(item.updated) },
      );
    }),
  };
}

/** Parses a document as browsers parse HTML; of Media RSS it knows `media:content` alone. */
function htmlparser2(document: string, format: XmlFormat): ReadFeed {
  const { title, description, link, items = [] } = parseLeniently(document) ?? {};
  return {
    title,
    description,
    home: link,
    items: items.map((item) => {
      const read: ReadItem = {
        id: item.id,
        link: item.link,
        title: item.title,
        summary: summaryIn(format, item.description),
      };
      const date = instant(item.pubDate);
      return Object.assign(
        read,
        format === "rss" ? { published: date, image: item.media[0]?.url } : { updated: date },
      );
    }),
  };
}

/** Makes descriptions of its own, and takes Atom's time of an update for that of publication. */
function feedExtractor(feed: FeedData, format: FeedFormat): ReadFeed {
  const { title, description, link, language, entries = [] } = feed;
  return {
    title,
    description,
    home: link,
    language,
    items: entries.map((entry) => ({
      id: entry.id,
      link: entry.link,
      title: entry.title,
      [format === "atom" ? "updated" : "published"]: instant(entry.published),
    })),
  };
}

function xmlReaders(format: XmlFormat): Reader[] {
  return [
    { name: "feed-parser", format, read: (text) => feedParser(text, format), takes: decodeHTML },
    { name: "htmlparser2", format, read: (text) => htmlparser2(text, format), takes: asItIs },
    {
      name: "feed-extractor",
      format,
      read: (text) => feedExtractor(extractFromXml(text), format),
      takes: asItIs,
    },
  ];
}

export const READERS: readonly Reader[] = [
  { name: "feedsmith", format: "rss", read: feedsmithRss, takes: asItIs },
  { name: "feedsmith", format: "atom", read: feedsmithAtom, takes: asItIs },
  { name: "feedsmith", format: "json", read: feedsmithJson, takes: asItIs },
  ...xmlReaders("rss"),
  ...xmlReaders("atom"),
  {
    name: "feed-extractor",
    format: "json",
    read: (text) => feedExtractor(extractFromJson(text), "json"),
    takes: asItIs,
  },
];
