/** RSS 0.9x, 1.0 and 2.0 → items. Pure. */
import type { AnyFeed } from "feedsmith";
import { textOf } from "./html.ts";
import { type Enclosure, type FeedItem, firstTold, imageAt, resolved, told } from "./item.ts";

type RssFeed = Extract<AnyFeed, { format: "rss" }>["feed"];
type RssItem = NonNullable<RssFeed["items"]>[number];
type RdfFeed = Extract<AnyFeed, { format: "rdf" }>["feed"];

export function rssItems(feed: RssFeed): FeedItem[] {
  const home = resolved(feed.link, undefined);
  return (feed.items ?? []).map((item) => {
    const link = resolved(item.link, home);
    const base = link ?? home;
    const image = imageOf(item);
    return {
      // Without a guid the link is what readers know the item by.
      id: firstTold(item.guid?.value, link),
      title: firstTold(item.title, item.dc?.titles?.[0]),
      content: contentOf(item),
      summary: summaryOf(item),
      date: firstTold(item.pubDate, item.dc?.dates?.[0], item.dcterms?.created?.[0]),
      categories: told([...(item.categories ?? []).map(({ name }) => name), ...(item.dc?.subjects ?? [])]),
      authors: told([...(item.authors ?? []).map(({ name }) => name), ...(item.dc?.creators ?? [])]).map(
        (name) => ({ name }),
      ),
      language: firstTold(item.dc?.languages?.[0], feed.language, feed.dc?.languages?.[0]),
      image: imageAt(resolved(image, base)),
      enclosures: (item.enclosures ?? []).flatMap(({ url, type, length }): Enclosure[] =>
        url === undefined || url === image || type === undefined ? [] : [{ url, type, length }],
      ),
      base,
      warnings: [],
    };
  });
}

/** RSS 1.0: an item is known by its link, and whatever else it has is Dublin Core. */
export function rdfItems(feed: RdfFeed): FeedItem[] {
  const home = resolved(feed.link, undefined);
  return (feed.items ?? []).map((item) => {
    const link = resolved(item.link, home);
    return {
      id: firstTold(item.rdf?.about, link),
      title: firstTold(item.title, item.dc?.titles?.[0]),
      content: contentOf(item),
      summary: summaryOf(item),
      date: firstTold(item.dc?.dates?.[0], item.dcterms?.created?.[0]),
      categories: told(item.dc?.subjects),
      authors: told(item.dc?.creators).map((name) => ({ name })),
      language: firstTold(item.dc?.languages?.[0], feed.dc?.languages?.[0]),
      image: undefined,
      enclosures: [],
      base: link ?? home,
      warnings: [],
    };
  });
}

type Described = { content?: { encoded?: string }; description?: string };

/** The description is the body when there is no other. */
function contentOf({ content, description }: Described): FeedItem["content"] {
  const html = firstTold(content?.encoded, description);
  return html === undefined ? undefined : { html };
}

/** The description is the summary when there is a body beside it. */
function summaryOf({ content, description }: Described): string | undefined {
  return firstTold(content?.encoded) === undefined ? undefined : firstTold(textOf(description ?? ""));
}

function imageOf({ enclosures = [], media }: RssItem): string | undefined {
  const contents = [
    ...(media?.contents ?? []),
    ...(media?.groups ?? []).flatMap((group) => group.contents ?? []),
  ];
  return firstTold(
    contents.find(({ medium, type }) => medium === "image" || type?.startsWith("image/"))?.url,
    enclosures.find(({ type }) => type?.startsWith("image/"))?.url,
    media?.thumbnails?.[0]?.url,
  );
}
