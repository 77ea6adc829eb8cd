/** Other spellings of an address, and the canonical one. Pure. */
import { isId, slug } from "../article/identity.ts";
import { FEED_FILES } from "../feed/addresses.ts";

/** What other software calls its feeds. */
const FEED_SPELLINGS: Record<string, string> = {
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
};

const SECTION = /^\/sections\/([^/]+)/;

/**
 * The canonical path for one that nothing answers.
 * @param path as requested, percent-decoded or not
 * @returns a path on this site, or undefined where the path is no known spelling of any
 */
export function canonicalPath(path: string): string | undefined {
  const trimmed = path.replaceAll(/\/{2,}/g, "/").replace(/\/$/, "");
  const isList = trimmed === "/sections" || trimmed === "/articles";
  const named = SECTION.exec(trimmed)?.[1];
  const home = named === undefined ? "" : `/sections/${sectionId(named)}`;
  const rest = named === undefined ? trimmed : trimmed.replace(SECTION, "");
  const spelled = FEED_SPELLINGS[rest.slice(1)];
  const canonical = isList ? "/" : `${home}${spelled === undefined ? rest : `/${spelled}`}`;
  return canonical === path || canonical === "" ? undefined : canonical;
}

function sectionId(named: string): string {
  try {
    const name = decodeURIComponent(named);
    return isId(name) ? name : slug(name);
  } catch {
    return named;
  }
}
