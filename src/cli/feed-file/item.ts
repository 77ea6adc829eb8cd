/** An item of a feed, whichever format the feed has. */

export type FeedItem = {
  /** The item's own id: RSS guid, atom:id, JSON Feed id. */
  id: string | undefined;
  title: string | undefined;
  /** The body; its relative URLs are resolved against `base`. */
  content: { html: string } | { text: string } | undefined;
  /** Plain text. */
  summary: string | undefined;
  /** As the feed writes it. */
  date: string | undefined;
  categories: string[];
  authors: { name: string; url?: string | undefined }[];
  language: string | undefined;
  image: string | undefined;
  enclosures: Enclosure[];
  /** What relative URLs are relative to; undefined when the feed doesn't say. */
  base: string | undefined;
};

export type Enclosure = {
  url: string;
  type: string;
  length?: number | undefined;
  title?: string | undefined;
};

/** The texts that say something, trimmed. */
export function told(texts: readonly (string | undefined)[] | undefined): string[] {
  return (texts ?? []).flatMap((text) => {
    const trimmed = text?.trim() ?? "";
    return trimmed === "" ? [] : [trimmed];
  });
}

/** The first text that says something. */
export function firstTold(...texts: (string | undefined)[]): string | undefined {
  return told(texts)[0];
}

/** Resolves a URL; undefined when that is not possible. */
export function resolved(url: string | undefined, base: string | undefined): string | undefined {
  const trimmed = url?.trim() ?? "";
  return trimmed === "" ? undefined : (URL.parse(trimmed, base)?.href ?? undefined);
}
