/** The sections that every page names: the declared ones, and those that articles opened. Pure. */
import type { SectionName } from "../../article/article.ts";
import type { Site } from "../../article/site.ts";
import type { SiteRecord } from "../../store/directory.ts";
import { fingerprint } from "./fingerprint.ts";

/** A section with the language of its title, where the owner names one. */
export type NavigationSection = SectionName & { language?: string | undefined };

export type Navigation = {
  sections: readonly NavigationSection[];
  /** Whether there are more sections than these. */
  isCut: boolean;
  /** Names what it shows beyond the site's settings, for entity tags; empty where it shows nothing beyond. */
  digest: string;
};

// As many as a masthead has room for beside those that the owner declares.
const MAX_OPENED = 20;

/** The navigation of a site of which nothing is known but its settings. */
export function declaredNavigation({ sections }: Site): Navigation {
  return { sections, isCut: false, digest: "" };
}

/**
 * The declared sections in the owner's order; then those with the most articles of the ones that articles opened. The numbers of
 * articles are no part of it: a page doesn't change with each article.
 */
export function navigationOf(site: Site, { sections, isCut = false }: SiteRecord): Navigation {
  const declared = new Set(site.sections.map(({ id }) => id));
  const opened = sections.filter(({ id, count }) => count > 0 && !declared.has(id));
  const busiest = new Set(
    opened.toSorted((a, b) => b.count - a.count || (b.newest ?? 0) - (a.newest ?? 0)).slice(0, MAX_OPENED),
  );
  const shown = opened.filter((section) => busiest.has(section)).map(({ id, title }) => ({ id, title }));
  const isLonger = isCut || opened.length > shown.length;
  return {
    sections: [...site.sections, ...shown],
    isCut: isLonger,
    digest: shown.length === 0 && !isLonger ? "" : fingerprint(JSON.stringify([shown, isLonger])),
  };
}
