/** An article's page, with Open Graph and JSON-LD. Pure. */
import type { Article } from "../article/article.ts";
import { sectionFeed } from "../article/feed-id.ts";
import type { Site } from "../article/site.ts";
import { articleUrl, homePath } from "../feed/addresses.ts";
import { feedItem } from "../feed/feed.ts";
import { renderPage } from "./layout.tsx";
import { Time } from "./time.tsx";

// A revision within the minute of publication is nothing to tell a reader of.
const NOTABLE_MILLISECONDS = 60_000;

export function articlePage(site: Site, article: Article): string {
  const { headline, language, published, updated, correction } = article;
  const item = feedItem(site, article);
  const description = item.description;
  return renderPage({
    site,
    title: `${headline} – ${site.title}`,
    description,
    language,
    feed: "all",
    feedTitle: site.title,
    canonical: item.url,
    head: <ArticleHead site={site} article={article} description={description} />,
    children: (
      <article lang={language}>
        <h1 dir="auto">{headline}</h1>
        <p class="faint">
          {byline(site, article)} · <Time instant={published} language={language} />
          {updated - published >= NOTABLE_MILLISECONDS && (
            <>
              {" · updated "}
              <Time instant={updated} language={language} />
            </>
          )}
        </p>
        {correction !== undefined && (
          <p class="note" role="note">
            <strong>Correction:</strong> <span dir="auto">{correction}</span>
          </p>
        )}
        {item.summary?.split("\n\n").map((paragraph) => (
          <p class="lead" dir="auto">
            {paragraph}
          </p>
        ))}
        <div dir="auto" dangerouslySetInnerHTML={{ __html: article.html }} />
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
      </article>
    ),
  });
}

function byline(site: Site, { authors }: Article): string {
  return authors.map(({ name }) => name).join(", ") || site.publisher.name;
}

type HeadProps = { site: Site; article: Article; description: string };

function ArticleHead({ site, article, description }: HeadProps) {
  const properties = [
    ["og:type", "article"],
    ["og:title", article.headline],
    ["og:description", description],
    ["og:url", articleUrl(site, article.id)],
    ["og:site_name", site.title],
    ["og:image", article.image?.url],
    ["article:published_time", new Date(article.published).toISOString()],
    ["article:modified_time", new Date(article.updated).toISOString()],
    ...article.sections.map(({ title }) => ["article:section", title] as const),
  ] as const;
  return (
    <>
      {article.status !== "published" && <meta name="robots" content="noindex" />}
      {properties.map(
        ([property, content]) => content !== undefined && <meta property={property} content={content} />,
      )}
      <script
        type="application/ld+json"
        dangerouslySetInnerHTML={{ __html: newsArticle(site, article, description) }}
      />
    </>
  );
}

/** schema.org's NewsArticle as JSON that no text in it can end before its time. */
function newsArticle(site: Site, article: Article, description: string): string {
  const publisher = { "@type": "NewsMediaOrganization", ...site.publisher };
  const authors = article.authors.map((person) => ({ "@type": "Person", ...person }));
  const data = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    headline: article.headline,
    description,
    url: articleUrl(site, article.id),
    datePublished: new Date(article.published).toISOString(),
    dateModified: new Date(article.updated).toISOString(),
    inLanguage: article.language,
    articleSection: article.sections.map(({ title }) => title),
    expires: article.expires === undefined ? undefined : new Date(article.expires).toISOString(),
    correction: article.correction,
    image: article.image?.url,
    author: authors.length > 0 ? authors : [publisher],
    publisher,
  };
  return JSON.stringify(data).replaceAll("<", "\\u003c");
}
