/** An article's page. Pure. */
import type { Article } from "../article/article.ts";
import { withExcerpt } from "../article/excerpt.ts";
import { directionOf } from "../article/language.ts";
import { authorFeed, type FeedId, feedsOf, sectionFeed, tagFeed } from "../article/feed-id.ts";
import type { Site } from "../article/site.ts";
import { homePath } from "../feed/addresses.ts";
import { describeFeed } from "../feed/description.ts";
import type { FeedItem } from "../feed/document.ts";
import { feedItem } from "../feed/feed.ts";
import { type Words, wordsFor } from "../words/words.ts";
import { bodyForPage, placeBehind } from "./article-body.ts";
import { ArticleHead } from "./head/article-head.tsx";
import { type OfferedFeed, wholeSite } from "./parts/alternates.ts";
import { renderPage } from "./parts/layout.tsx";
import type { Navigation } from "./parts/navigation.ts";
import { bodyCaption, Figure } from "./article-figure.tsx";
import { foreignLanguage } from "../words/foreign-language.ts";
import { said } from "./parts/said.tsx";
import { Story } from "./parts/story.tsx";
import { textDirection } from "./parts/text-direction.ts";
import { Time } from "./parts/time.tsx";

// Readers aren't told of a revision within a minute of publication.
const NOTABLE_MILLISECONDS = 60_000;

// With the whole site's feed, these are the three feeds that a header field may carry.
const MAX_OFFERED_SECTIONS = 2;

/** The feeds that an article's page offers: the whole site's, and those of its first sections. */
export function feedsOfArticle(site: Site, article: Article): OfferedFeed[] {
  const sections = article.sections.slice(0, MAX_OFFERED_SECTIONS).map(({ id, title }) => {
    const feed = sectionFeed(id);
    return { feed, title: describeFeed(site, feed, { title, articles: [] }).title };
  });
  return [wholeSite(site), ...sections];
}

/** What stands around an article: the sections, and other stories of its first one. */
export type Surroundings = { navigation?: Navigation | undefined; more?: readonly FeedItem[] };

/** An article's page. */
export function articlePage(
  site: Site,
  article: Article,
  { navigation, more = [] }: Surroundings = {},
): string {
  const { headline, language, correction } = article;
  const words = wordsFor(language, site.language);
  const item = feedItem(site, withExcerpt(article));
  const direction = textDirection(language);
  const feeds = feedsOf(article, []);
  const { image } = item;
  // A picture that the body shows isn't shown twice.
  const at = image && placeBehind(article.html, image);
  const isAbove = image !== undefined && at === undefined;
  const body = bodyForPage(article.html, words, {
    language,
    isFirstEager: !isAbove,
    insertion:
      image && at !== undefined ? { at, html: bodyCaption(image, article.text, language, words) } : undefined,
  });
  const [section] = article.sections;
  const label = item.categories[0]?.label;
  return renderPage({
    site,
    title: `${headline} – ${site.title}`,
    description: item.description,
    language,
    offered: feedsOfArticle(site, article),
    canonical: item.url,
    head: <ArticleHead site={site} article={article} item={item} feeds={feeds} />,
    navigation,
    children: (
      <>
        <article class="article" lang={language} dir={directionOf(language)}>
          <header>
            {section !== undefined && (
              <p class="kicker">
                <a href={homePath(sectionFeed(section.id))} dir="auto">
                  {label}
                </a>
              </p>
            )}
            <h1 dir={direction}>{headline}</h1>
            {item.summary?.split("\n\n").map((paragraph) => (
              <p class="standfirst" dir={direction}>
                {paragraph}
              </p>
            ))}
            <div class="credits">
              <p class="byline">
                {article.authors.length > 0 && <>{said(words, language, words.by)} </>}
                <Byline site={site} article={article} feeds={feeds} comma={words.comma} />
              </p>
              <Dates site={site} article={article} words={words} />
            </div>
          </header>
          {correction !== undefined && (
            <p class="note" role="note">
              <strong>{said(words, language, words.labelled(words.correction))}</strong>{" "}
              <span dir="auto">{correction}</span>
            </p>
          )}
          {isAbove && <Figure image={image} language={language} words={words} />}
          <div class="body" dir={direction} dangerouslySetInnerHTML={{ __html: body }} />
          <Topics article={article} item={item} feeds={feeds} words={words} />
        </article>
        {more.length > 0 && label !== undefined && (
          <section class="block more" aria-labelledby="more" lang={language} dir={directionOf(language)}>
            <h2 id="more">{said(words, language, words.moreFrom(label))}</h2>
            <ul>
              {more.map((other) => (
                <Story item={other} look="card" timeZone={site.timeZone} level={3} hasKicker={false} />
              ))}
            </ul>
          </section>
        )}
      </>
    ),
  });
}

function Dates({ site, article, words }: { site: Site; article: Article; words: Words }) {
  const { language, published, updated } = article;
  const { timeZone } = site;
  return (
    <p class="dates">
      <Time instant={published} language={language} timeZone={timeZone} />
      {updated - published >= NOTABLE_MILLISECONDS && (
        <span class="updated">
          {said(words, language, words.updated)}{" "}
          <Time instant={updated} language={language} timeZone={timeZone} />
        </span>
      )}
    </p>
  );
}

/** The feeds that an article is in, those of its authors and tags among them. */
type Feeds = ReturnType<typeof feedsOf>;
type ArticleProps = { article: Article; feeds: Feeds };

function Byline({ site, article: { authors }, feeds, comma }: ArticleProps & { site: Site; comma: string }) {
  if (authors.length === 0) return <bdi>{site.publisher.name}</bdi>;
  return (
    <>
      {authors.map(({ name }, index) => (
        <>
          {index > 0 && comma}
          <Topic feed={authorFeed(name)} feeds={feeds} name={name} rel="author" />
        </>
      ))}
    </>
  );
}

/** The article's sections, where it stands in several, and its tags. */
function Topics({ article, item, feeds, words }: ArticleProps & { item: FeedItem; words: Words }) {
  const { language, sections, tags } = article;
  const foreign = foreignLanguage(words, language);
  const own = foreign && language;
  return (
    <div class="topics">
      {sections.length > 1 && (
        <nav aria-label={words.sectionsOfArticle} lang={foreign}>
          <ul lang={own}>
            {sections.map(({ id }, index) => (
              <li>
                <a href={homePath(sectionFeed(id))} dir="auto">
                  {item.categories[index]?.label}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {tags.length > 0 && (
        <nav aria-label={words.tagsOfArticle} lang={foreign}>
          <ul lang={own}>
            {tags.map((tag) => (
              <li>
                <Topic feed={tagFeed(tag)} feeds={feeds} name={tag} rel="tag" />
              </li>
            ))}
          </ul>
        </nav>
      )}
    </div>
  );
}

type TopicProps = { feed: FeedId; feeds: Feeds; name: string; rel: string };

/** A name that links to its page, where it has one: of many authors or tags, only the first have feeds and pages. */
function Topic({ feed, feeds, name, rel }: TopicProps) {
  if (!feeds.has(feed)) return <bdi>{name}</bdi>;
  return (
    <a href={homePath(feed)} rel={rel} dir="auto">
      {name}
    </a>
  );
}
