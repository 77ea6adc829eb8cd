/** The page of a section, an author, a tag, or a feed of the owner's. Pure. */
import { type FeedId, type FeedKind, topicOf } from "../article/feed-id.ts";
import type { Site } from "../article/site.ts";
import { feedPath } from "../feed/addresses.ts";
import type { FeedDocument } from "../feed/document.ts";
import { FORMATS } from "../render/formats.ts";
import { Headlines } from "./parts/headlines.tsx";
import { renderPage } from "./parts/layout.tsx";

const KIND_NAMES: Record<FeedKind, string> = {
  section: "section",
  feed: "topic",
  author: "author",
  tag: "tag",
};

/**
 * A topic's page.
 * @param title of the topic, without the site's
 * @param document of its feed
 */
export function topicPage(site: Site, feed: FeedId, title: string, document: FeedDocument): string {
  const kind = topicOf(feed)?.kind ?? "feed";
  const { language } = document;
  return renderPage({
    site,
    title: document.title,
    description: document.description,
    language,
    offered: [{ feed, title: document.title }],
    canonical: document.homeUrl,
    children: (
      <>
        <h1 dir="auto">{title}</h1>
        <p class="faint" dir="auto">
          {document.description}
        </p>
        <nav aria-label={`Feeds of this ${KIND_NAMES[kind]}`}>
          <ul>
            {FORMATS.map(({ format, name }) => (
              <li>
                <a href={feedPath(feed, format)}>{name}</a>
              </li>
            ))}
          </ul>
        </nav>
        <Headlines items={document.items} timeZone={site.timeZone} />
      </>
    ),
  });
}
