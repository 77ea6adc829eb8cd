/** Atom 0.3 and 1.0 → items. Pure. */
import type { AnyFeed } from "feedsmith";
import { textOf } from "./html.ts";
import { type FeedItem, firstTold, imageAt, resolved, told } from "./item.ts";

type AtomFeed = Extract<AnyFeed, { format: "atom" }>["feed"];
type AtomEntry = NonNullable<AtomFeed["entries"]>[number];
type Text = { value?: string | undefined; type?: string | undefined };
type Link = NonNullable<AtomEntry["links"]>[number];

export function atomItems(feed: AtomFeed): FeedItem[] {
  const home = resolved(feed.xml?.base, undefined) ?? resolved(linkOf(feed.links), undefined);
  return (feed.entries ?? []).map((entry) => {
    // xml:base is relative to the one around it (XML Base, section 4); without any, the entry's page is the base.
    const around = resolved(entry.xml?.base, home) ?? home;
    const link = resolved(linkOf(entry.links), around);
    const isBased = feed.xml?.base !== undefined || entry.xml?.base !== undefined;
    const outer = isBased ? around : (link ?? around);
    const base = resolved(entry.content?.xml?.base, outer) ?? outer;
    const enclosures = (entry.links ?? []).filter(({ rel }) => rel === "enclosure");
    const image = enclosures.find(({ type }) => type?.startsWith("image/"))?.href;
    return {
      id: firstTold(entry.id),
      title: plain(entry.title),
      content: contentOf(entry),
      summary: summaryOf(entry),
      date: firstTold(entry.published, entry.updated, entry.dc?.dates?.[0]),
      categories: told((entry.categories ?? []).map(({ label, term }) => label ?? term)),
      // An entry without an author has the feed's (RFC 4287, section 4.1.2).
      authors: (entry.authors ?? entry.source?.authors ?? feed.authors ?? []).flatMap(({ name, uri }) => {
        const known = firstTold(name);
        return known === undefined ? [] : [{ name: known, url: resolved(uri, around) }];
      }),
      language: firstTold(entry.content?.xml?.lang, entry.xml?.lang, feed.xml?.lang),
      image: imageAt(resolved(image, around)),
      enclosures: enclosures.flatMap(({ href, type, length, title }) =>
        href === undefined || type === undefined || href === image
          ? []
          : [{ url: href, type, length, title }],
      ),
      base,
      warnings: [],
    };
  });
}

function linkOf(links: readonly Link[] | undefined): string | undefined {
  return links?.find(({ rel }) => rel === undefined || rel === "alternate")?.href;
}

function hasContent({ content }: AtomEntry): boolean {
  return firstTold(content?.value) !== undefined;
}

/** The summary is the body when there is no content. */
function contentOf(entry: AtomEntry): FeedItem["content"] {
  const body = hasContent(entry) ? entry.content : entry.summary;
  const value = firstTold(body?.value);
  if (value === undefined) return undefined;
  return isMarkup(body) ? { html: value } : { text: value };
}

function summaryOf(entry: AtomEntry): string | undefined {
  return hasContent(entry) ? plain(entry.summary) : undefined;
}

function plain(text: Text | undefined): string | undefined {
  const value = text?.value ?? "";
  return firstTold(isMarkup(text) ? textOf(value) : value);
}

/** RFC 4287, section 3.1.1: html and xhtml are markup, text is the default; other media types name themselves. */
function isMarkup(text: Text | undefined): boolean {
  const type = text?.type?.toLowerCase() ?? "text";
  return ["html", "xhtml", "text/html", "application/xhtml+xml"].includes(type);
}
