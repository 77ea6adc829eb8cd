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
  /** What stands for the article where a feed shows no body: its summary, or the beginning of its text. */
  description: string;
  /** The editor's summary; undefined where there is none. */
  summary?: string | undefined;
  html: string;
  language: string;
  published: Instant;
  updated: Instant;
  /** Empty when the publisher speaks. */
  authors: Person[];
  categories: Category[];
  image?: Image | undefined;
  attachments: Attachment[];
};

/** An article that was withdrawn from this feed (RFC 6721). */
export type DeletedEntry = { id: string; when: Instant; reason?: string | undefined };

export type FeedDocument = {
  /** A tag URI that never changes. */
  id: string;
  title: string;
  description: string;
  language: string;
  /** The page for people: the site, or the section. */
  homeUrl: string;
  /** The address of this feed in each format. */
  self: Record<FeedFormat, string>;
  /** When the feed last changed. */
  updated: Instant;
  publisher: Person;
  icon?: string | undefined;
  favicon?: string | undefined;
  image?: string | undefined;
  /** Minutes that a reader may wait between two polls. */
  ttl: number;
  items: FeedItem[];
  deleted: DeletedEntry[];
};
