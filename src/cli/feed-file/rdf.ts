/** RSS 1.0 → items. Pure. */
import type { AnyFeed } from "feedsmith";
import { bodyAndSummary } from "./parts/description.ts";
import { baseOf, datesOf, homeOf, textIn } from "./parts/rss-fields.ts";
import { readEach } from "./each-item.ts";
import { type FeedItem, firstNonEmpty, resolveUrl, nonEmpty } from "./item.ts";
import { filesOf } from "./parts/item-files.ts";
import { personsNamed, peopleOf } from "./parts/people.ts";
import { textReader } from "./parts/plain-text.ts";

type RdfFeed = Extract<AnyFeed, { format: "rdf" }>["feed"];
type RdfItem = NonNullable<RdfFeed["items"]>[number];

/** Reads the items of a feed that feedsmith parsed. An item's id is its address; most of the rest is Dublin Core. */
export function rdfItems(feed: RdfFeed): FeedItem[] {
  const read = textReader(false);
  const home = homeOf(feed, read);
  const idOf = ({ rdf, link }: RdfItem): string | undefined =>
    firstNonEmpty(rdf?.about, resolveUrl(link, home));
  return readEach(feed.items ?? [], idOf, (item) => {
    const base = baseOf(item, home, read);
    const title = textIn(read, item.title, item.dc?.titles?.[0]);
    const { content, summary } = bodyAndSummary({
      encoded: item.content?.encoded,
      description: firstNonEmpty(item.description, item.dc?.descriptions?.[0]),
      others: [],
    });
    const people = peopleOf(
      personsNamed([...(item.dc?.creators ?? []), ...(item.dcterms?.creators ?? [])]),
      read,
    );
    const files = filesOf(
      { enclosures: [], media: item.media, icons: [] },
      (url) => resolveUrl(read(url), base) ?? url,
      { title, content, read },
    );
    return {
      id: idOf(item),
      title,
      content,
      summary,
      date: firstNonEmpty(...datesOf(item)),
      categories: nonEmpty([...(item.dc?.subjects ?? []), ...(item.dcterms?.subjects ?? [])]).map(read),
      authors: people.authors,
      language: firstNonEmpty(item.dc?.languages?.[0], item.dcterms?.languages?.[0], feed.dc?.languages?.[0]),
      image: files.image,
      enclosures: files.enclosures,
      base,
      warnings: [...people.warnings, ...files.warnings],
    };
  });
}
