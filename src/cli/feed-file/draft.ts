/** An item of a feed → the JSON draft that is uploaded. Pure. */
import { formatInstant } from "../../article/instant.ts";
import { KEPT_AS_DRAFT } from "../../upload/fields/visibility.ts";
import type { Issue } from "../../upload/issue.ts";
import { timesOf } from "./draft-times.ts";
import { type FeedImage, type FeedItem, resolveUrl } from "./item.ts";

/** A draft for `POST /api/articles`, with JSON Feed's names. The site drops parts that are wrong, and says so. */
export type Draft = {
  /** The base of relative addresses; not stored. */
  url?: string;
  guid?: string;
  title?: string;
  short_title?: string;
  content_html?: string;
  content_text?: string;
  summary?: string;
  date_published: string;
  expires?: string;
  /** Hidden from all readers. */
  draft?: true;
  sections: string[];
  tags: string[];
  authors: { name: string; url?: string }[];
  language?: string;
  image?: string | FeedImage;
  attachments: { url: string; mime_type?: string; size_in_bytes?: number; title?: string }[];
};

/** The outcome of reading an item. */
export type ItemOutcome =
  | { kind: "draft"; draft: Draft; warnings: Issue[] }
  /** The item is no article, or nobody may see it. */
  | { kind: "left-out"; reason: string; warnings: Issue[] }
  | { kind: "refused"; reason: string; warnings: Issue[] };

/**
 * Makes the draft of an item. The item's link is only the base of relative addresses: the article moves here.
 * @param sections the draft's sections; if empty, those of the item, else its first category, and the others are tags
 * @returns the draft, the reason to leave the item out, or the reason to refuse it
 */
export function draftOf(item: FeedItem, sections: readonly string[]): ItemOutcome {
  const { id, title, content, summary, base, hidden } = item;
  if (hidden?.action === "leave-out") {
    return { kind: "left-out", reason: hidden.reason, warnings: item.warnings };
  }
  const refused = (reason: string): ItemOutcome => ({ kind: "refused", reason, warnings: item.warnings });
  if (item.unreadable !== undefined) return refused(item.unreadable);
  const filed = sectionsAndTags(item, sections);
  if (filed.sections.length === 0) return refused(NO_SECTION);
  const times = timesOf(item);
  if ("refusal" in times) return refused(times.refusal);
  const language = languageOf(item.language);
  const image = imageOf(item);
  const draft: Draft = {
    ...item.signs,
    ...(isWebAddress(base) && { url: base }),
    ...(id !== undefined && { guid: id }),
    ...(title !== undefined && { title }),
    ...(item.shortTitle !== undefined && { short_title: item.shortTitle }),
    ...(content !== undefined &&
      ("html" in content ? { content_html: content.html } : { content_text: content.text })),
    ...(summary !== undefined && { summary }),
    date_published: formatInstant(times.published),
    ...(times.expires !== undefined && { expires: formatInstant(times.expires) }),
    ...(hidden !== undefined && { draft: true }),
    ...filed,
    authors: item.authors.map(({ name, url }) => ({
      name,
      ...(url !== undefined && !isMailAddress(url) && { url }),
    })),
    ...(language !== undefined && { language }),
    ...(image !== undefined && { image }),
    attachments: attachmentsOf(item),
  };
  const kept: Issue[] =
    hidden === undefined
      ? []
      : [{ field: "document", reason: KEPT_AS_DRAFT, detail: hidden.reason, found: "" }];
  return { kind: "draft", draft, warnings: [...kept, ...item.warnings] };
}

const NO_SECTION =
  "The item has no category, and no --section says where it belongs. Publish the feed with --section NAME.";

/** In a system that has both sections and tags, no tag becomes a section, even of an item without a section. */
function sectionsAndTags(
  { sections: own, categories }: FeedItem,
  sections: readonly string[],
): Pick<Draft, "sections" | "tags"> {
  if (sections.length > 0) {
    return { sections: [...sections], tags: [...new Set([...(own ?? []), ...categories])] };
  }
  if (own !== undefined) return { sections: [...new Set(own)], tags: [...new Set(categories)] };
  const [first, ...others] = new Set(categories);
  return { sections: first === undefined ? [] : [first], tags: others };
}

function imageOf({ image, base }: FeedItem): Draft["image"] {
  if (image === undefined) return undefined;
  const { url, alt, credit, width, height } = image;
  const address = resolveUrl(url, base) ?? url;
  const known = {
    ...(alt !== undefined && { alt }),
    ...(credit !== undefined && { credit }),
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
  };
  return Object.keys(known).length === 0 ? address : { url: address, ...known };
}

function attachmentsOf({ enclosures, base }: FeedItem): Draft["attachments"] {
  return enclosures.map(({ url, type, length, title }) => ({
    url: resolveUrl(url, base) ?? url,
    ...(type !== undefined && { mime_type: type }),
    ...(length !== undefined && { size_in_bytes: length }),
    ...(title !== undefined && { title }),
  }));
}

function isWebAddress(url: string | undefined): url is string {
  return url !== undefined && /^https?:/i.test(url);
}

// An author's mail address doesn't move along.
function isMailAddress(url: string): boolean {
  return /^mailto:/i.test(url);
}

/** A language as BCP 47 writes it; an invalid one stays as it is, and the site names it. */
function languageOf(language: string | undefined): string | undefined {
  try {
    return Intl.getCanonicalLocales(language?.replaceAll("_", "-"))[0];
  } catch {
    return language;
  }
}
