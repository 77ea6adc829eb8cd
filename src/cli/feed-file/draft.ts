/** An item of a feed → the JSON draft that is uploaded. Pure. */
import { excerptOf } from "../../upload/issue.ts";
import { readTime, TIME_DETAIL } from "../../upload/time.ts";
import { withAbsoluteUrls } from "./html.ts";
import { type FeedItem, resolved } from "./item.ts";

/** A draft as `POST /api/articles` takes it: the names are JSON Feed's. */
export type Draft = {
  guid?: string;
  title?: string;
  content_html?: string;
  content_text?: string;
  summary?: string;
  date_published: string;
  sections: string[];
  tags: string[];
  authors: { name: string; url?: string }[];
  language?: string;
  image?: string;
  attachments: { url: string; mime_type: string; size_in_bytes?: number; title?: string }[];
};

export type Drafted = { ok: true; draft: Draft } | { ok: false; reason: string };

/**
 * The link is left out: the article moves here.
 * @param sections the sections it goes to; none: its first category is its section, the others are tags
 * @returns the draft, or why the site couldn't place it
 */
export function draftOf(item: FeedItem, sections: readonly string[]): Drafted {
  const { id, title, content, summary, date, image, base } = item;
  const language = languageTag(item.language);
  const [first, ...others] = new Set(item.categories);
  if (sections.length === 0 && first === undefined) return { ok: false, reason: NO_SECTION };
  if (date === undefined) return { ok: false, reason: "The item has no date." };
  const published = readTime(date);
  if (!published.ok) {
    return { ok: false, reason: `The item's date is “${excerptOf(date)}”. ${TIME_DETAIL[published.reason]}` };
  }
  const isSorted = sections.length > 0 || first === undefined;
  const draft: Draft = {
    ...(id !== undefined && { guid: id }),
    ...(title !== undefined && { title }),
    ...(content !== undefined &&
      ("html" in content
        ? { content_html: withAbsoluteUrls(content.html, base) }
        : { content_text: content.text })),
    ...(summary !== undefined && { summary }),
    date_published: new Date(published.instant).toISOString(),
    sections: isSorted ? [...sections] : [first],
    tags: isSorted ? [...new Set(item.categories)] : others,
    authors: item.authors.map(({ name, url }) => ({ name, ...(isWebAddress(url) && { url }) })),
    ...(language !== undefined && { language }),
    ...(image !== undefined && { image: image.url }),
    attachments: attachmentsOf(item),
  };
  return { ok: true, draft };
}

const NO_SECTION =
  "The item has no category, and no --section says where it belongs. Publish the feed with --section NAME.";

function attachmentsOf({ enclosures, base }: FeedItem): Draft["attachments"] {
  return enclosures.flatMap(({ url, type, length, title }) => {
    const absolute = resolved(url, base);
    if (absolute === undefined) return [];
    return [
      {
        url: absolute,
        mime_type: type ?? "",
        ...(length !== undefined && { size_in_bytes: length }),
        ...(title !== undefined && { title }),
      },
    ];
  });
}

// An author's mailto: is nobody's business but the old feed's.
function isWebAddress(url: string | undefined): url is string {
  return url !== undefined && /^https?:/.test(url);
}

/** A language as BCP 47 has it; undefined for what is none, so that the site's own is taken. */
function languageTag(language: string | undefined): string | undefined {
  try {
    return Intl.getCanonicalLocales(language?.replaceAll("_", "-"))[0];
  } catch {
    return undefined;
  }
}
