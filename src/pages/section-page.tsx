/** A section's page. Pure. */
import type { FeedId } from "../article/feed-id.ts";
import type { Site } from "../article/site.ts";
import { feedPath } from "../feed/addresses.ts";
import type { FeedDocument } from "../feed/document.ts";
import { FORMATS } from "../render/formats.ts";
import { Headlines } from "./headlines.tsx";
import { renderPage } from "./layout.tsx";

/**
 * @param title of the section alone
 * @param document of the section's feed
 */
export function sectionPage(site: Site, feed: FeedId, title: string, document: FeedDocument): string {
  return renderPage({
    site,
    title: document.title,
    description: document.description,
    language: document.language,
    feed,
    feedTitle: document.title,
    canonical: document.homeUrl,
    children: (
      <>
        <h1 dir="auto">{title}</h1>
        <p class="faint" dir="auto">
          {document.description}
        </p>
        <nav aria-label="Feeds of this section">
          <ul>
            {FORMATS.map(({ format, name }) => (
              <li>
                <a href={feedPath(feed, format)}>{name}</a>
              </li>
            ))}
          </ul>
        </nav>
        <Headlines items={document.items} />
      </>
    ),
  });
}
