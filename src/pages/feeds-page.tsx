/** The directory of feeds: every feed with its addresses, and links that subscribe to it. Pure. */
import type { FeedId } from "../article/feed-id.ts";
import type { Site } from "../article/site.ts";
import { feedPath, feedUrl, homePath, partPath } from "../feed/addresses.ts";
import type { FeedGroup, ListedFeed } from "../feed/directory.ts";
import { FORMATS } from "../render/formats.ts";
import { type Words, wordsFor } from "../words/words.ts";
import { Filled } from "./parts/filled.tsx";
import { renderPage } from "./parts/layout.tsx";
import type { Navigation } from "./parts/navigation.ts";
import { textDirection } from "./parts/text-direction.ts";
import { feedSchemeUrl, WEB_READERS } from "./parts/web-readers.ts";

/** A feed made for a partner: the last segment of its address, and the partner's name. */
export type PartnerFile = { file: string; name: string };

// Partners take a newsroom's whole output, a section, or a feed that the owner has defined.
const PARTNERED: ReadonlySet<FeedGroup["kind"]> = new Set(["site", "section", "feed"]);

/**
 * The directory of feeds.
 * @param partners those for whom every feed but the authors' is made as well
 * @param readers by feed, a line of text that says how many read it
 */
export function feedsPage(
  site: Site,
  groups: readonly FeedGroup[],
  partners: readonly PartnerFile[],
  readers: ReadonlyMap<FeedId, string> = new Map(),
  navigation?: Navigation,
): string {
  const words = wordsFor(site.language);
  const all = { section: words.allSections, author: words.allAuthors };
  return renderPage({
    site,
    title: `${words.feeds} – ${site.title}`,
    description: words.feedsDescription(site.title),
    language: words.language,
    canonical: `${site.url}/feeds`,
    navigation,
    children: (
      <>
        <h1>{words.feeds}</h1>
        <p class="lead">{words.feedsIntroduction}</p>
        <p class="note">
          <Filled text={words.allFeedsAtOnce} with={[<a href="/feeds.opml">{words.opmlFile}</a>]} />
        </p>
        {groups.map(({ kind, title, feeds, more }) => (
          <section class="topic" aria-labelledby={kind}>
            <h2 id={kind}>{title}</h2>
            <ul class="feeds">
              {feeds.map((feed) => (
                <Entry
                  site={site}
                  words={words}
                  feed={feed}
                  partners={PARTNERED.has(kind) ? partners : []}
                  readers={readers.get(feed.id)}
                />
              ))}
            </ul>
            {more !== undefined && (
              <p>
                {words.newestOnly}{" "}
                <a href={more}>{kind === "section" || kind === "author" ? all[kind] : words.allFeeds}</a>
              </p>
            )}
          </section>
        ))}
      </>
    ),
  });
}

type EntryProps = {
  site: Site;
  words: Words;
  feed: ListedFeed;
  partners: readonly PartnerFile[];
  readers: string | undefined;
};

function Entry({ site, words, feed: { id, name, about, count }, partners, readers }: EntryProps) {
  return (
    <li>
      <div>
        <h3>
          <a href={homePath(id)} lang={about.language} dir={textDirection(about.language)}>
            {name}
          </a>
          {count !== undefined && <span class="faint"> {words.articles(count)}</span>}
        </h3>
        {readers !== undefined && (
          <p class="faint readers" lang="en" dir="ltr">
            {readers}
          </p>
        )}
      </div>
      <details open={id === "all"}>
        <summary>
          {words.subscribe}
          <span class="unseen">
            : <bdi>{name}</bdi>
          </span>
        </summary>
        <Addresses site={site} feed={id} />
        <Subscribe words={words} url={feedUrl(site, id, "rss")} />
        {partners.length > 0 && <Partners words={words} feed={id} partners={partners} />}
      </details>
    </li>
  );
}

function Addresses({ site, feed }: { site: Site; feed: FeedId }) {
  return (
    <dl class="addresses">
      {FORMATS.map(({ format, name }) => (
        <div>
          <dt>
            <a href={feedPath(feed, format)}>{name}</a>
          </dt>
          <dd>
            <code class="address" dir="ltr">
              {feedUrl(site, feed, format)}
            </code>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Subscribe({ words, url }: { words: Words; url: string }) {
  return (
    <p class="links">
      <span class="faint">{words.subscribeWith}</span>
      {WEB_READERS.map(({ name, subscribeTo }) => (
        <a href={subscribeTo(url)} rel="nofollow">
          {name}
        </a>
      ))}
      <a href={feedSchemeUrl(url)} rel="nofollow">
        {words.appOnThisDevice}
      </a>
    </p>
  );
}

type PartnersProps = { words: Words; feed: FeedId; partners: readonly PartnerFile[] };

function Partners({ words, feed, partners }: PartnersProps) {
  return (
    <p class="links faint">
      <span>{words.forPartners}</span>
      {partners.map(({ file, name }) => (
        <a href={partPath(feed, file)}>{name}</a>
      ))}
    </p>
  );
}
