/** Renders a feed as JSON Feed 1.1. Pure. */
import { dateOf } from "../article/instant.ts";
import { type Extension, Feed } from "feed";
import { withoutForbidden } from "../article/characters.ts";
import type { Attachment, Person } from "../article/article.ts";
import type { FeedDocument, FeedItem } from "../feed/document.ts";
import { pageFile } from "../feed/picture.ts";

/** Renders a feed by JSON Feed 1.1; `author` stands beside `authors` for readers that know version 1 only. */
export function renderJson(document: FeedDocument): string {
  const { self, paging } = document;
  const feed = new Feed({
    title: withoutForbidden(document.title),
    link: document.homeUrl,
    description: withoutForbidden(document.description),
    feedLinks: { json: self.json },
    author: author(document.publisher),
  });
  const additions = {
    version: "https://jsonfeed.org/version/1.1",
    // The archive page with older articles. A link to the document itself would send a reader round for ever.
    next_url: paging.previous?.json === self.json ? undefined : paging.previous?.json,
    language: document.language,
    icon: document.icon,
    favicon: document.favicon,
    authors: [named(document.publisher)],
    hubs: document.hub === undefined ? undefined : [{ type: "WebSub", url: document.hub }],
  };
  for (const extension of extensions(additions)) feed.addExtension(extension);
  for (const item of document.items) addItem(feed, item, document);
  return feed.json1();
}

function addItem(feed: Feed, item: FeedItem, { content }: FeedDocument): void {
  const { image } = item;
  const summary = item.summary === undefined ? undefined : withoutForbidden(item.summary);
  feed.addItem({
    id: item.id,
    link: item.url,
    title: withoutForbidden(item.title),
    date: dateOf(item.updated),
    published: dateOf(item.published),
    ...(content === "full" && { content: withoutForbidden(item.html) }),
    category: item.categories.map(({ label }) => ({ name: withoutForbidden(label) })),
    ...(summary !== undefined && { description: summary }),
    ...(image !== undefined && { image: pageFile(image).url }),
    ...(item.authors.length > 0 && { author: item.authors.map(author) }),
    extensions: extensions({
      authors: item.authors.length > 0 ? item.authors.map(named) : undefined,
      language: item.language,
      // "image" is what a list shows, "banner_image" what stands large above the text.
      banner_image: image?.media === undefined ? undefined : image.url,
      // An item has content_html or content_text. The package writes a summary without a body as HTML.
      ...(content === "summary" && {
        content_html: undefined,
        content_text: withoutForbidden(item.description),
        summary,
      }),
      attachments: item.attachments.length > 0 ? item.attachments.map(attachment) : undefined,
    }),
  });
}

function named({ name, url }: Person): Person {
  return { name: withoutForbidden(name), url };
}

/** A person as the package takes it. */
function author(person: Person): { name: string; link?: string } {
  const { name, url } = named(person);
  return { name, ...(url !== undefined && { link: url }) };
}

function attachment({ url, type, length, title }: Attachment): Record<string, unknown> {
  return {
    url,
    mime_type: withoutForbidden(type),
    size_in_bytes: length,
    title: title === undefined ? undefined : withoutForbidden(title),
  };
}

/**
 * Members that the package doesn't know or gets wrong, as extensions: one of the same name replaces the package's own. JSON
 * leaves out a member whose value is undefined.
 */
function extensions(members: Record<string, unknown>): Extension[] {
  // The package writes any JSON value here, but its type admits objects alone.
  return Object.entries(members).map(([name, value]) => ({ name, objects: { toJSON: () => value } }));
}
