/** Other spellings of an address, and the canonical one. Pure. */
import { isId, slug } from "../article/identity.ts";
import { FEED_FILES } from "../feed/addresses.ts";

/** What other software calls its feeds. */
const FEED_SPELLINGS = new Map(
  Object.entries({
    rss: FEED_FILES.rss,
    rss2: FEED_FILES.rss,
    "feed.xml": FEED_FILES.rss,
    "feed.rss": FEED_FILES.rss,
    "index.xml": FEED_FILES.rss,
    "index.rss": FEED_FILES.rss,
    "rss2.xml": FEED_FILES.rss,
    "feed/rss": FEED_FILES.rss,
    "feed/rss2": FEED_FILES.rss,
    atom: FEED_FILES.atom,
    "feed.atom": FEED_FILES.atom,
    "index.atom": FEED_FILES.atom,
    "feed/atom": FEED_FILES.atom,
    json: FEED_FILES.json,
    "index.json": FEED_FILES.json,
    "feed/json": FEED_FILES.json,
  }),
);

// Stands for this site, whose origin doesn't matter here.
const BASE = "https://site.invalid";

const SECTION = /^\/sections\/([^/]+)/;

/**
 * The canonical path for one that nothing answers.
 * @param path as requested, not percent-decoded
 * @returns a path on this site as a URI reference, without query, or undefined where the path is no known spelling of any
 */
export function canonicalPath(path: string): string | undefined {
  // A browser reads a backslash as a slash, and drops tabs and line ends: what leads elsewhere is no spelling of ours.
  const url = URL.parse(path.replaceAll(/[\\/]+/g, "/"), BASE);
  if (url === null || url.origin !== BASE) return undefined;
  const trimmed = url.pathname.replaceAll(/\/+/g, "/").replace(/\/$/, "");
  const isList = trimmed === "/sections" || trimmed === "/articles";
  const named = SECTION.exec(trimmed)?.[1];
  const home = named === undefined ? "" : `/sections/${sectionId(named)}`;
  const rest = named === undefined ? trimmed : trimmed.replace(SECTION, "");
  const spelled = FEED_SPELLINGS.get(rest.slice(1));
  const canonical = isList ? "/" : `${home}${spelled === undefined ? rest : `/${spelled}`}` || "/";
  return canonical === path ? undefined : canonical;
}

function sectionId(named: string): string {
  try {
    const name = decodeURIComponent(named);
    return isId(name) ? name : slug(name);
  } catch {
    return named;
  }
}
