/** A page of the archive of the site or of a topic. Pure. */
import type { FeedId } from "../article/feed-id.ts";
import { directionOf } from "../article/language.ts";
import type { Site } from "../article/site.ts";
import { archivePath, homePath } from "../feed/addresses.ts";
import type { FeedDocument } from "../feed/document.ts";
import type { ArchivePageId } from "../feed/feed.ts";
import { wordsFor } from "../words/words.ts";
import { Headlines } from "./parts/headlines.tsx";
import { renderPage } from "./parts/layout.tsx";
import type { Navigation } from "./parts/navigation.ts";
import { said } from "./parts/said.tsx";

export type Archive = {
  feed: FeedId;
  /** The title of what it is the archive of, without the site's; the site's own for the whole site. */
  title: string;
  /** The name of the page: `7`, `7.12`, `politics-7`. */
  page: string;
  document: FeedDocument;
  older: ArchivePageId | undefined;
  /** Undefined where no page after this one is full: the front page, or the topic's page, has what is newer. */
  newer: ArchivePageId | undefined;
  navigation: Navigation;
};

/** An archive page for people. */
export function archivePageOf(
  site: Site,
  { feed, title, page, document, older, newer, navigation }: Archive,
): string {
  const { language, items } = document;
  const words = wordsFor(language, site.language);
  // How many articles have come onto a page that still takes some is part of its address alone.
  const heading = words.archivePage(page.replace(/\.\d+$/, ""));
  return renderPage({
    site,
    title: `${heading} – ${document.title}`,
    description: document.description,
    language,
    offered: [{ feed, title: document.title }],
    canonical: `${site.url}${archivePath({ feed, page })}`,
    navigation,
    children: (
      <div class="list">
        <div class="heading">
          <p class="kicker" dir="auto">
            <a href={homePath(feed)}>{title}</a>
          </p>
          <h1>{said(words, language, heading)}</h1>
        </div>
        {items.length === 0 && <p class="nothing">{said(words, language, words.nothingPublished)}</p>}
        <Headlines items={items} timeZone={site.timeZone} hasKickers={!feed.startsWith("section:")} />
        <nav class="pages" aria-label={words.archive} lang={words.language} dir={directionOf(words.language)}>
          <ul>
            <li>
              <a href={newer === undefined ? homePath(feed) : archivePath(newer)} rel="prev">
                {words.newerArticles}
              </a>
            </li>
            {older !== undefined && (
              <li>
                <a href={archivePath(older)} rel="next">
                  {words.olderArticles}
                </a>
              </li>
            )}
          </ul>
        </nav>
      </div>
    ),
  });
}
