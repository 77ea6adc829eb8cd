/** Renders a feed as RSS 2.0 in a dialect: further elements that some readers want in the channel and its items. Pure. */
import { dateOf } from "../article/instant.ts";
import { Feed } from "feed";
import type { DeletedEntry, FeedDocument, FeedItem } from "../feed/document.ts";
import { declarations, textElement } from "./elements.ts";
import { GENERATOR } from "./generator.ts";
import { Slots } from "./slots.ts";

const PREFIXES = ["atom", "content", "dc"];

/** Replaces the title and text of a withdrawn article. It is long enough for a title at MSN, which wants 20 characters. */
export const WITHDRAWN = "This article was withdrawn";

export type Dialect = {
  /** Further elements of the channel, before its items. */
  channel?: (document: FeedDocument) => string;
  /** Further elements of an item, at its end. */
  item?: (item: FeedItem) => string;
  /** Further elements of an item that announces a withdrawn article; a dialect without this has no such items. */
  withdrawn?: (entry: DeletedEntry) => string;
  /** Whether descriptions are read as plain text, and not as HTML. */
  isDescriptionPlain?: boolean;
};

/**
 * Renders a feed by the RSS 2.0 specification and the RSS Advisory Board's Best Practices Profile, with its hub by WebSub,
 * section 4.
 */
export function renderDialect(document: FeedDocument, dialect: Dialect): string {
  const slots = new Slots();
  const channel = dialect.channel?.(document) ?? "";
  const feed = new Feed({
    title: slots.text(document.title),
    link: document.homeUrl,
    description: slots.text(document.description),
    language: document.language,
    ttl: document.ttl,
    updated: dateOf(document.updated),
    feedLinks: { rss: document.self.rss },
    ...(document.hub !== undefined && { hub: document.hub }),
    generator: GENERATOR,
    ...(document.image !== undefined && { image: slots.text(document.image) }),
    ...(channel !== "" && { copyright: slots.elements(channel) }),
  });
  const ofItems = document.items.map((item) => addItem(feed, item, document, dialect, slots));
  const ofWithdrawn = document.deleted.map((entry) => addWithdrawn(feed, entry, dialect, slots));
  const namespaces = declarations([channel, ...ofItems, ...ofWithdrawn].join(""), PREFIXES);
  return slots.fill(feed.rss2()).replace(/<rss [^>]*>/, `<rss version="2.0"${namespaces}>`);
}

/** @returns the further elements of the item */
function addItem(
  feed: Feed,
  item: FeedItem,
  { content, language, publisher }: FeedDocument,
  dialect: Dialect,
  slots: Slots,
): string {
  // The Best Practices Profile allows one enclosure an item.
  const [attachment] = item.attachments;
  // About half of all readers garble a second dc:creator, so one has all the names.
  const creator = item.authors.map(({ name }) => name).join(", ") || publisher.name;
  const further = [
    textElement("dc:creator", creator),
    item.language === language ? "" : textElement("dc:language", item.language),
    dialect.item?.(item) ?? "",
  ].join("");
  feed.addItem({
    title: slots.text(item.title),
    link: item.url,
    guid: slots.text(item.id),
    date: dateOf(item.updated),
    published: dateOf(item.published),
    description: dialect.isDescriptionPlain
      ? slots.text(item.description)
      : slots.textAsHtml(item.description),
    ...(content === "full" && { content: slots.html(item.html) }),
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
    extensions: [slots.extension(further)],
  });
  return further;
}

/** Adds an item that says that an article was withdrawn, with none of its words. */
function addWithdrawn(feed: Feed, entry: DeletedEntry, { withdrawn }: Dialect, slots: Slots): string {
  if (withdrawn === undefined) return "";
  const further = withdrawn(entry);
  feed.addItem({
    title: slots.text(WITHDRAWN),
    link: entry.url,
    guid: slots.text(entry.id),
    date: dateOf(entry.when),
    extensions: [slots.extension(further)],
  });
  return further;
}
