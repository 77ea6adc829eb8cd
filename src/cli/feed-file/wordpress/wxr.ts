/** WordPress eXtended RSS 1.0, 1.1 and 1.2 → its items, as they are written. Pure. */
import { childrenOf, readXmlTree, textsOf, type XmlElement } from "../xml-tree.ts";
import { firstNonEmpty } from "../item.ts";
import { decodedName, personName } from "../exports/plain-title.ts";

/** A term of a taxonomy; `nicename` is its slug. */
export type WxrTerm = { domain: string; nicename: string; name: string };

/** An item. Elements that may be repeated are lists: each of their values counts. */
export type WxrItem = {
  id: string | undefined;
  guid: string | undefined;
  link: string | undefined;
  title: string | undefined;
  content: string | undefined;
  excerpt: string | undefined;
  pubDate: string | undefined;
  dateGmt: string | undefined;
  /** In the blog's own zone, which the export doesn't name. */
  dateLocal: string | undefined;
  modifiedGmt: string | undefined;
  types: string[];
  statuses: string[];
  passwords: string[];
  creators: string[];
  parent: string | undefined;
  order: number;
  attachmentUrl: string | undefined;
  terms: WxrTerm[];
  /** By key; a key may have several values. */
  meta: ReadonlyMap<string, readonly string[]>;
  comments: number;
};

/** An export. `authors`: the names that readers saw, by login. */
export type Wxr = {
  link: string | undefined;
  language: string | undefined;
  authors: ReadonlyMap<string, string>;
  items: WxrItem[];
};

const WP = /^https?:\/\/wordpress\.org\/export\/[\d.]+\/?$/;
const EXCERPT = /^https?:\/\/wordpress\.org\/export\/[\d.]+\/excerpt\/?$/;
const CONTENT = "http://purl.org/rss/1.0/modules/content/";
const DC = "http://purl.org/dc/elements/1.1/";
// Exports that were split into parts lose their declarations: then the prefixes have their usual namespaces.
const PREFIXES = {
  wp: "http://wordpress.org/export/1.2/",
  excerpt: "http://wordpress.org/export/1.2/excerpt/",
  content: CONTENT,
  dc: DC,
};
// Every export holds one of these: most other documents need not be parsed.
const SIGN = /wordpress\.org\/export\/|<wp:/;

/**
 * Reads an export.
 * @returns undefined when the text is no WXR
 * @throws Error when it is WXR and not well-formed
 */
export function readWxr(text: string): Wxr | undefined {
  if (!SIGN.test(text)) return undefined;
  const { root, problem } = readXmlTree(text, PREFIXES);
  if (root?.local !== "rss") return undefined;
  const channels = childrenOf(root, "", "channel");
  const items = channels.flatMap((channel) => childrenOf(channel, "", "item"));
  const isExport = [...channels, ...items].some(({ children }) => children.some(({ uri }) => WP.test(uri)));
  if (!isExport) return undefined;
  if (problem !== undefined) throw new Error(problem);
  const own = channels.map((channel) => inOneNamespace(channel));
  return {
    link: firstNonEmpty(...own.flatMap((channel) => valuesOf(channel, "link"))),
    language: firstNonEmpty(...own.flatMap((channel) => valuesOf(channel, "language"))),
    authors: new Map(own.flatMap((channel) => childrenOf(channel, "wp", "author").flatMap(authorOf))),
    items: items.map((item) => itemOf(inOneNamespace(item))),
  };
}

/** Replaces the namespaces, which differ from version to version, by `wp` and `excerpt`. */
function inOneNamespace(element: XmlElement): XmlElement {
  const children = element.children.map((child) =>
    WP.test(child.uri)
      ? { ...inOneNamespace(child), uri: "wp" }
      : EXCERPT.test(child.uri)
        ? { ...child, uri: "excerpt" }
        : child,
  );
  return { ...element, children };
}

function authorOf(author: XmlElement): [string, string][] {
  const value = (name: string): string => firstNonEmpty(...textsOf(author, "wp", `author_${name}`)) ?? "";
  const login = value("login");
  const names = [value("display_name"), `${value("first_name")} ${value("last_name")}`, login];
  const name = personName(...names.map(decodedName));
  return name === undefined ? [] : [[login, name]];
}

function itemOf(item: XmlElement): WxrItem {
  const wp = (name: string): string | undefined => firstNonEmpty(...textsOf(item, "wp", name));
  const order = Number(wp("menu_order"));
  return {
    id: wp("post_id"),
    guid: firstNonEmpty(...valuesOf(item, "guid")),
    link: firstNonEmpty(...valuesOf(item, "link")),
    title: firstNonEmpty(...valuesOf(item, "title")),
    content: firstNonEmpty(...textsOf(item, CONTENT, "encoded"), ...valuesOf(item, "description")),
    excerpt: firstNonEmpty(...textsOf(item, "excerpt", "encoded")),
    pubDate: firstNonEmpty(...valuesOf(item, "pubDate")),
    dateGmt: wp("post_date_gmt"),
    dateLocal: wp("post_date"),
    modifiedGmt: wp("post_modified_gmt"),
    types: textsOf(item, "wp", "post_type"),
    statuses: textsOf(item, "wp", "status"),
    passwords: textsOf(item, "wp", "post_password"),
    creators: textsOf(item, DC, "creator"),
    parent: wp("post_parent"),
    order: Number.isFinite(order) ? order : 0,
    attachmentUrl: wp("attachment_url"),
    terms: childrenOf(item, "", "category").map(({ attributes, text }) => ({
      domain: attributes.get("domain") ?? "",
      nicename: attributes.get("nicename") ?? "",
      name: text,
    })),
    meta: metaIn(item),
    comments: childrenOf(item, "wp", "comment").length,
  };
}

function metaIn(item: XmlElement): Map<string, string[]> {
  const meta = new Map<string, string[]>();
  for (const entry of childrenOf(item, "wp", "postmeta")) {
    const key = firstNonEmpty(...textsOf(entry, "wp", "meta_key"));
    if (key === undefined) continue;
    const values = meta.get(key) ?? [];
    meta.set(key, values);
    for (const value of textsOf(entry, "wp", "meta_value")) values.push(value);
  }
  return meta;
}

/** Finds the value of a key, the first of several, as get_post_meta() does. */
export function metaOf({ meta }: Pick<WxrItem, "meta">, key: string): string | undefined {
  return meta.get(key)?.[0];
}

function valuesOf(element: XmlElement, local: string): string[] {
  return textsOf(element, "", local);
}
