/** JSON Feed 1.0 and 1.1 → items. Pure. */
import type { AnyFeed } from "feedsmith";
import { type Enclosure, type FeedItem, firstTold, imageAt, resolved, told } from "./item.ts";

type JsonFeed = Extract<AnyFeed, { format: "json" }>["feed"];
type JsonItem = NonNullable<JsonFeed["items"]>[number];

export function jsonItems(feed: JsonFeed): FeedItem[] {
  const home = resolved(feed.home_page_url, undefined) ?? resolved(feed.feed_url, undefined);
  return (feed.items ?? []).map((item) => {
    const base = resolved(item.url, home) ?? home;
    return {
      id: firstTold(item.id),
      title: firstTold(item.title),
      content: contentOf(item),
      summary: firstTold(item.summary),
      date: firstTold(item.date_published, item.date_modified),
      categories: told(item.tags),
      authors: (item.authors ?? feed.authors ?? []).flatMap(({ name, url }) => {
        const known = firstTold(name);
        return known === undefined ? [] : [{ name: known, url: resolved(url, base) }];
      }),
      language: firstTold(item.language, feed.language),
      image: imageAt(resolved(item.image, base)),
      enclosures: (item.attachments ?? []).flatMap(({ url, mime_type, size_in_bytes, title }): Enclosure[] =>
        url === undefined || mime_type === undefined
          ? []
          : [{ url, type: mime_type, length: size_in_bytes, title }],
      ),
      base,
      warnings: [],
    };
  });
}

function contentOf({ content_html, content_text }: JsonItem): FeedItem["content"] {
  const html = firstTold(content_html);
  const text = firstTold(content_text);
  if (html !== undefined) return { html };
  return text === undefined ? undefined : { text };
}
