/** An item of a feed or of an export, whichever format it has. */
import type { Hidden } from "./hidden.ts";
import type { Issue } from "../../upload/issue.ts";
import type { Members } from "../../upload/fields/members.ts";

export type FeedItem = {
  /** The item's own id: RSS guid, atom:id, JSON Feed id. */
  id: string | undefined;
  title: string | undefined;
  /** Stands for a long title where there is little room. */
  shortTitle?: string | undefined;
  /** The body; its relative addresses start from `base`. */
  content: { html: string } | { text: string } | undefined;
  /** Plain text. */
  summary: string | undefined;
  /** As the feed writes it. */
  date: string | undefined;
  /** Times before which nobody may see the item, as the feed writes them; the latest counts. */
  notBefore?: string[];
  /** When the item is to leave its readers, as the feed writes it; the earliest counts. */
  expires?: string[];
  /** The names under which it is filed, where the system tells sections from tags; else it is filed by its categories. */
  sections?: string[];
  categories: string[];
  /** As the feed writes them: a name may stand beside an e-mail address, or be one. */
  authors: { name: string; url?: string | undefined }[];
  language: string | undefined;
  image: FeedImage | undefined;
  enclosures: Enclosure[];
  /** What relative addresses start from; undefined when the feed doesn't say. */
  base: string | undefined;
  /** Why not every reader may see the item; undefined where everyone may. */
  hidden?: Hidden | undefined;
  /** The members that say who may see the item, as a JSON Feed writes them, for the site to judge. */
  signs?: Members;
  /** Why the item can't be read, one sentence; undefined where it can. */
  unreadable?: string;
  /** What was lost or changed while the item was read. */
  warnings: Issue[];
};

/** An item of which nothing is read: one that is left out, or that can't be read, needs no more than a name and a reason. */
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

/** A picture with what is said of it; sizes in pixels. Nothing is checked yet: the site drops what it can't use. */
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

/** The texts that say something, trimmed. */
export function nonEmpty(texts: readonly (string | undefined)[] | undefined): string[] {
  return (texts ?? []).flatMap((text) => {
    const trimmed = text?.trim() ?? "";
    return trimmed === "" ? [] : [trimmed];
  });
}

/** The first text that says something. */
export function firstNonEmpty(...texts: (string | undefined)[]): string | undefined {
  return nonEmpty(texts)[0];
}

/** Resolves an address; undefined when that is not possible. */
export function resolveUrl(url: string | undefined, base: string | undefined): string | undefined {
  const trimmed = url?.trim() ?? "";
  return trimmed === "" ? undefined : (URL.parse(trimmed, base)?.href ?? undefined);
}
