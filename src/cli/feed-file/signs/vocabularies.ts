/** The vocabularies in which feeds say who may see an item and when, by their namespaces. Pure. */

export type Vocabulary = "app" | "media" | "dcterms" | "prism";

// Without the scheme and the final slash or hash. A longer namespace that begins with one of these and a slash is
// another version of it.
const NAMESPACES: Record<Vocabulary, readonly string[]> = {
  // The Atom Publishing Protocol (RFC 5023, section 4.1), and its drafts.
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

/** The namespaces of prefixes that some feeds use without declaring them. */
export const USUAL_PREFIXES: Record<Vocabulary, string> = {
  app: "http://www.w3.org/2007/app",
  media: "http://search.yahoo.com/mrss/",
  dcterms: "http://purl.org/dc/terms/",
  prism: "http://prismstandard.org/namespaces/basic/2.0/",
};

/** Finds the vocabulary of a namespace; undefined for any other, and for none. */
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
