/** A feed as a reader understands it; a member is present where the reader knows of it. */

export type ReadItem = {
  id: string | undefined;
  link: string | undefined;
  title: string | undefined;
  /** Milliseconds. */
  published?: number;
  updated?: number;
  summary?: string | undefined;
  html?: string | undefined;
  authors?: unknown;
  categories?: unknown;
  /** Addresses. */
  enclosures?: (string | undefined)[] | undefined;
  image?: string | undefined;
  language?: string | undefined;
};

export type ReadFeed = {
  title: string | undefined;
  description: string | undefined;
  home: string | undefined;
  language?: string | undefined;
  self?: string | undefined;
  hub?: string | undefined;
  previous?: string | undefined;
  items: ReadItem[];
};

/** A date in milliseconds; NaN where it isn't a date. */
export function instant(date: string | Date | null | undefined): number {
  return date ? new Date(date).getTime() : Number.NaN;
}
