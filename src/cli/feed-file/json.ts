/** JSON Feed 1.0 and 1.1 → items. Pure. */
import { type AnyFeed, parseJsonFeed } from "feedsmith";
import { isMembers, type Members } from "../../upload/fields/members.ts";
import { visibilityMembers } from "../../upload/fields/read-visibility.ts";
import { readEach, UnreadableItem } from "./each-item.ts";
import { type FeedItem, firstNonEmpty, resolveUrl, nonEmpty } from "./item.ts";
import { filesOf } from "./parts/item-files.ts";
import { peopleOf } from "./parts/people.ts";
import { textReader } from "./parts/plain-text.ts";

type JsonFeed = Extract<AnyFeed, { format: "json" }>["feed"];
type JsonItem = NonNullable<JsonFeed["items"]>[number];
type Found = { item: JsonItem; written: Members };

// JSON Feed doesn't name the software that made it: all texts are decoded.
const read = textReader(false);

/**
 * Reads the items of a feed.
 * @param feed as feedsmith parsed it
 * @param text the feed's JSON: the parser drops the members by which other systems say who may see an item
 */
export function jsonItems(feed: JsonFeed, text: string): FeedItem[] {
  const home = resolveUrl(feed.home_page_url, undefined) ?? resolveUrl(feed.feed_url, undefined);
  return readEach(
    itemsIn(text),
    ({ item }) => firstNonEmpty(item.id),
    (found) => itemFrom(found, feed, home),
  );
}

function itemFrom({ item, written }: Found, feed: JsonFeed, home: string | undefined): FeedItem {
  if (isRounded(written["id"])) {
    throw new UnreadableItem(
      "The item’s id is a number of so many digits that it isn’t kept exactly: two would be one.",
    );
  }
  const base = resolveUrl(read(item.url ?? ""), home) ?? home;
  const addressOf = (url: string): string => resolveUrl(read(url), base) ?? url;
  const title = firstNonEmpty(read(item.title ?? ""));
  const content = contentOf(item);
  const people = peopleOf(
    (item.authors ?? feed.authors ?? []).map(({ name, url }) => ({
      name,
      url: nonEmpty([url]).map(addressOf)[0],
    })),
    read,
  );
  const files = filesOf(
    {
      pictures: [item.image, item.banner_image],
      enclosures: (item.attachments ?? []).map(({ url, mime_type, size_in_bytes, title: name }) => ({
        url,
        type: mime_type,
        length: size_in_bytes,
        title: name === undefined ? undefined : read(name),
      })),
      media: undefined,
      icons: [],
    },
    addressOf,
    { title, content, read },
  );
  return {
    id: firstNonEmpty(item.id),
    title,
    content,
    summary: firstNonEmpty(read(item.summary ?? "")),
    date: firstNonEmpty(item.date_published, item.date_modified),
    expires: expiryOf(written),
    signs: signsOf(written),
    ...sectionsOf(written),
    categories: nonEmpty(item.tags).map(read),
    shortTitle: textOf(written["short_title"]),
    authors: people.authors,
    language: firstNonEmpty(item.language, feed.language),
    image: files.image,
    enclosures: files.enclosures,
    base,
    warnings: [...people.warnings, ...files.warnings],
  };
}

/** Whether JSON.parse has rounded a number. */
function isRounded(id: unknown): boolean {
  return typeof id === "number" && Math.abs(id) > Number.MAX_SAFE_INTEGER;
}

/** The items in which the parser finds something, each beside its JSON. */
function itemsIn(text: string): Found[] {
  const document: unknown = JSON.parse(text);
  const items: unknown = isMembers(document) ? document["items"] : [];
  return [items].flat().flatMap((written: unknown) => {
    if (!isMembers(written)) return [];
    const [item] = parseJsonFeed({ ...FEED, items: [written] }).items ?? [];
    return item === undefined ? [] : [{ item, written }];
  });
}

// The members that the parser requires of a feed.
const FEED = { version: "https://jsonfeed.org/version/1.1", title: "One item" };

function contentOf({ content_html, content_text }: JsonItem): FeedItem["content"] {
  const html = firstNonEmpty(content_html);
  const text = firstNonEmpty(content_text);
  if (html !== undefined) return { html };
  return text === undefined ? undefined : { text };
}

/**
 * The values of `expires`. The case of the name is ignored, as feedsmith does; a value that is no text is refused as a
 * time.
 */
function expiryOf(written: Members): string[] {
  return nonEmpty(
    Object.entries(written).map(([key, value]) => {
      if (key.toLowerCase() !== "expires" || value === null) return undefined;
      return typeof value === "string" ? value : JSON.stringify(value);
    }),
  );
}

/** Dateline's own member; without it the tags count. */
function sectionsOf({ sections }: Members): Pick<FeedItem, "sections"> {
  return Array.isArray(sections) ? { sections: nonEmpty(sections.map(textOf)).map(read) } : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? firstNonEmpty(read(value)) : undefined;
}

function signsOf(written: Members): Members {
  const signs = visibilityMembers(written);
  if (Object.values(signs).some((value) => isDeeper(value, MAX_DEPTH))) {
    throw new UnreadableItem("The item says who may see it in members that are nested too deeply.");
  }
  return signs;
}

// No system nests a sign more than twice; everything that writes or reads one can take this depth.
const MAX_DEPTH = 20;

function isDeeper(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return depth === 0 || Object.values(value).some((member) => isDeeper(member, depth - 1));
}
