/** What a person sees who opens a feed's address in a browser. Pure. */
import type { FeedId } from "../article/feed-id.ts";
import type { Site } from "../article/site.ts";
import type { FeedDocument } from "../feed/document.ts";
import type { Format } from "../render/formats.ts";
import { Headlines } from "./headlines.tsx";
import { renderPage } from "./layout.tsx";

/** @param format the one whose address was opened */
export function feedPage(site: Site, feed: FeedId, format: Format, document: FeedDocument): string {
  const { title, description, language, items } = document;
  const heading = `${title} – ${format.name}`;
  return renderPage({
    site,
    title: heading,
    description,
    language,
    feed,
    feedTitle: title,
    canonical: document.homeUrl,
    children: (
      <>
        <h1 dir="auto">{heading}</h1>
        <div class="note">
          <p>
            This is the address of a feed in the format {format.name}. A feed reader that subscribes to it
            shows new articles by itself: copy the address into yours.
          </p>
          <p>
            <input
              class="address"
              readonly
              value={document.self[format.format]}
              aria-label="Address of the feed"
            />
          </p>
          <p>
            <a href={document.homeUrl}>The page for people</a> · <a href="?raw">The feed’s source</a>
          </p>
        </div>
        <Headlines items={items} />
      </>
    ),
  });
}
