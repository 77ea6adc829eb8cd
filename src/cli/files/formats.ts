/** The one table of file formats: what the ending of a name says. */

export type Format = "wire" | "markdown" | "json" | "ninjs" | "feed";

/** The media types of documents that go to the site as they are. */
export const MEDIA_TYPES: Record<Exclude<Format, "feed">, string> = {
  wire: "text/plain; charset=utf-8",
  markdown: "text/markdown; charset=utf-8",
  json: "application/json",
  ninjs: "application/vnd.iptc.ninjs+json",
};

// The longest ending first.
const ENDINGS: [string, Format][] = [
  [".ninjs.json", "ninjs"],
  [".ninjs", "ninjs"],
  [".json", "json"],
  [".txt", "wire"],
  [".markdown", "markdown"],
  [".mkd", "markdown"],
  [".mkdn", "markdown"],
  [".mdown", "markdown"],
  [".md", "markdown"],
  [".xml", "feed"],
  [".rss", "feed"],
  [".atom", "feed"],
];

/** The endings of names that are understood, for a message. */
export const KNOWN_ENDINGS = ENDINGS.map(([ending]) => ending).join(" ");

/**
 * @param name a file's name
 * @returns its format, and the name without its ending; undefined when the ending is another
 */
export function formatOf(name: string): { format: Format; stem: string } | undefined {
  const lower = name.toLowerCase();
  const [ending, format] = ENDINGS.find(([each]) => lower.endsWith(each)) ?? [];
  return ending === undefined || format === undefined
    ? undefined
    : { format, stem: name.slice(0, -ending.length) };
}
