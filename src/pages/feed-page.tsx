/** The page that a person sees at a feed's address in a browser. Pure. */
import type { FeedId } from "../article/feed-id.ts";
import type { Site } from "../article/site.ts";
import type { FeedDocument, FeedFormat } from "../feed/document.ts";
import type { Format } from "../render/formats.ts";
import { Headlines } from "./parts/headlines.tsx";
import { renderPage } from "./parts/layout.tsx";

/**
 * The page of a feed, or of an archive page.
 * @param format the format whose address was opened
 */
export function feedPage(
  site: Site,
  feed: FeedId,
  { format, name }: Pick<Format, "format" | "name">,
  document: FeedDocument,
): string {
  const { title, description, language, items, paging, self } = document;
  const heading = `${title} – ${paging.isArchive ? `${name} archive` : name}`;
  const { search } = new URL(self[format]);
  return renderPage({
    site,
    title: heading,
    description,
    language,
    offered: [{ feed, title }],
    canonical: document.homeUrl,
    children: (
      <>
        <h1 dir="auto">{heading}</h1>
        <div class="note">
          <p>
            {paging.isArchive
              ? `This is an archive page of a feed in the format ${name}. To subscribe to the feed, copy its address into a feed reader.`
              : `This is a feed in the format ${name}. Copy its address into a feed reader, which then shows you new articles by itself.`}
          </p>
          <p>
            <input
              class="address"
              readonly
              value={(paging.current ?? self)[format]}
              aria-label="Address of the feed"
            />
          </p>
          <p>
            <a href={document.homeUrl}>The web page</a> ·{" "}
            <a href={search === "" ? "?raw" : `${search}&raw`}>The feed’s source</a>
          </p>
        </div>
        <Headlines items={items} timeZone={site.timeZone} />
        <Older paging={paging} format={format} />
      </>
    ),
  });
}

/** Links to the next older and the next newer archive page. */
function Older({
  paging: { previous, next },
  format,
}: Pick<FeedDocument, "paging"> & { format: FeedFormat }) {
  if (previous === undefined && next === undefined) return <></>;
  return (
    <nav aria-label="Archive">
      <ul>
        {next !== undefined && (
          <li>
            <a href={next[format]} rel="next-archive">
              Newer articles
            </a>
          </li>
        )}
        {previous !== undefined && (
          <li>
            <a href={previous[format]} rel="prev-archive">
              Older articles
            </a>
          </li>
        )}
      </ul>
    </nav>
  );
}
