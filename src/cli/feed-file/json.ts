/** JSON Feed 1.0 and 1.1 → items. Pure. */
import { type AnyFeed, parseJsonFeed } from "feedsmith";
import { isMembers, type Members } from "../../upload/fields/members.ts";
import { visibilityKeys } from "../../upload/fields/read-visibility.ts";
import { enclosuresOf } from "./enclosures.ts";
import { type FeedItem, firstTold, resolved, told } from "./item.ts";
import { peopleOf } from "./people.ts";
import { textReader } from "./plain-text.ts";

type JsonFeed = Extract<AnyFeed, { format: "json" }>["feed"];
type JsonItem = NonNullable<JsonFeed["items"]>[number];

/**
 * @param feed what the parser knows of the feed
 * @param text the same as it is written: the parser drops the members by which other systems say who may see an item
 */
export function jsonItems(feed: JsonFeed, text: string): FeedItem[] {
  // JSON Feed doesn't say what made it: its texts are decoded, whoever wrote them.
  const read = textReader(false);
  const addressIn = (url: string | undefined, base: string | undefined): string | undefined =>
    firstTold(url) === undefined ? undefined : (resolved(read(url ?? ""), base) ?? firstTold(url));
  const home = resolved(feed.home_page_url, undefined) ?? resolved(feed.feed_url, undefined);
  return itemsIn(text).map(({ item, written }) => {
    const base = resolved(read(item.url ?? ""), home) ?? home;
    const image = addressIn(firstTold(item.image, item.banner_image), base);
    const people = peopleOf(
      (item.authors ?? feed.authors ?? []).map(({ name, url }) => ({ name, url: addressIn(url, base) })),
      read,
    );
    const files = enclosuresOf(
      (item.attachments ?? []).map(({ url, mime_type, size_in_bytes, title }) => ({
        url,
        type: mime_type,
        length: size_in_bytes,
        title: title === undefined ? undefined : read(title),
      })),
      (url) => addressIn(url, base) ?? url,
      undefined,
    );
    return {
      id: firstTold(item.id),
      title: firstTold(read(item.title ?? "")),
      content: contentOf(item),
      summary: firstTold(read(item.summary ?? "")),
      date: firstTold(item.date_published, item.date_modified),
      expires: typeof written["expires"] === "string" ? firstTold(written["expires"]) : undefined,
      signs: Object.fromEntries(visibilityKeys(written).map((key) => [key, written[key]])),
      categories: told(item.tags).map(read),
      authors: people.authors,
      language: firstTold(item.language, feed.language),
      image: image === undefined ? undefined : { url: image },
      enclosures: files.enclosures,
      base,
      warnings: [...people.warnings, ...files.warnings],
    };
  });
}

/** Each item of which the parser knows something, beside what was written. */
function itemsIn(text: string): { item: JsonItem; written: Members }[] {
  const document: unknown = JSON.parse(text);
  const items: unknown = isMembers(document) ? document["items"] : [];
  return [items].flat().flatMap((written: unknown) => {
    if (!isMembers(written)) return [];
    const [item] = parseJsonFeed({ ...FEED, items: [written] }).items ?? [];
    return item === undefined ? [] : [{ item, written }];
  });
}

// What the parser wants of a feed.
const FEED = { version: "https://jsonfeed.org/version/1.1", title: "One item" };

function contentOf({ content_html, content_text }: JsonItem): FeedItem["content"] {
  const html = firstTold(content_html);
  const text = firstTold(content_text);
  if (html !== undefined) return { html };
  return text === undefined ? undefined : { text };
}
