/** FeedDocument → Atom 1.0 (RFC 4287), archived by RFC 5005, with the tombstones of RFC 6721. Pure. */
import { dateOf, formatInstant } from "../article/instant.ts";
import { Feed } from "feed";
import type { Attachment, Person } from "../article/article.ts";
import type { DeletedEntry, FeedDocument, FeedItem } from "../feed/document.ts";
import { declarations, element, optionalElement } from "./elements.ts";
import { GENERATOR } from "./generator.ts";
import { historyElements } from "./history.ts";
import { pictureEnclosure } from "./media.ts";
import { escapeAttribute } from "./escape.ts";
import { Slots } from "./slots.ts";

/**
 * Renders a feed by RFC 4287, its links to its archive by RFC 5005, section 4, its deleted entries by RFC 6721, and its hub by
 * WebSub, section 4.
 */
export function renderAtom(document: FeedDocument): string {
  const slots = new Slots();
  const further = [historyElements(document.paging, "atom"), ...document.deleted.map(deletedEntry)].join("");
  const feed = new Feed({
    id: document.id,
    title: slots.text(document.title),
    link: document.homeUrl,
    description: slots.text(document.description),
    updated: dateOf(document.updated),
    feedLinks: { atom: document.self.atom },
    ...(document.hub !== undefined && { hub: document.hub }),
    generator: GENERATOR,
    author: author(document.publisher, slots),
    ...(document.image !== undefined && { image: slots.text(document.image) }),
    ...(document.icon !== undefined && { favicon: slots.text(document.icon) }),
    ...(further !== "" && { copyright: slots.elements(further) }),
  });
  for (const item of document.items) addEntry(feed, item, document, slots);
  const root = `<feed xmlns="http://www.w3.org/2005/Atom"${declarations(further)} xml:lang="${escapeAttribute(document.language)}">`;
  return slots.fill(feed.atom1()).replace(/<feed [^>]*>/, root);
}

function addEntry(
  feed: Feed,
  item: FeedItem,
  { language, publisher, content }: FeedDocument,
  slots: Slots,
): void {
  const lang = item.language === language ? "" : ` xml:lang="${escapeAttribute(item.language)}"`;
  // An entry without content has a summary (section 4.1.1.1 speaks of such entries).
  const summary = content === "full" ? item.summary : (item.summary ?? item.description);
  const authors = item.authors.length > 0 ? item.authors : [publisher];
  const picture = item.image && pictureEnclosure(item.image);
  // Software that takes one enclosure takes the first: what is to be heard or read goes before what is to be seen.
  const files = picture === undefined ? item.attachments : [...item.attachments, picture];
  feed.addItem({
    // A text construct of type text: `Vec<T>` and `R&D` reach the reader as they are (section 3.1.1.1).
    title: slots.text(item.title, lang),
    id: item.iri ?? item.id,
    link: item.url,
    date: dateOf(item.updated),
    published: dateOf(item.published),
    ...(summary !== undefined && { description: slots.text(summary, lang) }),
    ...(content === "full" && { content: slots.html(item.html, ` type="html"${lang}`) }),
    author: authors.map((person) => author(person, slots)),
    category: item.categories.map(({ term, label, scheme }) => ({
      term: slots.text(term),
      name: slots.text(label),
      ...(scheme !== undefined && { scheme }),
    })),
    // The package invents the media types of its own enclosures.
    ...(files.length > 0 && {
      copyright: slots.elements(files.map(enclosure).join("")),
    }),
  });
}

function author({ name, url }: Person, slots: Slots): { name: string; link?: string } {
  return { name: slots.text(name), ...(url !== undefined && { link: url }) };
}

function enclosure({ url, type, length, title }: Attachment): string {
  return element("link", { rel: "enclosure", href: url, type, length, title });
}

/** A tombstone (RFC 6721, section 3): the id of the removed entry, when it was removed, and why. */
function deletedEntry({ id, iri, when, reason }: DeletedEntry): string {
  return element(
    "at:deleted-entry",
    { ref: iri ?? id, when: formatInstant(when) },
    optionalElement("at:comment", reason),
  );
}
