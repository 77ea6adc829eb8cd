/** The feed document without a format, which every renderer gets. Its texts are plain text; only `html` is markup. */
import type { Attachment, Instant, Person } from "../article/article.ts";
import type { ItemImage } from "./picture.ts";

export type FeedFormat = "rss" | "atom" | "json";

/** A category. RSS has `label`, and `scheme` as its domain; Atom has all three; JSON Feed has `label` alone. */
export type Category = { term: string; label: string; scheme?: string | undefined };

export type FeedItem = {
  /** The article's guid, byte for byte the same in every format that can carry it. */
  id: string;
  /** The id in Atom, where the guid is no IRI. */
  iri?: string | undefined;
  url: string;
  title: string;
  /** Replaces a long title where there is little room. */
  shortTitle?: string | undefined;
  /** Describes the article where a feed shows no body: its summary, or the beginning of its text. */
  description: string;
  /** The editor's summary; undefined where there is none. */
  summary?: string | undefined;
  /** The beginning of its text; undefined where that is the description. */
  opening?: string | undefined;
  html: string;
  language: string;
  published: Instant;
  updated: Instant;
  /** Empty where the publisher is the author. */
  authors: Person[];
  categories: Category[];
  image?: ItemImage | undefined;
  attachments: Attachment[];
  /** When the article expires, and leaves its feeds by itself. */
  expires?: Instant | undefined;
};

/** An article that was withdrawn from this feed (RFC 6721); `url` is its page, which says that it was withdrawn. */
export type DeletedEntry = {
  /** The article's guid, as its item had it. */
  id: string;
  /** The id in Atom, where the guid is no IRI. */
  iri?: string | undefined;
  url: string;
  when: Instant;
  reason?: string | undefined;
};

/** One document's address in each format. */
export type Addresses = Record<FeedFormat, string>;

/** The other documents of a paged or archived feed (RFC 5005, section 4). */
export type Paging = {
  /** Whether this document is an archive page. Otherwise readers subscribe to it. */
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
  /** The page for people: the site's, or that of a section, an author, a tag or a feed of the owner's. */
  homeUrl: string;
  /** The address of this feed in each format. */
  self: Addresses;
  /** The WebSub hub that tells of changes; undefined where there is none, and in an archive page. */
  hub?: string | undefined;
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
