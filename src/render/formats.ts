/** The one table of feed formats: name, media type and renderer. Pure. */
import type { FeedDocument, FeedFormat } from "../feed/document.ts";
import { renderAtom } from "./atom.ts";
import { renderJson } from "./json.ts";
import { renderRss } from "./rss.ts";

export type Format = {
  format: FeedFormat;
  name: string;
  mediaType: string;
  /** Takes a document with valid dates and absolute URLs; returns the whole feed as text. */
  render: (document: FeedDocument) => string;
};

/** In the order in which a reader is offered them; the first is the default. */
export const FORMATS: readonly [Format, ...Format[]] = [
  { format: "rss", name: "RSS", mediaType: "application/rss+xml", render: renderRss },
  { format: "atom", name: "Atom", mediaType: "application/atom+xml", render: renderAtom },
  { format: "json", name: "JSON Feed", mediaType: "application/feed+json", render: renderJson },
];
