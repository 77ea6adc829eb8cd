/** The item that every format of feeds and exports is read into. Pure. */
import type { Hidden } from "./hidden.ts";
import type { Issue } from "../../upload/issue.ts";
import type { Members } from "../../upload/fields/members.ts";

export type FeedItem = {
  /** The item's own id: RSS guid, atom:id, JSON Feed id. */
  id: string | undefined;
  title: string | undefined;
  /** A title for places with little room. */
  shortTitle?: string | undefined;
  /** The body. `base` is the base of its relative addresses. */
  content: { html: string } | { text: string } | undefined;
  /** Plain text. */
  summary: string | undefined;
  /** As the feed writes it. */
  date: string | undefined;
  /** Times before which nobody may see the item, as the feed writes them; the latest counts. */
  notBefore?: string[];
  /** Times after which nobody may see the item, as the feed writes them; the earliest counts. */
  expires?: string[];
  /** The sections, in a system that has both sections and tags; else the categories count. */
  sections?: string[];
  categories: string[];
  /** As the feed writes them: a name may be beside an e-mail address, or be one. */
  authors: { name: string; url?: string | undefined }[];
  language: string | undefined;
  image: FeedImage | undefined;
  enclosures: Enclosure[];
  /** The base of relative addresses; undefined when the feed names none. */
  base: string | undefined;
  /** Why not every reader may see the item; undefined if everyone may. */
  hidden?: Hidden | undefined;
  /** The members that say who may see the item, as a JSON Feed writes them. The site interprets them. */
  signs?: Members;
  /** Why the item can't be read, one sentence; undefined if it can. */
  unreadable?: string;
  /** The warnings about parts that were lost or changed in reading. */
  warnings: Issue[];
};

/** An item without contents: one that is left out or unreadable needs only a name and a reason. */
export const EMPTY_ITEM: FeedItem = {
  id: undefined,
  title: undefined,
  content: undefined,
  summary: undefined,
  date: undefined,
  categories: [],
  authors: [],
  language: undefined,
  image: undefined,
  enclosures: [],
  base: undefined,
  warnings: [],
};

/** A picture and its description; sizes in pixels. Nothing is checked yet: the site drops what it can't use. */
export type FeedImage = {
  url: string;
  alt?: string | undefined;
  credit?: string | undefined;
  width?: number | undefined;
  height?: number | undefined;
};

/** A file that belongs to an item; `length` in bytes. Nothing is checked yet: the site drops what it can't use. */
export type Enclosure = {
  url: string;
  type?: string | undefined;
  length?: number | undefined;
  title?: string | undefined;
};

/** The texts that aren't empty, trimmed. */
export function nonEmpty(texts: readonly (string | undefined)[] | undefined): string[] {
  return (texts ?? []).flatMap((text) => {
    const trimmed = text?.trim() ?? "";
    return trimmed === "" ? [] : [trimmed];
  });
}

/** The first text that isn't empty, trimmed. */
export function firstNonEmpty(...texts: (string | undefined)[]): string | undefined {
  return nonEmpty(texts)[0];
}

/** Resolves an address against a base; undefined when that is impossible. */
export function resolveUrl(url: string | undefined, base: string | undefined): string | undefined {
  const trimmed = url?.trim() ?? "";
  return trimmed === "" ? undefined : (URL.parse(trimmed, base)?.href ?? undefined);
}
