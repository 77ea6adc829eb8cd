/** The masthead and the foot of every page. Pure. */
import { directionOf } from "../../article/language.ts";
import { type FeedId, sectionFeed } from "../../article/feed-id.ts";
import type { Site } from "../../article/site.ts";
import { homePath, listPath } from "../../feed/addresses.ts";
import { wordsFor } from "../../words/words.ts";
import { Filled } from "./filled.tsx";
import type { Navigation } from "./navigation.ts";
import { foreignLanguage } from "../../words/foreign-language.ts";
import { said } from "./said.tsx";

export type MastheadProps = {
  site: Site;
  navigation: Navigation;
  /** The feed whose page this is. */
  current?: FeedId | undefined;
};

/** The site's name, the way to its feeds, and its sections. On the front page the name is the heading. */
export function Masthead({ site, navigation, current }: MastheadProps) {
  const { language, title, logo } = site;
  const words = wordsFor(language);
  const Name = current === "all" ? "h1" : "p";
  const foreign = foreignLanguage(words, language);
  return (
    <header class="masthead" lang={language} dir={directionOf(language)}>
      <div class="nameplate">
        <Name class="name" dir="auto">
          <a href="/">{logo === undefined ? title : <img src={logo} alt={title} />}</a>
        </Name>
        {current === "all" && (
          <p class="claim" dir="auto">
            {site.description}
          </p>
        )}
        <a class="subscribe" href="/feeds">
          {said(words, language, words.subscribe)}
        </a>
      </div>
      <nav class="sections" aria-label={words.sections} lang={foreign}>
        <ul lang={foreign && language}>
          {navigation.sections.map(({ id, title: name, language: own }) => (
            <li>
              <a
                href={homePath(sectionFeed(id))}
                lang={own}
                dir="auto"
                aria-current={current === sectionFeed(id) ? "page" : undefined}
              >
                {name}
              </a>
            </li>
          ))}
          {navigation.isCut && (
            <li>
              <a href={listPath("section", 1)}>{said(words, language, words.allSections)}</a>
            </li>
          )}
        </ul>
      </nav>
    </header>
  );
}

/** Who publishes the site, and the ways to all of it. */
export function Foot({ site }: { site: Site }) {
  const { language, title, publisher } = site;
  const words = wordsFor(language);
  const links = [
    ["/", words.frontPage],
    [listPath("section", 1), words.allSections],
    [listPath("author", 1), words.allAuthors],
    ["/feeds", words.allFeeds],
  ] as const;
  return (
    <footer class="foot" lang={language} dir={directionOf(language)}>
      <p class="name" dir="auto">
        {title}
      </p>
      <ul>
        {links.map(([href, text]) => (
          <li>
            <a href={href}>{said(words, language, text)}</a>
          </li>
        ))}
      </ul>
      <p>
        {said(
          words,
          language,
          <Filled text={words.publishedBy} with={[<bdi>{publisherOf(publisher)}</bdi>]} />,
        )}
      </p>
    </footer>
  );
}

function publisherOf({ name, url }: Site["publisher"]) {
  return url === undefined ? name : <a href={url}>{name}</a>;
}
