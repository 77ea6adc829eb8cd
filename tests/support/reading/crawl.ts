/** A crawl: every document that links lead to from some addresses, as software and as a person requests it. */
import { fieldLinks, type Link } from "./link-field.ts";
import { linksOf } from "./links.ts";
import { get } from "../newsroom.ts";
import { ORIGIN } from "../site.ts";

/** The kind of client: a feed's address shows a person a page. */
type Client = "software" | "person";

/** A GET of a path, with header fields. */
type Get = (path: string, headers: Record<string, string>) => Promise<Response>;

/** A link, and the absolute address that it leads to; undefined where there is none. */
export type Followed = Link & { to: string | undefined };

export type Visit = {
  url: string;
  client: Client;
  status: number;
  type: string;
  body: string;
  /** Links of the body. */
  links: Followed[];
  /** Links of the header field. */
  fields: Followed[];
  /** The status for a client that has the response already. */
  again: number;
};

/** Documents at which people and software begin: nothing need link to them. */
export const ENTRANCES = [
  "/",
  "/feed",
  "/feeds",
  "/feeds.opml",
  "/.well-known/feeds",
  "/robots.txt",
  "/sitemap.xml",
  "/news-sitemap.xml",
  "/api",
] as const;

const NAVIGATION = { "Sec-Fetch-Dest": "document", Accept: "text/html,*/*;q=0.8" };

/** Whether an address is that of a feed, or of one of its archive pages. */
export function isFeed(url: string): boolean {
  return /\/(?:(?:rss|atom|smartnews|msn|flipboard)\.xml|feed\.json)(?:\?|$)/.test(url);
}

/**
 * Visits everything on this site that can be reached, each address once for each client.
 * @param start paths
 * @param further returns more addresses to visit for an address
 * @param ask sends a request; to the Worker under test by default
 */
export async function crawl(
  start: readonly string[],
  further: (url: string) => string[],
  ask: Get = get,
): Promise<Visit[]> {
  const seen = new Set<string>();
  const visits: Visit[] = [];
  let next = start.map((path) => `${ORIGIN}${path}`);
  while (next.length > 0) {
    const wave = [...new Set(next)].filter((url) => !seen.has(url));
    for (const url of wave) seen.add(url);
    const found = (await Promise.all(wave.map((url) => visitAs(url, ask)))).flat();
    visits.push(...found);
    const links = found.flatMap((one) => one.links.concat(one.fields)).filter(leadsToDocument);
    const linked = links.flatMap(({ to }) => to ?? []);
    next = [...linked.filter(isInternal), ...wave.flatMap(further)];
  }
  return visits;
}

/** Whether a link leads to a document: a hub takes subscriptions, and has nothing to read. */
export function leadsToDocument({ rel }: Link): boolean {
  return rel !== "hub";
}

export function isInternal(url: string): boolean {
  return URL.parse(url)?.origin === ORIGIN;
}

async function visitAs(url: string, ask: Get): Promise<Visit[]> {
  return Promise.all(clientsOf(url).map((client) => visit(url, client, ask)));
}

/** A feed's source is for people alone; a person visits the archive pages of the whole site's feed alone. */
function clientsOf(url: string): Client[] {
  if (/[?&]raw$/.test(url)) return ["person"];
  const isForBoth = isFeed(url) && (!url.includes("/archive/") || url.startsWith(`${ORIGIN}/archive/`));
  return isForBoth ? ["software", "person"] : ["software"];
}

async function visit(url: string, client: Client, ask: Get): Promise<Visit> {
  const path = url.slice(ORIGIN.length);
  const headers: Record<string, string> = client === "person" ? NAVIGATION : {};
  const response = await ask(path, headers);
  const [type = ""] = (response.headers.get("Content-Type") ?? "").split(";");
  const body = await response.text();
  const again = await ask(path, { ...headers, "If-None-Match": response.headers.get("ETag") ?? "" });
  const links = response.ok ? await linksOf(type, body) : [];
  return {
    url,
    client,
    status: response.status,
    type,
    body,
    links: links.map((link) => follow(link, type === "text/html" ? url : undefined)),
    fields: fieldLinks(response.headers.get("Link")).map((link) => follow(link, url)),
    again: again.status,
  };
}

/** @param base what a relative address starts from; undefined where none may be relative */
function follow(link: Link, base: string | undefined): Followed {
  // A feed reader on the same machine removes `feed:`.
  const url = URL.parse(link.href.replace(/^feed:/, ""), base);
  if (url === null) return { ...link, to: undefined };
  url.hash = "";
  return { ...link, to: url.href };
}
