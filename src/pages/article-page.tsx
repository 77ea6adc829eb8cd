/** An article's page. Pure. */
import type { Article } from "../article/article.ts";
import { withExcerpt } from "../article/excerpt.ts";
import { directionOf } from "../article/language.ts";
import { authorFeed, type FeedId, feedsOf, sectionFeed, tagFeed } from "../article/feed-id.ts";
import type { Site } from "../article/site.ts";
import { homePath } from "../feed/addresses.ts";
import { describeFeed } from "../feed/description.ts";
import { feedItem } from "../feed/feed.ts";
import { ArticleHead } from "./article-head.tsx";
import { type OfferedFeed, wholeSite } from "./parts/alternates.ts";
import { renderPage } from "./parts/layout.tsx";
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

export function articlePage(site: Site, article: Article): string {
  const { headline, language, published, updated, correction } = article;
  const item = feedItem(site, withExcerpt(article));
  const direction = textDirection(language);
  const feeds = feedsOf(article, []);
  return renderPage({
    site,
    title: `${headline} – ${site.title}`,
    description: item.description,
    language,
    offered: feedsOfArticle(site, article),
    canonical: item.url,
    head: <ArticleHead site={site} article={article} item={item} feeds={feeds} />,
    children: (
      <article lang={language} dir={directionOf(language)}>
        <h1 dir={direction}>{headline}</h1>
        <p class="faint">
          <Byline site={site} article={article} feeds={feeds} /> ·{" "}
          <Time instant={published} language={language} timeZone={site.timeZone} />
          {updated - published >= NOTABLE_MILLISECONDS && (
            <>
              {" · updated "}
              <Time instant={updated} language={language} timeZone={site.timeZone} />
            </>
          )}
        </p>
        {correction !== undefined && (
          <p class="note" role="note">
            <strong lang="en">Correction:</strong> <span dir="auto">{correction}</span>
          </p>
        )}
        {item.summary?.split("\n\n").map((paragraph) => (
          <p class="lead" dir={direction}>
            {paragraph}
          </p>
        ))}
        <div dir={direction} dangerouslySetInnerHTML={{ __html: article.html }} />
        <nav aria-label="Sections of this article">
          <ul>
            {article.sections.map(({ id }, index) => (
              <li>
                <a href={homePath(sectionFeed(id))} dir="auto">
                  {item.categories[index]?.label}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        {article.tags.length > 0 && <Tags article={article} feeds={feeds} />}
      </article>
    ),
  });
}

/** The feeds that an article is in, those of its authors and tags among them. */
type Feeds = ReturnType<typeof feedsOf>;
type ArticleProps = { article: Article; feeds: Feeds };

function Byline({ site, article: { authors }, feeds }: ArticleProps & { site: Site }) {
  if (authors.length === 0) return <bdi>{site.publisher.name}</bdi>;
  return (
    <>
      {authors.map(({ name }, index) => (
        <>
          {index > 0 && ", "}
          <Topic feed={authorFeed(name)} feeds={feeds} name={name} rel="author" />
        </>
      ))}
    </>
  );
}

function Tags({ article: { tags }, feeds }: ArticleProps) {
  return (
    <nav aria-label="Tags of this article">
      <ul>
        {tags.map((tag) => (
          <li>
            <Topic feed={tagFeed(tag)} feeds={feeds} name={tag} rel="tag" />
          </li>
        ))}
      </ul>
    </nav>
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
