/** The layout of every page: head, masthead, foot. Pure. */
import type { Child } from "hono/jsx";
import { directionOf } from "../../article/language.ts";
import type { Site } from "../../article/site.ts";
import { alternates, type OfferedFeed, wholeSite } from "./alternates.ts";
import { markupOf } from "./markup.ts";
import { SiteHead } from "./site-head.tsx";

export type Page = {
  site: Site;
  /** The document's title, which a browser's tab shows. */
  title: string;
  description?: string | undefined;
  language: string;
  /** The feeds that autodiscovery offers, where they are others than the whole site's. */
  offered?: readonly OfferedFeed[] | undefined;
  canonical?: string | undefined;
  /** Further elements of the head. */
  head?: Child;
  children: Child;
};

/** Renders a whole HTML document. Everything but `children` and `head` is plain text, escaped here. */
export function renderPage(page: Page): string {
  return `<!doctype html>${markupOf(<Layout {...page} />)}`;
}

function Layout({ site, title, description, language, offered, canonical, head, children }: Page) {
  return (
    <html lang={language} dir={directionOf(language)}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        {description !== undefined && <meta name="description" content={description} />}
        {canonical !== undefined && <link rel="canonical" href={canonical} />}
        <link rel="stylesheet" href="/style.css" />
        <SiteHead site={site} />
        {alternates(site, offered ?? [wholeSite(site)]).map((link) => (
          <link rel="alternate" {...link} />
        ))}
        <link
          rel="outline"
          type="text/x-opml"
          title={`${site.title} (OPML)`}
          href={`${site.url}/feeds.opml`}
        />
        {head}
      </head>
      <body>
        <header class="site" lang={site.language} dir={directionOf(site.language)}>
          <p class="masthead" dir="auto">
            <a href="/">{site.title}</a>
          </p>
          <p class="faint" dir="auto">
            {site.description}
          </p>
        </header>
        <main>{children}</main>
        <footer lang="en" dir="ltr">
          <p>
            Published by <bdi>{site.publisher.name}</bdi>. <a href="/feeds">All feeds</a>
          </p>
        </footer>
      </body>
    </html>
  );
}
