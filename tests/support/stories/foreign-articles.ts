/** Articles as a newsroom uploads them in JSON, and what a reader should find of each. */
import { importLines } from "./copies.ts";
import { at, settle } from "../newsroom.ts";
import type { Reader } from "../reading/foreign-readers.ts";
import type { ReadItem } from "../reading/read-feed.ts";
import { ORIGIN } from "../site.ts";

const NOW = "2026-11-25T10:00:00Z";

export type Upload = {
  id: string;
  guid?: string;
  title: string;
  summary: string;
  sections: string[];
  date_published: string;
  content_html: string;
  authors?: { name: string; url?: string }[];
  tags?: string[];
  language?: string;
  image?: { url: string; alt?: string };
  attachments?: { url: string; mime_type: string; size_in_bytes?: number }[];
  external_url?: string;
};

export const BRIDGE: Upload = {
  id: "bridge",
  title: "Harbour bridge reopens",
  summary: "The bridge is open again.",
  sections: ["Politics", "Human Rights"],
  date_published: "2026-11-04T07:07:06.250Z",
  content_html: '<p>Cars crossed <a href="https://maps.example/bridge">the bridge</a> at <em>noon</em>.</p>',
  authors: [{ name: "Renée Aubrisson", url: "https://courier.example/renee" }, { name: "王小明" }],
  tags: ["harbour bridge", "橋"],
  image: { url: "https://pictures.example/bridge.jpg", alt: "The bridge" },
  attachments: [
    { url: "https://files.example/talk.mp3", mime_type: "audio/mpeg", size_in_bytes: 1234 },
    { url: "https://files.example/plan.pdf", mime_type: "application/pdf" },
  ],
};

export const GUEST: Upload = {
  ...BRIDGE,
  id: "guest",
  guid: "https://elsewhere.example/?p=17&q=1",
  title: "A guest writes",
  date_published: "2026-11-03T07:07:06Z",
  external_url: "https://elsewhere.example/story?a=1&b=2",
  attachments: [],
};

export const ARABIC: Upload = {
  ...BRIDGE,
  id: "jisr",
  title: "إعادة فتح جسر الميناء",
  summary: "الجسر مفتوح من جديد.",
  sections: ["العربية"],
  date_published: "2026-11-02T07:07:06Z",
  content_html: "<p>عبرت السيارات الجسر.</p>",
  language: "ar",
};

/** Texts that authors write, and worse ones. */
const NASTY = `]]> Vec<T> & R&D &amp; &lt;b&gt; "q" 'a' &#x41; $& ]]]]><![CDATA[> 北京 🌊`;

export const SONS = `Ann "A" <Lee> & ]]> Sons`;

export const HOSTILE: Upload = {
  ...BRIDGE,
  id: "hostile",
  title: `Title ${NASTY}`,
  summary: `Summary ${NASTY}`,
  date_published: "2026-11-01T07:07:06Z",
  content_html: "<p>]]> &amp;amp; &lt;script> <code>a &lt; b &amp;&amp; c</code> ]]]]><em>!</em> $&amp;</p>",
  authors: [{ name: SONS }],
  tags: ["hostile"],
};

/** An article whose addresses and tags must be escaped in XML's attributes. */
export const AMPERSANDS: Upload = {
  ...BRIDGE,
  id: "ampersands",
  tags: [`R&D <x> "y"`],
  image: { url: "https://pictures.example/bridge.jpg?width=1&height=2", alt: "The bridge" },
  attachments: [{ url: "https://files.example/talk.mp3?a=1&b=2", mime_type: "audio/mpeg" }],
};

/** Publishes articles on a fixed day, and waits until all feeds show them. */
export async function publishAll(uploads: readonly Upload[]): Promise<void> {
  at(Date.parse(NOW));
  const { summary } = await importLines(uploads);
  if (summary?.["created"] !== uploads.length) throw new Error(JSON.stringify(summary));
  await settle();
}

/** Everything that a feed can say of an article. */
export function itemOf(
  upload: Upload,
  { format, takes }: Pick<Reader, "format" | "takes">,
): Required<ReadItem> {
  const {
    title,
    summary,
    content_html: html,
    sections,
    authors = [],
    tags = [],
    attachments = [],
    language = "en",
  } = upload;
  const published = Date.parse(upload.date_published);
  const names = authors.map(({ name }) => name);
  const addresses = attachments.map(({ url }) => url);
  return {
    id: upload.guid ?? `tag:courier.example,${NOW.slice(0, 10)}:${upload.id}`,
    link: upload.external_url ?? `${ORIGIN}/articles/${upload.id}`,
    title,
    // RSS knows whole seconds.
    published: format === "rss" ? Math.floor(published / 1000) * 1000 : published,
    updated: published,
    summary,
    html: takes(language === "ar" ? `<div dir="rtl" lang="ar">${html}</div>` : html),
    // RSS has one author, and one enclosure.
    authors: format === "rss" ? [names.join(", ")] : names,
    categories: [...sections, ...tags],
    enclosures: format === "rss" ? addresses.slice(0, 1) : addresses,
    image: upload.image?.url,
    language,
  };
}

/** The expected members that the reader knows of. */
export function knownOf(expected: object, read: object): object {
  return Object.fromEntries(Object.entries(expected).filter(([name]) => name in read));
}
