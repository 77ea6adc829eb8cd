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
  /** The title of the section that has the page, in the archive of a union. */
  section?: string | undefined;
  /** The name of the page in its address: `7`, `7.12`, `politics-7`. */
  page: string;
  number: number;
  document: FeedDocument;
  older: ArchivePageId | undefined;
  /**
   * Undefined where no page after this one is full: a page that still fills has a name that changes. The front page, or the topic's
   * page, has the newest and leads to that page.
   */
  newer: ArchivePageId | undefined;
  navigation: Navigation;
};

/** An archive page for people. */
export function archivePageOf(
  site: Site,
  { feed, title, section, page, number, document, older, newer, navigation }: Archive,
): string {
  const { language, items } = document;
  const words = wordsFor(language, site.language);
  const heading = words.archivePage(number);
  return renderPage({
    site,
    title: [heading, section, document.title].filter((part) => part !== undefined).join(" – "),
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
            {section !== undefined && (
              <>
                {" "}
                – <bdi>{section}</bdi>
              </>
            )}
          </p>
          <h1>{said(words, language, heading)}</h1>
        </div>
        {items.length === 0 && <p class="nothing">{said(words, language, words.nothingPublished)}</p>}
        <Headlines feed={feed} items={items} timeZone={site.timeZone} />
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
