/** Feeds for tests, and the items that are read from them. */
import { type ReadItem, readFeed } from "../../../src/cli/feed-file/read.ts";
import type { Draft } from "../../../src/cli/feed-file/draft.ts";

const NAMESPACES = [
  ["app", "http://www.w3.org/2007/app"],
  ["content", "http://purl.org/rss/1.0/modules/content/"],
  ["dc", "http://purl.org/dc/elements/1.1/"],
  ["dcterms", "http://purl.org/dc/terms/"],
  ["googleplay", "http://www.google.com/schemas/play-podcasts/1.0"],
  ["itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd"],
  ["media", "http://search.yahoo.com/mrss/"],
  ["prism", "http://prismstandard.org/namespaces/basic/2.0/"],
]
  .map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`)
  .join("");

const DATED = "<pubDate>Tue, 04 Nov 2025 07:07:06 +0000</pubDate>";

const OWN_DATE = /<(?:pubDate|published|dc:date|dcterms:(?:issued|created|modified))>/;

/** An RSS feed of items; items without a date get one. */
export function rssOf(...items: string[]): string {
  const elements = items.map((item) => `<item>${OWN_DATE.test(item) ? "" : DATED}${item}</item>`);
  return (
    `<?xml version="1.0"?><rss version="2.0"${NAMESPACES}><channel><title>Old</title>` +
    `<link>https://old.example/</link><description>d</description>${elements.join("")}</channel></rss>`
  );
}

/** An Atom feed of entries; entries without a date get one. */
export function atomOf(...entries: string[]): string {
  const elements = entries.map(
    (entry) =>
      `<entry>${OWN_DATE.test(entry) ? "" : "<published>2025-11-04T07:07:06Z</published>"}${entry}</entry>`,
  );
  return (
    `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"${NAMESPACES}><title>Old</title><id>urn:old</id>` +
    `<link href="https://old.example/"/><updated>2025-11-04T07:07:06Z</updated>${elements.join("")}</feed>`
  );
}

/** An RSS 1.0 feed of items by address; items without a date get one. */
export function rdfOf(items: Readonly<Record<string, string>>, contents: readonly string[] = []): string {
  const elements = Object.entries(items).map(
    ([about, item]) =>
      `<item rdf:about="${about}">${OWN_DATE.test(item) ? "" : "<dc:date>2025-11-04T07:07:06Z</dc:date>"}${item}</item>`,
  );
  const list = contents.map((about) => `<rdf:li rdf:resource="${about}"/>`).join("");
  return (
    `<?xml version="1.0"?><rdf:RDF xmlns="http://purl.org/rss/1.0/"${NAMESPACES} ` +
    `xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><channel rdf:about="https://old.example/">` +
    `<title>Old</title><link>https://old.example/</link><items><rdf:Seq>${list}</rdf:Seq></items></channel>` +
    `${elements.join("")}</rdf:RDF>`
  );
}

/** Reads the items of a feed under a section. */
export function itemsOf(feed: string | Uint8Array, sections: readonly string[] = ["Country"]): ReadItem[] {
  return readFeed(typeof feed === "string" ? Buffer.from(feed) : feed, sections).items;
}

/** The draft of a feed's only item. */
export function draftOf(feed: string, sections?: readonly string[]): Draft {
  const [item] = itemsOf(feed, sections);
  if (item?.outcome.kind !== "draft") throw new Error(`There is no draft: ${JSON.stringify(item)}`);
  return item.outcome.draft;
}

/** The warnings of a feed's only item, as `reason: found`. */
export function warningsOf(feed: string): string[] {
  return itemsOf(feed).flatMap(({ outcome }) =>
    outcome.warnings.map(({ reason, found }) => `${reason}: ${found}`),
  );
}

/** The draft of a feed's only item, under its own categories, and without undefined members, as it is sent. */
export function readDraft(feed: string): Record<string, unknown> {
  const sent: Record<string, unknown> = JSON.parse(JSON.stringify(draftOf(feed, [])));
  return sent;
}
