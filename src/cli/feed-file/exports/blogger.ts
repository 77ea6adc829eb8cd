/** Blogger's exports, from its settings and from Google Takeout → items. Pure. */
import { draftsOf, hiddenByDraft } from "../signs/app-draft.ts";
import { readEach } from "../each-item.ts";
import { hiddenByStatus, labelOf } from "./export-status.ts";
import { childrenOf, readXmlTree, textsOf, type XmlElement } from "../xml-tree.ts";
import { type FeedItem, firstNonEmpty, resolveUrl, nonEmpty } from "../item.ts";
import { type Hidden, strictest } from "../hidden.ts";
import { lostPart } from "./lost-part.ts";
import { decodedName, plainTitle } from "./plain-title.ts";

const ATOM = "http://www.w3.org/2005/Atom";
const BLOGGER = "http://schemas.google.com/blogger/2018";
const KIND_SCHEME = /^https?:\/\/schemas\.google\.com\/g\/2005#kind$/;
const KIND = /^https?:\/\/schemas\.google\.com\/blogger\/\d+\/kind#(.*)$/;
const THREADING = "http://purl.org/syndication/thread/1.0";

// The statuses of posts that every reader may see, now or at the post's own time.
const OPEN = ["live", "scheduled"];
// The names that Blogger gives to authors without a name.
const NAMELESS = new Set(["unknown", "anonymous", "noreply@blogger.com"]);

// Every export holds one of these: most other documents need not be parsed.
const SIGN = /schemas\.google\.com\/(?:g\/2005#kind|blogger\/)/;

/**
 * Reads an export of Blogger.
 * @param text an XML document
 * @returns every entry, hidden unless it is a published post; undefined when the text is no such export
 * @throws Error when it is one and not well-formed
 */
export function bloggerItems(text: string): FeedItem[] | undefined {
  if (!SIGN.test(text)) return undefined;
  const { root: feed, problem } = readXmlTree(text, { app: "http://www.w3.org/2007/app", thr: THREADING });
  if (feed?.local !== "feed" || feed.uri !== ATOM) return undefined;
  const entries = childrenOf(feed, ATOM, "entry");
  if (![feed, ...entries].some(isOfBlogger)) return undefined;
  if (problem !== undefined) throw new Error(problem);
  return readEach(
    entries,
    (entry) => firstNonEmpty(...atom(entry, "id")),
    (entry) => itemOf(entry, feed),
  );
}

function isOfBlogger(element: XmlElement): boolean {
  return element.children.some(
    ({ uri, local, attributes }) =>
      uri === BLOGGER || (local === "category" && KIND.test(attributes.get("term") ?? "")),
  );
}

function itemOf(entry: XmlElement, feed: XmlElement): FeedItem {
  const id = firstNonEmpty(...atom(entry, "id"));
  const title = titleOf(entry);
  const hidden = hiddenOf(entry, labelOf(title, id));
  const home = addressOf(feed, undefined);
  const path = firstNonEmpty(...textsOf(entry, BLOGGER, "filename"));
  const isLeftOut = hidden?.action === "leave-out";
  const content = childrenOf(entry, ATOM, "content")[0];
  return {
    id,
    title,
    content: isLeftOut ? undefined : contentOf(content),
    summary: isLeftOut ? undefined : plainTitle(textsOf(entry, BLOGGER, "metaDescription")[0]),
    date: firstNonEmpty(...atom(entry, "published"), ...atom(entry, "updated")),
    categories: isLeftOut ? [] : labelsOf(entry),
    authors: isLeftOut ? [] : authorsOf(entry, feed),
    language: firstNonEmpty(entry.attributes.get("xml:lang"), feed.attributes.get("xml:lang")),
    image: undefined,
    enclosures: isLeftOut ? [] : enclosuresOf(entry),
    base: addressOf(entry, home) ?? (path === undefined ? undefined : resolveUrl(path, home)) ?? home,
    hidden,
    warnings: isLeftOut ? [] : lostContent(content),
  };
}

/** Why not every reader may see an entry; undefined only when its kind, its status and its control all allow it. */
function hiddenOf(entry: XmlElement, label: string): Hidden | undefined {
  const kinds = [
    ...childrenOf(entry, ATOM, "category").flatMap(({ attributes }) =>
      isKind(attributes.get("scheme")) ? [kindOf(attributes.get("term") ?? "")] : [],
    ),
    ...textsOf(entry, BLOGGER, "type").map((type) => type.trim().toLowerCase()),
  ];
  const isReply =
    childrenOf(entry, THREADING, "in-reply-to").length > 0 ||
    nonEmpty(textsOf(entry, BLOGGER, "parent")).length > 0;
  return strictest([
    ...(kinds.length === 0 ? [""] : kinds).map((kind) => hiddenByKind(kind, label)),
    isReply ? hiddenByKind("comment", label) : undefined,
    ...textsOf(entry, BLOGGER, "status").map((status) => hiddenByStatus(status, OPEN, label)),
    ...nonEmpty(textsOf(entry, BLOGGER, "trashed")).map((): Hidden => ({
      action: "leave-out",
      reason: `${label} is in the trash of the export.`,
    })),
    // Takeout always names a status; the older exports name drafts alone.
    isOfTakeout(entry) && textsOf(entry, BLOGGER, "status").length === 0
      ? hiddenByStatus("", OPEN, label)
      : undefined,
    ...draftsOf(entry).map((draft) => hiddenByDraft(draft, `${label} is a draft in the export.`)),
  ]);
}

function isOfTakeout({ children }: XmlElement): boolean {
  return children.some(({ uri }) => uri === BLOGGER);
}

function isKind(scheme: string | undefined): boolean {
  return KIND_SCHEME.test(scheme ?? "");
}

function kindOf(term: string): string {
  return KIND.exec(term)?.[1] ?? term;
}

function hiddenByKind(kind: string, label: string): Hidden | undefined {
  switch (kind) {
    case "post":
      return undefined;
    case "":
      return { action: "keep-as-draft", reason: `The export names no kind of ${label}.` };
    case "page":
      return { action: "keep-as-draft", reason: `${label} is a page, and pages stand in no feed.` };
    case "comment":
      return { action: "leave-out", reason: `${label} is a reader’s comment, not a post.` };
    case "settings":
      return { action: "leave-out", reason: `${label} is a setting of the blog, not a post.` };
    case "template":
      return { action: "leave-out", reason: `${label} is the blog’s template, not a post.` };
    default:
      return { action: "leave-out", reason: `${label} is of the kind “${kind}”, not a post.` };
  }
}

function titleOf(entry: XmlElement): string | undefined {
  const title = childrenOf(entry, ATOM, "title")[0];
  return isMarkup(title) ? plainTitle(title?.text) : decodedName(title?.text);
}

function contentOf(content: XmlElement | undefined): FeedItem["content"] {
  const value = firstNonEmpty(content?.text);
  if (value === undefined || content === undefined || content.children.length > 0) return undefined;
  return isMarkup(content) ? { html: value } : { text: value };
}

function isMarkup(text: XmlElement | undefined): boolean {
  return ["html", "text/html"].includes(text?.attributes.get("type")?.toLowerCase() ?? "");
}

// Blogger writes HTML as text; other software wrote the elements.
function lostContent(content: XmlElement | undefined): FeedItem["warnings"] {
  const [first] = content?.children ?? [];
  if (first === undefined) return [];
  const detail =
    "The content is written as XML elements, which Blogger’s exports never have; it was not read.";
  return [lostPart("body", "lost-content", detail, `<${first.local}>`)];
}

function labelsOf(entry: XmlElement): string[] {
  const labels = childrenOf(entry, ATOM, "category")
    .filter(({ attributes }) => !isKind(attributes.get("scheme")))
    .map(({ attributes }) => decodedName(attributes.get("term")));
  return [...new Set(nonEmpty(labels))];
}

/** An entry without an author has the feed's (RFC 4287, section 4.1.2). */
function authorsOf(entry: XmlElement, feed: XmlElement): FeedItem["authors"] {
  const own = childrenOf(entry, ATOM, "author");
  return (own.length > 0 ? own : childrenOf(feed, ATOM, "author")).flatMap((author) => {
    const name = decodedName(atom(author, "name")[0]);
    if (name === undefined || NAMELESS.has(name.toLowerCase())) return [];
    return [{ name, url: resolveUrl(firstNonEmpty(...atom(author, "uri")), undefined) }];
  });
}

function enclosuresOf(entry: XmlElement): FeedItem["enclosures"] {
  return linksOf(entry, "enclosure").flatMap((attributes) => {
    const url = firstNonEmpty(attributes.get("href"));
    if (url === undefined) return [];
    const length = attributes.get("length") ?? "";
    return [
      {
        url,
        type: firstNonEmpty(attributes.get("type")),
        length: /^\d+$/.test(length) ? Number(length) : undefined,
      },
    ];
  });
}

function addressOf(element: XmlElement, base: string | undefined): string | undefined {
  return resolveUrl(linksOf(element, "alternate")[0]?.get("href"), base);
}

function linksOf(element: XmlElement, rel: string): ReadonlyMap<string, string>[] {
  return childrenOf(element, ATOM, "link")
    .map(({ attributes }) => attributes)
    .filter((attributes) => (attributes.get("rel") ?? "alternate") === rel);
}

function atom(element: XmlElement, local: string): string[] {
  return textsOf(element, ATOM, local);
}
