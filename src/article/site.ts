/** The site: what an owner decides, and what every part may know of it. */
import type { Person } from "./article.ts";

/** A section as the owner declares it. */
export type Section = {
  id: string;
  title: string;
  description?: string | undefined;
  /** A BCP 47 language tag, where it differs from the site's. */
  language?: string | undefined;
};

export type Site = {
  /** The origin of every public URL, without a trailing slash. */
  url: string;
  title: string;
  description: string;
  /** A BCP 47 language tag. */
  language: string;
  publisher: Person;
  /** A domain that the publisher held on the day `since`: the authority of every tag URI (RFC 4151). */
  authority: string;
  since: string;
  icon?: string | undefined;
  favicon?: string | undefined;
  /** The channel's picture: GIF, JPEG or PNG (RSS 2.0). */
  image?: string | undefined;
  sections: Section[];
  /** Whether a section that is not declared here opens by being named. */
  newSections: "open" | "reject";
  /** How many articles a feed shows at most. */
  itemsPerFeed: number;
};

/**
 * A section's title, description and language: as declared, or sensible ones for a section that opened by being named.
 * @param fallback the title under which the section was named
 */
export function describeSection(site: Site, id: string, fallback: string): Section {
  return site.sections.find((section) => section.id === id) ?? { id, title: fallback };
}
