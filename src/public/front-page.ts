/** The front page over HTTP: the site's newest articles, and those of sections of which they have none. */
import type { WindowArticle } from "../article/article.ts";
import { sectionFeed } from "../article/feed-id.ts";
import { homePage } from "../pages/home-page.tsx";
import { wholeSite } from "../pages/parts/alternates.ts";
import { fingerprint } from "../pages/parts/fingerprint.ts";
import { IN_BLOCK } from "../pages/front/composition.ts";
import { reasonOf, report } from "../report.ts";
import { type Edition, UNWRITTEN, type VersionedValue } from "../store/edition.ts";
import { type WindowKey, windowKey } from "../store/keys.ts";
import { readNewest } from "../store/newest.ts";
import { readWindow } from "../store/records.ts";
import type { KvReads } from "../store/read/kv-reads.ts";
import { pageFields } from "./alternate-links.ts";
import { type PublicDoor, type PublicHandler, readsOf } from "./door.ts";
import { openPageName } from "./feed-source.ts";
import { type Sections, sectionsOf, variantOf } from "./surroundings.ts";

/** How many sections' windows are read at most beside the site's: a window may be a megabyte. */
const MAX_WINDOWS = 12;

// Of each edition of the site's window, which sections it has articles of.
const present = new WeakMap<Edition, ReadonlySet<string>>();

/** The window of a section that the site's newest articles have none of. */
type SectionWindow = VersionedValue & { section: string; key: WindowKey };

/** GET /: the front page. Its entity tag names every record that it shows. */
export function showHome(door: PublicDoor): PublicHandler {
  const { site } = door;
  return async (c) => {
    const now = Date.now();
    const reads = readsOf(c, door.cache, now);
    const key = windowKey("all");
    const [window, sections] = await Promise.all([reads.latest(key), sectionsOf(reads, site)]);
    const others = await windowsBeside(reads, sections, sectionsIn(window));
    return door.documents.respond(c.req.raw, now, {
      name: key,
      edition: window.edition,
      values: [window, sections.value, ...others],
      variant: variantOf("home", sections.digest, digestOf(others)),
      mediaType: "text/html",
      fields: () => pageFields(site, [wholeSite(site)]),
      render: () => {
        const { articles, archive } = readWindow(window.text, key);
        return homePage(site, {
          navigation: sections.shown,
          newest: articles,
          windows: new Map(others.map((other) => [other.section, newestIn(other)])),
          archive: archive && { feed: "all", page: openPageName(archive) },
        });
      },
    });
  };
}

function sectionsIn({ edition, text }: VersionedValue): ReadonlySet<string> {
  const known = present.get(edition);
  if (known !== undefined) return known;
  const { articles } = readWindow(text, "window:all");
  const sections = new Set(articles.flatMap((article) => article.sections.map(({ id }) => id)));
  if (edition !== UNWRITTEN) present.set(edition, sections);
  return sections;
}

/** Reads the windows of the sections that the site's newest articles leave out. */
function windowsBeside(
  reads: KvReads,
  { shown, empty }: Sections,
  among: ReadonlySet<string>,
): Promise<SectionWindow[]> {
  const missing = shown.sections.filter(({ id }) => !among.has(id) && !empty.has(id)).slice(0, MAX_WINDOWS);
  return Promise.all(missing.map(({ id }) => windowBeside(reads, id)));
}

/** Reads a section's window; the page does without one that can't be read. */
async function windowBeside(reads: KvReads, section: string): Promise<SectionWindow> {
  const key = windowKey(sectionFeed(section));
  try {
    return { section, key, ...(await reads.latest(key)) };
  } catch (thrown) {
    report("surroundings-not-read", { key, reason: reasonOf(thrown) });
    return { section, key, edition: UNWRITTEN, text: undefined, isOutdated: true };
  }
}

function digestOf(windows: readonly SectionWindow[]): string {
  if (windows.length === 0) return "";
  return fingerprint(
    windows.map(({ section, edition }) => `${section} ${edition.epoch} ${edition.sequence}`).join("\n"),
  );
}

function newestIn({ key, text }: SectionWindow): WindowArticle[] {
  return readNewest(text, 2 * IN_BLOCK, key);
}
