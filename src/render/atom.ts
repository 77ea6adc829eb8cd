/** FeedDocument → Atom 1.0 (RFC 4287), with the tombstones of RFC 6721. Pure. */
import { Feed } from "feed";
import type { Attachment, Person } from "../article/article.ts";
import type { DeletedEntry, FeedDocument, FeedItem } from "../feed/document.ts";
import { GENERATOR } from "./generator.ts";
import { escapeXml, Slots } from "./slots.ts";

const TOMBSTONES = ' xmlns:at="http://purl.org/atompub/tombstones/1.0"';

/** Renders a feed by RFC 4287; its deleted entries by RFC 6721. */
export function renderAtom(document: FeedDocument): string {
  const slots = new Slots();
  const hasDeleted = document.deleted.length > 0;
  const feed = new Feed({
    id: document.id,
    title: slots.text(document.title),
    link: document.homeUrl,
    description: slots.text(document.description),
    updated: new Date(document.updated),
    feedLinks: { atom: document.self.atom },
    generator: GENERATOR,
    author: author(document.publisher, slots),
    ...(document.image !== undefined && { image: slots.text(document.image) }),
    ...(document.icon !== undefined && { favicon: slots.text(document.icon) }),
    ...(hasDeleted && { copyright: slots.elements(document.deleted.map(deletedEntry).join("")) }),
  });
  for (const item of document.items) addEntry(feed, item, document, slots);
  const root = `<feed xmlns="http://www.w3.org/2005/Atom"${hasDeleted ? TOMBSTONES : ""} xml:lang="${escapeXml(document.language)}">`;
  return slots.fill(feed.atom1()).replace(/<feed [^>]*>/, root);
}

function addEntry(feed: Feed, item: FeedItem, { language, publisher }: FeedDocument, slots: Slots): void {
  const lang = item.language === language ? "" : ` xml:lang="${escapeXml(item.language)}"`;
  const authors = item.authors.length > 0 ? item.authors : [publisher];
  feed.addItem({
    // A text construct of type text: `Vec<T>` and `R&D` reach the reader as they are (section 3.1.1.1).
    title: slots.text(item.title, lang),
    id: item.iri ?? item.id,
    link: item.url,
    date: new Date(item.updated),
    published: new Date(item.published),
    ...(item.summary !== undefined && { description: slots.text(item.summary, lang) }),
    content: slots.html(item.html, ` type="html"${lang}`),
    author: authors.map((person) => author(person, slots)),
    category: item.categories.map(({ term, label, scheme }) => ({
      term: slots.text(term),
      name: slots.text(label),
      ...(scheme !== undefined && { scheme }),
    })),
    // The package's own enclosures make up their media types.
    ...(item.attachments.length > 0 && {
      copyright: slots.elements(item.attachments.map(enclosure).join("")),
    }),
  });
}

function author({ name, url }: Person, slots: Slots): { name: string; link?: string } {
  return { name: slots.text(name), ...(url !== undefined && { link: url }) };
}

function enclosure({ url, type, length, title }: Attachment): string {
  const attributes = { rel: "enclosure", href: url, type, length, title };
  const markup = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`);
  return `\n<link${markup.join("")}/>`;
}

/** RFC 6721, section 3: the entry with this id was removed at that time, and why. */
function deletedEntry({ id, when, reason }: DeletedEntry): string {
  const attributes = `ref="${escapeXml(id)}" when="${new Date(when).toISOString()}"`;
  return reason === undefined
    ? `\n<at:deleted-entry ${attributes}/>`
    : `\n<at:deleted-entry ${attributes}><at:comment>${escapeXml(reason)}</at:comment></at:deleted-entry>`;
}
