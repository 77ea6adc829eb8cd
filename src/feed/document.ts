/** The format-neutral feed document: what a renderer is given. Plain text is plain text here; only `html` is markup. */
import type { Attachment, Image, Instant, Person } from "../article/article.ts";

export type FeedFormat = "rss" | "atom" | "json";

/** A category: RSS `domain` is its `scheme`; Atom says `term`, `scheme`, `label`; JSON Feed the label alone. */
export type Category = { term: string; label: string; scheme?: string | undefined };

export type FeedItem = {
  /** The article's guid, byte for byte the same in every format that can say it. */
  id: string;
  /** What stands for the id in Atom, where it is no IRI. */
  iri?: string | undefined;
  url: string;
  title: string;
  /** Stands for a long title where there is little room. */
  shortTitle?: string | undefined;
  /** What stands for the article where a feed shows no body: its summary, or the beginning of its text. */
  description: string;
  /** The editor's summary; undefined where there is none. */
  summary?: string | undefined;
  /** The beginning of its text; undefined where that is the description. */
  opening?: string | undefined;
  html: string;
  language: string;
  published: Instant;
  updated: Instant;
  /** Empty when the publisher speaks. */
  authors: Person[];
  categories: Category[];
  image?: Image | undefined;
  attachments: Attachment[];
  /** When the article leaves its feeds by itself. */
  expires?: Instant | undefined;
};

/** An article that was withdrawn from this feed (RFC 6721); `url` is that of its page, which says so. */
export type DeletedEntry = {
  /** The article's guid, as its item had it. */
  id: string;
  /** What stands for the id in Atom, where it is no IRI. */
  iri?: string | undefined;
  url: string;
  when: Instant;
  reason?: string | undefined;
};

/** One document's address in each format. */
export type Addresses = Record<FeedFormat, string>;

/** The other documents of a paged or archived feed (RFC 5005, section 4). */
export type Paging = {
  /** Whether this document is an archive page, and not the one that readers subscribe to. */
  isArchive: boolean;
  /** The document that readers subscribe to; undefined in that document itself. */
  current?: Addresses | undefined;
  /** The archive page with the articles before those of this document. */
  previous?: Addresses | undefined;
  next?: Addresses | undefined;
};

export type FeedDocument = {
  /** A tag URI that never changes. */
  id: string;
  title: string;
  description: string;
  language: string;
  /** The page for people: the site, or the section. */
  homeUrl: string;
  /** The address of this feed in each format. */
  self: Addresses;
  paging: Paging;
  /** "summary": items come without their bodies. */
  content: "full" | "summary";
  /** When the feed last changed. */
  updated: Instant;
  publisher: Person;
  icon?: string | undefined;
  favicon?: string | undefined;
  image?: string | undefined;
  cover?: string | undefined;
  logo?: string | undefined;
  /** Six hexadecimal digits, without `#`. */
  accentColor?: string | undefined;
  /** Minutes that a reader may wait between two polls. */
  ttl: number;
  items: FeedItem[];
  deleted: DeletedEntry[];
};
