/** The page of a section, an author, a tag, or a feed of the owner's. Pure. */
import type { FeedId } from "../article/feed-id.ts";
import type { Site } from "../article/site.ts";
import { archivePath, feedPath } from "../feed/addresses.ts";
import type { FeedDocument } from "../feed/document.ts";
import type { ArchivePageId } from "../feed/feed.ts";
import { FORMATS } from "../render/formats.ts";
import { wordsFor } from "../words/words.ts";
import { Headlines } from "./parts/headlines.tsx";
import { renderPage } from "./parts/layout.tsx";
import type { Navigation } from "./parts/navigation.ts";
import { foreignLanguage } from "../words/foreign-language.ts";
import { said } from "./parts/said.tsx";

export type Topic = {
  feed: FeedId;
  /** Its title without the site's. */
  title: string;
  document: FeedDocument;
  navigation?: Navigation | undefined;
  /** The newest page of its archive. */
  archive?: ArchivePageId | undefined;
};

/** A topic's page. */
export function topicPage(site: Site, { feed, title, document, navigation, archive }: Topic): string {
  const { language, items } = document;
  const words = wordsFor(language, site.language);
  return renderPage({
    site,
    title: document.title,
    description: document.description,
    language,
    offered: [{ feed, title: document.title }],
    canonical: document.homeUrl,
    navigation,
    current: feed,
    children: (
      <div class="list">
        <div class="heading">
          <h1 dir="auto">{title}</h1>
          <p class="about" dir="auto">
            {document.description}
          </p>
          <nav class="formats" aria-label={words.feedsOf(title)} lang={foreignLanguage(words, language)}>
            <ul>
              {FORMATS.map(({ format, name }) => (
                <li>
                  <a href={feedPath(feed, format)}>{name}</a>
                </li>
              ))}
            </ul>
          </nav>
        </div>
        {items.length === 0 && <p class="nothing">{said(words, language, words.nothingPublished)}</p>}
        <Headlines feed={feed} items={items} timeZone={site.timeZone} />
        {archive !== undefined && hasMore(archive, items.length) && (
          <p class="onward">
            <a href={archivePath(archive)}>{said(words, language, words.archive)}</a>
          </p>
        )}
      </div>
    ),
  });
}

/**
 * Whether an archive may have more articles than the newest of them, which a topic's page shows. The name of its newest page tells:
 * `1.7` is the first, with seven articles. That of a union, `politics-1.7`, tells of one of its sections alone.
 */
function hasMore({ page }: ArchivePageId, shown: number): boolean {
  const [, arrivals] = /^1\.(\d+)$/.exec(page) ?? [];
  return arrivals === undefined || Number(arrivals) > shown;
}
