/** What every page has: head, masthead, foot. Pure. */
import type { Child } from "hono/jsx";
import type { FeedId } from "../article/feed-id.ts";
import type { Site } from "../article/site.ts";
import { feedUrl } from "../feed/addresses.ts";
import { FORMATS } from "../render/formats.ts";
import { markupOf } from "./markup.ts";

export type Page = {
  site: Site;
  /** The document's title, as a browser's tab shows it. */
  title: string;
  description?: string | undefined;
  language: string;
  /** The feed that belongs to the page: autodiscovery offers it in each format. */
  feed: FeedId;
  feedTitle: string;
  canonical?: string | undefined;
  /** Further elements of the head. */
  head?: Child;
  children: Child;
};

/** A whole HTML document. Everything but `children` and `head` is plain text, escaped here. */
export function renderPage(page: Page): string {
  return `<!doctype html>${markupOf(<Layout {...page} />)}`;
}

function Layout({ site, title, description, language, feed, feedTitle, canonical, head, children }: Page) {
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        {description !== undefined && <meta name="description" content={description} />}
        {canonical !== undefined && <link rel="canonical" href={canonical} />}
        <link rel="stylesheet" href="/style.css" />
        <link rel="icon" href={site.favicon ?? site.icon ?? "/favicon.svg"} />
        {FORMATS.map(({ format, name, mediaType }) => (
          <link
            rel="alternate"
            type={mediaType}
            title={`${feedTitle} (${name})`}
            href={feedUrl(site, feed, format)}
          />
        ))}
        {head}
      </head>
      <body>
        <header class="site">
          <p class="masthead" dir="auto">
            <a href="/">{site.title}</a>
          </p>
          <p class="faint" dir="auto">
            {site.description}
          </p>
        </header>
        <main>{children}</main>
        <footer>
          <p>
            Published by {site.publisher.name}. <a href="/#feeds">All feeds</a>
          </p>
        </footer>
      </body>
    </html>
  );
}
