/** The vocabularies in which feeds say who may see an item and when, by the namespaces that stand for each. Pure. */

export type Vocabulary = "app" | "media" | "dcterms" | "prism";

// Without scheme and last sign. Every version of a vocabulary is one: what follows such a name after a slash belongs to it.
const NAMESPACES: Record<Vocabulary, readonly string[]> = {
  // The Atom Publishing Protocol's (RFC 5023, section 4.1), and that of its drafts.
  app: ["www.w3.org/2007/app", "purl.org/atom/app"],
  media: [
    "search.yahoo.com/mrss",
    "tools.search.yahoo.com/mrss",
    "video.search.yahoo.com/mrss",
    "search.yahoo.com/searchmonkey/media",
    "www.rssboard.org/media-rss",
  ],
  dcterms: [
    "purl.org/dc/terms",
    "dublincore.org/documents/dcmi-terms",
    "dublincore.org/specifications/dublin-core/dcmi-terms",
  ],
  prism: [
    "prismstandard.org/namespaces",
    "www.prismstandard.org/namespaces",
    "purl.org/rss/1.0/modules/prism",
  ],
};

const VOCABULARIES: readonly Vocabulary[] = ["app", "media", "dcterms", "prism"];

/** The namespaces of prefixes that feeds use without declaring them. */
export const USUAL_PREFIXES: Record<Vocabulary, string> = {
  app: "http://www.w3.org/2007/app",
  media: "http://search.yahoo.com/mrss/",
  dcterms: "http://purl.org/dc/terms/",
  prism: "http://prismstandard.org/namespaces/basic/2.0/",
};

/** @returns undefined for any other namespace, and for none */
export function vocabularyOf(namespace: string): Vocabulary | undefined {
  const name = namespace
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, "")
    .replace(/[/#]$/, "");
  return VOCABULARIES.find((vocabulary) =>
    NAMESPACES[vocabulary].some((known) => name === known || name.startsWith(`${known}/`)),
  );
}

/** Whether a document names one of the namespaces, or uses an element by its usual prefix. */
export function mentionsVocabulary(text: string): boolean {
  const lower = text.toLowerCase();
  return VOCABULARIES.some((vocabulary) =>
    [`<${vocabulary}:`, ...NAMESPACES[vocabulary]].some((name) => lower.includes(name)),
  );
}
