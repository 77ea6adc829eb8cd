/** The table of file formats, by the ending of the file's name. */

export type Format = "wire" | "markdown" | "json" | "ninjs" | "feed";

/** The media types of documents that are uploaded unchanged. */
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

/** The known endings, as a list for a message. */
export const KNOWN_ENDINGS = ENDINGS.map(([ending]) => ending).join(" ");

/**
 * Finds the format of a file.
 * @param name the file's name
 * @returns the format, and the name without its ending; undefined for an unknown ending
 */
export function formatOf(name: string): { format: Format; stem: string } | undefined {
  const lower = name.toLowerCase();
  const [ending, format] = ENDINGS.find(([each]) => lower.endsWith(each)) ?? [];
  return ending === undefined || format === undefined
    ? undefined
    : { format, stem: name.slice(0, -ending.length) };
}
