/** Every link of a document of any kind. */
import { type Element as HtmlElement, parse } from "./html.ts";
import type { Link } from "./link-field.ts";
import { ATOM, type Element, parseXml } from "./xml.ts";

const MEDIA = "{http://search.yahoo.com/mrss/}";
const HTML = "text/html";
const RSS = "application/rss+xml";
const JSON_FEED = "application/feed+json";

/** RSS's own elements whose text is an address, and those of other namespaces. */
const ADDRESS_TEXTS = new Set([
  "link",
  "comments",
  "docs",
  "url",
  `{${ATOM}}icon`,
  `{${ATOM}}logo`,
  `{${ATOM}}uri`,
  "{http://www.sitemaps.org/schemas/sitemap/0.9}loc",
  "{http://webfeeds.org/rss/1.0}icon",
  "{http://webfeeds.org/rss/1.0}logo",
]);
const MARKUP = new Set(["{http://purl.org/rss/1.0/modules/content/}encoded", `{${ATOM}}content`]);
/** Members of JSON Feed that are addresses, and the media types that they promise. */
const MEMBERS: Record<string, string | undefined> = {
  feed_url: JSON_FEED,
  next_url: JSON_FEED,
  home_page_url: HTML,
};
const IMAGES = new Set(["icon", "favicon", "image", "banner_image", "avatar"]);

/** The links of a body, by its media type. */
export async function linksOf(mediaType: string, body: string): Promise<Link[]> {
  if (mediaType === HTML) return htmlLinks(body);
  if (mediaType === JSON_FEED) return jsonLinks(JSON.parse(body));
  if (/xml$|opml$/.test(mediaType)) return xmlLinks(parseXml(body));
  if (mediaType === "text/plain") {
    return [...body.matchAll(/^Sitemap: (.*)$/gm)].map(([, href = ""]) => ({
      rel: "sitemap",
      href,
      type: "application/xml",
    }));
  }
  return [];
}

const known = new Map<string, Promise<Link[]>>();

/** Many feeds hold the same article: its markup is read once. */
function htmlLinks(markup: string): Promise<Link[]> {
  const links = known.get(markup) ?? parse(markup).then((elements) => elements.flatMap(htmlLink));
  known.set(markup, links);
  return links;
}

function htmlLink({ name, attributes }: HtmlElement): Link[] {
  const { href, src, rel = name, type } = attributes;
  if (href !== undefined) return [{ rel, href, type }];
  return src === undefined ? [] : [{ rel: name, href: src }];
}

async function xmlLinks(element: Element): Promise<Link[]> {
  const children = await Promise.all(element.children.map(xmlLinks));
  return [...(await ownLinks(element)), ...children.flat()];
}

async function ownLinks({ name, text, attributes }: Element): Promise<Link[]> {
  const {
    rel = "alternate",
    href,
    type,
    url = "",
    uri = "",
    xmlUrl = "",
    htmlUrl = "",
    isPermaLink,
  } = attributes;
  if (MARKUP.has(name)) return htmlLinks(text);
  if (ADDRESS_TEXTS.has(name)) return [{ rel: name, href: text, type: name === "link" ? HTML : undefined }];
  if (name === "guid" && isPermaLink !== "false") return [{ rel: name, href: text, type: HTML }];
  if (name === "enclosure" || name.startsWith(`${MEDIA}content`))
    return [{ rel: "enclosure", href: url, type }];
  if (name === `${MEDIA}thumbnail`) return [{ rel: name, href: url }];
  if (name === `{${ATOM}}generator` && uri !== "") return [{ rel: name, href: uri }];
  if (name === `{${ATOM}}link`)
    return [{ rel, href: href ?? "", type: type ?? (rel === "alternate" ? HTML : undefined) }];
  if (xmlUrl === "") return [];
  return [
    { rel: "xmlUrl", href: xmlUrl, type: RSS },
    { rel: "htmlUrl", href: htmlUrl, type: HTML },
  ];
}

async function jsonLinks(value: unknown, name = "", parent = ""): Promise<Link[]> {
  if (Array.isArray(value))
    return (await Promise.all(value.map((member) => jsonLinks(member, name, parent)))).flat();
  if (value !== null && typeof value === "object") {
    const members = Object.entries(value).map(([key, member]) => jsonLinks(member, key, name));
    return (await Promise.all(members)).flat();
  }
  if (typeof value !== "string") return [];
  if (name === "content_html") return htmlLinks(value);
  if (name === "url" && parent === "hubs") return [{ rel: "hub", href: value }];
  if (name === "url" && parent === "items") return [{ rel: "item", href: value, type: HTML }];
  if (/(?:^|_)url$/.test(name) || IMAGES.has(name)) return [{ rel: name, href: value, type: MEMBERS[name] }];
  return [];
}
