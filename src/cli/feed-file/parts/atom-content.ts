/** The content of an Atom entry, by its type (RFC 4287, sections 3.1.1 and 4.1.3.3). Pure. */
import type { AtomFeed } from "feedsmith";
import { excerptOf, type Issue } from "../../../upload/issue.ts";
import { type FeedItem, firstNonEmpty } from "../item.ts";
import { fromBase64 } from "./base64.ts";

type Content = AtomFeed.Content;
type Body = FeedItem["content"];

/** The body in an entry's content; `problem`: why there is none. */
type AtomBody = { body: Body; problem?: Issue };

/** Reads `atom:content`, or the summary in its place. */
export function bodyOf(content: Content | undefined): AtomBody {
  const value = firstNonEmpty(content?.value);
  if (content?.src !== undefined) {
    return unread(
      "content-elsewhere",
      "The content stands at another address: it was not read.",
      content.src,
    );
  }
  if (content === undefined || value === undefined) return { body: undefined };
  const type = mediaTypeOf(content);
  if (MARKUP.has(type)) return { body: { html: value } };
  if (type === "text" || type.startsWith("text/")) return { body: { text: value } };
  if (/[+/]xml$/.test(type)) {
    return unread("unknown-content", "An article can’t hold content of this type: it was left out.", type);
  }
  // Atom allows no composite types; every other content is Base64.
  const text = textFromBase64(value);
  if (text === undefined) {
    const detail = "The content is a file in the feed itself, which an article can’t hold: it was left out.";
    return unread("content-not-text", detail, type);
  }
  return { body: LOOKS_LIKE_MARKUP.test(text) ? { html: text } : { text } };
}

const MARKUP = new Set(["html", "xhtml", "text/html", "application/xhtml+xml"]);
const LOOKS_LIKE_MARKUP = /<\/?[a-z][^<>]*>/i;

/** Whether a text construct, or a content, is markup; the default is text. */
export function isMarkup(text: { type?: string | undefined } | undefined): boolean {
  return MARKUP.has(mediaTypeOf(text));
}

/** The media type without its parameters. */
function mediaTypeOf(text: { type?: string | undefined } | undefined): string {
  return text?.type?.split(";")[0]?.trim().toLowerCase() || "text";
}

/** Decodes a text in Base64; undefined for anything else. */
function textFromBase64(value: string): string | undefined {
  const text = fromBase64(value);
  return text === undefined || /(?![\t\n\r])\p{Cc}/u.test(text) ? undefined : firstNonEmpty(text);
}

function unread(reason: string, detail: string, found: string): AtomBody {
  return { body: undefined, problem: { field: "body", reason, detail, found: excerptOf(found) } };
}
