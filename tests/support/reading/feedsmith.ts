/** The package feedsmith as a reader of the three formats. */
import { decodeHTML } from "entities";
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from "feedsmith";
import { instant, type ReadFeed } from "./read-feed.ts";

export function feedsmithRss(document: string): ReadFeed {
  const { title, description, link, language, atom, items = [] } = parseRssFeed(document);
  return {
    title,
    description,
    home: link,
    language,
    self: linkOf(atom?.links, "self"),
    hub: linkOf(atom?.links, "hub"),
    previous: linkOf(atom?.links, "prev-archive"),
    items: items.map((item) => ({
      id: item.guid?.value,
      link: item.link,
      title: item.title,
      published: instant(item.pubDate),
      summary: decodeHTML(item.description ?? ""),
      html: item.content?.encoded,
      authors: item.dc?.creators,
      categories: item.categories?.map(({ name }) => name),
      enclosures: item.enclosures?.map(({ url }) => url) ?? [],
      image: item.media?.contents?.[0]?.url ?? item.media?.thumbnails?.[0]?.url,
      language: item.dc?.languages?.[0] ?? language,
    })),
  };
}

export function feedsmithAtom(document: string): ReadFeed {
  const { title, subtitle, links, xml, entries = [] } = parseAtomFeed(document);
  return {
    title: title?.value,
    description: subtitle?.value,
    home: linkOf(links, "alternate"),
    language: xml?.lang,
    self: linkOf(links, "self"),
    hub: linkOf(links, "hub"),
    previous: linkOf(links, "prev-archive"),
    items: entries.map((entry) => ({
      id: entry.id,
      link: linkOf(entry.links, "alternate"),
      title: entry.title?.value,
      published: instant(entry.published),
      updated: instant(entry.updated),
      summary: entry.summary?.value,
      html: entry.content?.value,
      authors: entry.authors?.map(({ name }) => name),
      categories: entry.categories?.map(({ label }) => label),
      enclosures: entry.links?.filter(({ rel }) => rel === "enclosure").map(({ href }) => href),
      language: entry.title?.xml?.lang ?? xml?.lang,
    })),
  };
}

export function feedsmithJson(document: string): ReadFeed {
  const {
    title,
    description,
    home_page_url: home,
    feed_url: self,
    next_url: previous,
    hubs,
    language,
    items = [],
  } = parseJsonFeed(document);
  return {
    title,
    description,
    home,
    language,
    self,
    hub: hubs?.find(({ type }) => type === "WebSub")?.url,
    previous,
    items: items.map((item) => ({
      id: item.id,
      link: item.url,
      title: item.title,
      published: instant(item.date_published),
      updated: instant(item.date_modified),
      summary: item.summary,
      html: item.content_html,
      authors: item.authors?.map(({ name }) => name),
      categories: item.tags,
      enclosures: item.attachments?.map(({ url }) => url) ?? [],
      image: item.image,
      language: item.language,
    })),
  };
}

/** The address of the link with this relation, alternate where a link has none. */
function linkOf(
  links: { rel?: string | undefined; href?: string | undefined }[] | undefined,
  rel: string,
): string | undefined {
  return links?.find((link) => (link.rel ?? "alternate") === rel)?.href;
}
