/** The directory of feeds: every feed with its addresses, and links that subscribe to it. Pure. */
import type { FeedId } from "../article/feed-id.ts";
import type { Site } from "../article/site.ts";
import { feedPath, feedUrl, homePath, partPath } from "../feed/addresses.ts";
import type { FeedGroup, ListedFeed } from "../feed/directory.ts";
import { FORMATS } from "../render/formats.ts";
import { renderPage } from "./parts/layout.tsx";
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
): string {
  return renderPage({
    site,
    title: `Feeds – ${site.title}`,
    description: `All feeds of ${site.title}, with their addresses.`,
    language: "en",
    canonical: `${site.url}/feeds`,
    children: (
      <>
        <h1>Feeds</h1>
        <p class="lead">
          A feed reader brings you new articles by itself. Copy the address of a feed into your reader, or use
          a link to subscribe. RSS, Atom and JSON Feed have the same articles: if in doubt, take RSS.
        </p>
        <p class="note">
          All feeds at once: <a href="/feeds.opml">an OPML file</a>, which most feed readers can import.
        </p>
        {groups.map(({ kind, title, feeds, more }) => (
          <section class="topic" aria-labelledby={kind}>
            <h2 id={kind}>{title}</h2>
            <ul class="feeds">
              {feeds.map((feed) => (
                <Entry
                  site={site}
                  feed={feed}
                  partners={PARTNERED.has(kind) ? partners : []}
                  readers={readers.get(feed.id)}
                />
              ))}
            </ul>
            {more !== undefined && (
              <p>
                These have the newest articles. <a href={more}>All {title.toLowerCase()}</a>
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
  feed: ListedFeed;
  partners: readonly PartnerFile[];
  readers: string | undefined;
};

function Entry({ site, feed: { id, name, about, count }, partners, readers }: EntryProps) {
  return (
    <li>
      <div>
        <h3>
          <a href={homePath(id)} lang={about.language} dir={textDirection(about.language)}>
            {name}
          </a>
          {count !== undefined && <Count count={count} />}
        </h3>
        {readers !== undefined && <p class="faint readers">{readers}</p>}
      </div>
      <details open={id === "all"}>
        <summary>
          Subscribe<span class="unseen"> to {name}</span>
        </summary>
        <Addresses site={site} feed={id} />
        <Subscribe url={feedUrl(site, id, "rss")} />
        {partners.length > 0 && <Partners feed={id} partners={partners} />}
      </details>
    </li>
  );
}

function Count({ count }: { count: number }) {
  return (
    <span class="faint">
      {" "}
      {count} {count === 1 ? "article" : "articles"}
    </span>
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
            <code class="address">{feedUrl(site, feed, format)}</code>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Subscribe({ url }: { url: string }) {
  return (
    <p class="links">
      <span class="faint">Subscribe with</span>
      {WEB_READERS.map(({ name, subscribeTo }) => (
        <a href={subscribeTo(url)} rel="nofollow">
          {name}
        </a>
      ))}
      <a href={feedSchemeUrl(url)} rel="nofollow">
        An app on this device
      </a>
    </p>
  );
}

function Partners({ feed, partners }: { feed: FeedId; partners: readonly PartnerFile[] }) {
  return (
    <p class="links faint">
      <span>For partners</span>
      {partners.map(({ file, name }) => (
        <a href={partPath(feed, file)}>{name}</a>
      ))}
    </p>
  );
}
