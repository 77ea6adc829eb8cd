/** The page that a person sees at a feed's address in a browser. Pure. */
import type { FeedId } from "../article/feed-id.ts";
import { directionOf } from "../article/language.ts";
import type { Site } from "../article/site.ts";
import type { FeedDocument, FeedFormat } from "../feed/document.ts";
import type { Format } from "../render/formats.ts";
import { type Words, wordsFor } from "../words/words.ts";
import { Headlines } from "./parts/headlines.tsx";
import { renderPage } from "./parts/layout.tsx";
import type { Navigation } from "./parts/navigation.ts";

/**
 * The page of a feed, or of an archive page.
 * @param format the format whose address was opened
 */
export function feedPage(
  site: Site,
  feed: FeedId,
  { format, name }: Pick<Format, "format" | "name">,
  document: FeedDocument,
  navigation?: Navigation,
): string {
  const { title, description, language, items, paging, self } = document;
  const words = wordsFor(language, site.language);
  const heading = `${title} – ${paging.isArchive ? words.archiveIn(name) : name}`;
  const { search } = new URL(self[format]);
  return renderPage({
    site,
    title: heading,
    description,
    language,
    offered: [{ feed, title }],
    canonical: document.homeUrl,
    navigation,
    children: (
      <>
        <h1 dir="auto">{heading}</h1>
        <div class="note" lang={words.language} dir={directionOf(words.language)}>
          <p>{paging.isArchive ? words.archiveExplained(name) : words.feedExplained(name)}</p>
          <p>
            <input
              class="address"
              readonly
              value={(paging.current ?? self)[format]}
              dir="ltr"
              aria-label={words.addressOfFeed}
            />
          </p>
          <p>
            <a href={document.homeUrl}>{words.webPage}</a> ·{" "}
            <a href={search === "" ? "?raw" : `${search}&raw`}>{words.sourceOfFeed}</a>
          </p>
        </div>
        <Headlines feed={feed} items={items} timeZone={site.timeZone} />
        <Older words={words} paging={paging} format={format} />
      </>
    ),
  });
}

type OlderProps = Pick<FeedDocument, "paging"> & { words: Words; format: FeedFormat };

/** Links to the next older and the next newer archive page. */
function Older({ words, paging: { previous, next }, format }: OlderProps) {
  if (previous === undefined && next === undefined) return <></>;
  return (
    <nav aria-label={words.archive} lang={words.language} dir={directionOf(words.language)}>
      <ul>
        {next !== undefined && (
          <li>
            <a href={next[format]} rel="next-archive">
              {words.newerArticles}
            </a>
          </li>
        )}
        {previous !== undefined && (
          <li>
            <a href={previous[format]} rel="prev-archive">
              {words.olderArticles}
            </a>
          </li>
        )}
      </ul>
    </nav>
  );
}
