/** The front page: the lead, the stories beside it, a block for each section. Pure. */
import { sectionFeed } from "../article/feed-id.ts";
import type { WindowArticle } from "../article/article.ts";
import type { Site } from "../article/site.ts";
import { archivePath, homePath, homeUrl } from "../feed/addresses.ts";
import type { ArchivePageId } from "../feed/feed.ts";
import { feedItem } from "../feed/feed.ts";
import { wordsFor } from "../words/words.ts";
import { compose, halves } from "./front/composition.ts";
import type { Navigation, NavigationSection } from "./parts/navigation.ts";
import { LinkedData, websiteOf } from "./head/linked-data.tsx";
import { renderPage } from "./parts/layout.tsx";
import { said } from "./parts/said.tsx";
import { Story, type StoryProps } from "./parts/story.tsx";

export type FrontMatter = {
  navigation: Navigation;
  /** The site's newest articles, newest first. */
  newest: readonly WindowArticle[];
  /** The newest articles of sections, by id, where the site's newest have none of them. */
  windows: ReadonlyMap<string, readonly WindowArticle[]>;
  /** The newest archive page. */
  archive: ArchivePageId | undefined;
};

/** The front page. */
export function homePage(site: Site, { navigation, newest, windows, archive }: FrontMatter): string {
  const { language, timeZone } = site;
  const words = wordsFor(language);
  const { sections } = navigation;
  const { lead, top, blocks, rest } = compose(
    newest,
    sections.map(({ id }) => id),
    windows,
  );
  const show = (article: WindowArticle, props: Omit<StoryProps, "item" | "timeZone">) => (
    <Story item={feedItem(site, article)} timeZone={timeZone} {...props} />
  );
  // Readers see it before they scroll.
  const first = [lead, ...top, blocks[0]?.stories[0]].find((story) => story?.image !== undefined);
  const paired = halves(blocks);
  const isEmpty = lead === undefined && blocks.length === 0 && rest.length === 0;
  return renderPage({
    site,
    title: site.title,
    description: site.description,
    language,
    canonical: homeUrl(site, "all"),
    head: <LinkedData data={websiteOf(site)} />,
    navigation,
    current: "all",
    children: (
      <div class="front">
        {isEmpty && <p class="nothing">{said(words, language, words.nothingPublished)}</p>}
        {lead !== undefined && show(lead, { look: "lead", as: "article", hasSummary: true, isFirst: true })}
        {top.length > 0 && (
          <ul class="top">
            {top.map((article) => show(article, { look: "card", isFirst: article === first }))}
          </ul>
        )}
        {blocks.map(({ section, stories }) => (
          <section
            class={paired.has(section) ? "block half" : "block"}
            aria-labelledby={`section-${section}`}
          >
            <BlockTitle id={section} section={sections.find(({ id }) => id === section)} />
            <ul>
              {stories.map((article, index) =>
                show(article, {
                  look: index === 0 ? "card" : "row",
                  level: 3,
                  hasKicker: false,
                  hasSummary: index === 0,
                  isFirst: article === first,
                }),
              )}
            </ul>
          </section>
        ))}
        {(rest.length > 0 || archive !== undefined) && (
          <section class="block older" aria-labelledby="older">
            <h2 id="older">{said(words, language, words.olderArticles)}</h2>
            {rest.length > 0 && <ul>{rest.map((article) => show(article, { look: "line", level: 3 }))}</ul>}
            {archive !== undefined && (
              <p class="onward">
                <a href={archivePath(archive)}>{said(words, language, words.archive)}</a>
              </p>
            )}
          </section>
        )}
      </div>
    ),
  });
}

function BlockTitle({ id, section }: { id: string; section: NavigationSection | undefined }) {
  return (
    <h2 id={`section-${id}`} lang={section?.language} dir="auto">
      <a href={homePath(sectionFeed(id))}>{section?.title ?? id}</a>
    </h2>
  );
}
