/** The layout of every page: head, masthead, foot. Pure. */
import type { Child } from "hono/jsx";
import type { FeedId } from "../../article/feed-id.ts";
import { directionOf } from "../../article/language.ts";
import type { Site } from "../../article/site.ts";
import { wordsFor } from "../../words/words.ts";
import { alternates, type OfferedFeed, wholeSite } from "./alternates.ts";
import { markupOf } from "./markup.ts";
import { Foot, Masthead } from "./masthead.tsx";
import { declaredNavigation, type Navigation } from "./navigation.ts";
import { SiteHead } from "../head/site-head.tsx";

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
  /** The sections that the masthead names, where more is known than the site's settings. */
  navigation?: Navigation | undefined;
  /** The feed whose page this is: `all` for the front page, whose heading is the site's name in the masthead. */
  current?: FeedId | undefined;
  children: Child;
};

/** Renders a whole HTML document. Everything but `children` and `head` is plain text, escaped here. */
export function renderPage(page: Page): string {
  return `<!doctype html>${markupOf(<Layout {...page} />)}`;
}

function Layout({
  site,
  title,
  description,
  language,
  offered,
  canonical,
  head,
  navigation = declaredNavigation(site),
  current,
  children,
}: Page) {
  const words = wordsFor(site.language);
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
        <a class="skip" href="#main" lang={words.language} dir={directionOf(words.language)}>
          {words.skipToContent}
        </a>
        <Masthead site={site} navigation={navigation} current={current} />
        <main id="main">{children}</main>
        <Foot site={site} />
      </body>
    </html>
  );
}
