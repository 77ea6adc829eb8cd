/** FeedDocument → RSS 2.0, with atom, content and dc elements. Pure. */
import { Feed } from "feed";
import type { FeedDocument, FeedItem } from "../feed/document.ts";
import { GENERATOR } from "./generator.ts";
import { Slots } from "./slots.ts";

const ROOT = `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">`;

/** Renders a feed by the RSS 2.0 specification and the RSS Advisory Board's Best Practices Profile. */
export function renderRss(document: FeedDocument): string {
  const slots = new Slots();
  const feed = new Feed({
    title: slots.text(document.title),
    link: document.homeUrl,
    description: slots.text(document.description),
    language: document.language,
    ttl: document.ttl,
    updated: new Date(document.updated),
    feedLinks: { rss: document.self.rss },
    generator: GENERATOR,
    ...(document.image !== undefined && { image: document.image }),
  });
  for (const item of document.items) addItem(feed, item, document.publisher.name, slots);
  return slots.fill(feed.rss2()).replace(/<rss [^>]*>/, ROOT);
}

function addItem(feed: Feed, item: FeedItem, publisher: string, slots: Slots): void {
  // The profile allows one enclosure an item.
  const [attachment] = item.attachments;
  // About half of all readers garble a second dc:creator: the names stand in one.
  const creator = item.authors.map(({ name }) => name).join(", ") || publisher;
  feed.addItem({
    title: slots.text(item.title),
    link: item.url,
    guid: slots.text(item.id),
    date: new Date(item.updated),
    published: new Date(item.published),
    description: slots.textAsHtml(item.description),
    content: slots.html(item.html),
    category: item.categories.map(({ label, scheme }) => ({
      name: slots.text(label),
      ...(scheme !== undefined && { domain: slots.text(scheme) }),
    })),
    ...(attachment !== undefined && {
      enclosure: {
        url: attachment.url,
        type: slots.text(attachment.type),
        length: attachment.length ?? 0,
      },
    }),
    extensions: [{ name: "dc:creator", objects: { _text: slots.text(creator) } }],
  });
}
