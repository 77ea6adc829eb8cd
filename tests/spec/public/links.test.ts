/** Targets of links: a crawl of a whole site from every document where software or people start. */
import { beforeAll, expect, test, vi } from "vitest";
import {
  crawl,
  ENTRANCES,
  type Followed,
  isFeed,
  isInternal,
  leadsToDocument,
  type Visit,
} from "../../support/reading/crawl.ts";
import { ORIGIN } from "../../support/site.ts";
import { ELSEWHERE, fillWholeSite, PUBLISHED, UNSEEN } from "../../support/stories/whole-site.ts";

const START = [...ENTRANCES, "/sections/human-rights+politics", "/articles/offer", "/articles/guest"];
const VARIANTS = ["?content=summary", "?limit=2", "?content=summary&limit=2"];
/** A feed of each kind, whose variants are visited too, because nothing links to them. */
const VARIED =
  /example(?:|\/sections\/(?:arabic|human-rights\+politics)|\/feeds\/harbour|\/authors\/renee-aubrisson|\/tags\/harbour-bridge)\/(?:rss\.xml|atom\.xml|feed\.json)$/;
const FORMATS = ["rss.xml", "atom.xml", "feed.json"];

// The whole site is filled and crawled once.
const PATIENCE_MILLISECONDS = 120_000;

let visits: Visit[] = [];

beforeAll(async () => {
  await fillWholeSite();
  visits = await crawl(START, (url) => (VARIED.test(url) ? VARIANTS.map((query) => `${url}${query}`) : []));
  vi.useRealTimers();
}, PATIENCE_MILLISECONDS);

/** Every link, with the document that has it. */
function everyLink(): { from: Visit; link: Followed }[] {
  return visits.flatMap((from) => [...from.links, ...from.fields].map((link) => ({ from, link })));
}

function asSoftware(url: string): Visit | undefined {
  return visits.find((visit) => visit.url === url && visit.client === "software");
}

function described({ url, client }: Visit, { rel, href }: Followed): string {
  return `${url} (${client}) ${rel} ${href}`;
}

/** Only partners' feeds lead to a withdrawn article. */
function maybeGone(url: string): boolean {
  return /\/(?:smartnews|msn)\.xml$/.test(url);
}

test("every link to a document of this site leads to something that answers at once, without a redirect", () => {
  const statuses = new Map(visits.map(({ url, status }) => [url, status]));
  const broken = everyLink()
    .filter(({ link }) => isInternal(link.to ?? "") && leadsToDocument(link))
    .map(({ from, link }) => ({ from, link, status: statuses.get(link.to ?? "") }))
    .filter(({ from, status }) => status !== 200 && !(status === 410 && maybeGone(from.url)))
    .map(({ from, link, status }) => `${described(from, link)}: ${status}`);
  expect(broken).toEqual([]);
});

test("every address at which the crawl starts answers", () => {
  const start = START.map((path) => asSoftware(`${ORIGIN}${path}`)?.status);
  expect(start).toEqual(START.map(() => 200));
  expect(visits.filter(({ status }) => ![200, 410].includes(status)).map(({ url }) => url)).toEqual([]);
});

test("the target of a link has the media type that the link promises", () => {
  const types = new Map(
    visits.filter(({ client }) => client === "software").map(({ url, type }) => [url, type]),
  );
  const wrong = everyLink()
    .filter(({ link: { to = "", type } }) => type !== undefined && types.has(to) && types.get(to) !== type)
    .filter(({ from, link: { to = "" } }) => !(maybeGone(from.url) && asSoftware(to)?.status === 410))
    .map(({ from, link }) => `${described(from, link)}: ${types.get(link.to ?? "")}, not ${link.type}`);
  expect(wrong).toEqual([]);
});

test("every link to another site is an absolute web address", () => {
  const wrong = everyLink()
    .filter(({ link: { to } }) => to === undefined || !/^https?:$/.test(new URL(to).protocol))
    .map(({ from, link }) => described(from, link));
  expect(wrong).toEqual([]);
});

test("a feed names the address at which it was fetched as its own, in its body and in its header field", () => {
  const feeds = visits.filter(({ url, client }) => isFeed(url) && client === "software");
  const wrong = feeds.filter(({ url, links, fields }) => {
    const own = [...links, ...fields].filter(({ rel }) => rel === "self" || rel === "feed_url");
    return own.length !== 2 || own.some(({ href }) => href !== url);
  });
  expect(wrong.map(({ url }) => url)).toEqual([]);
});

test("every feed names the site's one hub, and no archive page and no page for people names any", () => {
  const wrong = visits.filter(({ url, type, links }) => {
    const hubs = links.filter((link) => !leadsToDocument(link)).map(({ href }) => href);
    const isSubscribedTo = /^application\/(?:rss|atom|feed)\+/.test(type) && !url.includes("/archive/");
    return hubs.join(" ") !== (isSubscribedTo ? `${ORIGIN}/hub` : "");
  });
  expect(wrong.map(({ url, client }) => `${url} (${client})`)).toEqual([]);
});

test("a page names its own address as the canonical one, except for an article whose own address is on another site", () => {
  const pages = visits.filter(
    ({ url, type, status }) =>
      type === "text/html" && status === 200 && !isFeed(url) && !url.includes("/problems/"),
  );
  const wrong = pages
    .map(
      ({ url, links }) =>
        [url, links.filter(({ rel }) => rel === "canonical").map(({ href }) => href)] as const,
    )
    .filter(
      ([url, canonical]) => canonical.join(" ") !== (url === `${ORIGIN}/articles/guest` ? ELSEWHERE : url),
    );
  expect(wrong).toEqual([]);
});

test("the page of a feed leads to the source of that very feed", () => {
  const pages = visits.filter(
    ({ url, client, type }) => isFeed(url) && client === "person" && type === "text/html",
  );
  const sources = new Map(
    visits.filter(({ type }) => type === "text/plain").map(({ url, body }) => [url, body]),
  );
  const wrong = pages
    .map(({ url, links }) => ({ url, to: links.find(({ href }) => href.endsWith("raw"))?.to ?? "" }))
    .filter(({ url, to }) => sources.get(to) !== asSoftware(url)?.body);
  expect(wrong).toEqual([]);
});

test("sitemaps list every article's page and no address but canonical ones", () => {
  const maps = visits.filter(({ url, links }) => url.includes("sitemap") && links.length > 0);
  const urls = maps.flatMap(({ links }) => links.flatMap(({ to }) => to ?? []));
  const pages = [...new Set(urls)].filter((url) => !url.endsWith(".xml"));
  const wrong = pages.filter(
    (url) => asSoftware(url)?.links.every(({ rel, href }) => rel !== "canonical" || href !== url) ?? true,
  );
  expect(wrong).toEqual([]);
  expect(pages.filter((url) => url.includes("/articles/"))).toHaveLength(PUBLISHED - 1);
});

test("a client that has a document already gets a 304", () => {
  const wrong = visits.filter(({ status, again }) => status === 200 && again !== 304);
  expect(wrong.map(({ url, client, again }) => `${url} (${client}): ${again}`)).toEqual([]);
});

test("no document reveals anything of a draft or of an article under embargo", () => {
  const telling = visits.filter(({ body, url }) => new RegExp(UNSEEN, "i").test(`${url} ${body}`));
  expect(telling.map(({ url }) => url)).toEqual([]);
});

test("nothing leads to an expired article, and only partners' feeds lead to a withdrawn one", () => {
  const leading = everyLink()
    .filter(({ from, link: { to = "" } }) => /\/articles\/(?:offer|gone)$/.test(to) && from.url !== to)
    .filter(({ from }) => !maybeGone(from.url));
  expect(leading.map(({ from, link }) => described(from, link))).toEqual([]);
});

/** A feed's documents from the newest to its first archive page, and the articles that they lead to. */
function history(url: string): { urls: string[]; articles: Set<string> } {
  const urls: string[] = [];
  const articles = new Set<string>();
  let next: string | undefined = url;
  while (next !== undefined && !urls.includes(next)) {
    urls.push(next);
    const links: Followed[] = asSoftware(next)?.links ?? [];
    for (const { rel, href } of links) {
      const isArticle = href.includes("/articles/") || href === ELSEWHERE;
      if (isArticle && ["link", "alternate", "item"].includes(rel)) articles.add(href);
    }
    next = links.find(({ rel }) => rel === "prev-archive" || rel === "next_url")?.href;
  }
  return { urls, articles };
}

function articlesOf(url: string): string[] {
  return [...history(url).articles].toSorted();
}

test.each(FORMATS)("[RFC 5005 4] /%s leads to every published article along its archive pages", (file) => {
  const { urls, articles } = history(`${ORIGIN}/${file}`);
  // The newest page's name counts all articles that it ever got, and some of them have left.
  expect(urls.map((url) => url.slice(ORIGIN.length).replace(/\/3\.\d+\//, "/3/"))).toEqual([
    `/${file}`,
    ...["3", "2", "1"].map((page) => `/archive/${page}/${file}`),
  ]);
  expect(articles.size).toBe(PUBLISHED);
});

test("[RFC 5005 4] each format of a feed leads to the same articles, and a union to those of its sections", () => {
  const homes = visits
    .filter(
      ({ url, client }) =>
        client === "software" && /^[^?]*\/rss\.xml$/.test(url) && !url.includes("/archive/"),
    )
    .map(({ url }) => url.replace(/\/rss\.xml$/, ""));
  const differing = homes.filter((home) => {
    const [rss, ...others] = FORMATS.map((file) => articlesOf(`${home}/${file}`).join(" "));
    return others.some((other) => other !== rss);
  });
  expect(differing).toEqual([]);
  const sections = ["human-rights", "politics"].map((id) => articlesOf(`${ORIGIN}/sections/${id}/rss.xml`));
  const union = articlesOf(`${ORIGIN}/sections/human-rights+politics/rss.xml`);
  expect(union).toEqual([...new Set(sections.flat())].toSorted());
  expect(union.length).toBeGreaterThan(50);
});

test("the crawl finds feeds of every kind", () => {
  const paths = new Set(visits.map(({ url }) => url.slice(ORIGIN.length)));
  const expected = [
    "/sections/tides-and-boats/rss.xml",
    "/sections/arabic/atom.xml",
    "/sections/human-rights+politics/feed.json",
    "/feeds/harbour/msn.xml",
    "/feeds/bridges/smartnews.xml",
    "/authors/renee-aubrisson/rss.xml",
    "/tags/harbour-bridge/atom.xml?content=summary",
    "/archive/2/feed.json",
    "/sitemap-1.xml",
    "/flipboard.xml",
  ];
  expect(expected.filter((path) => !paths.has(path))).toEqual([]);
});
