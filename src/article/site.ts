/** The site: what an owner decides, and what every part may know of it. */
import type { Person } from "./article.ts";
import { isTitle } from "./bounds.ts";

/** A section as the owner declares it. */
export type Section = {
  id: string;
  title: string;
  description?: string | undefined;
  /** A BCP 47 language tag, where it differs from the site's. */
  language?: string | undefined;
};

/** A feed that the owner defines: the articles that meet every one of its conditions. An empty list asks for nothing. */
export type StandingFeed = {
  id: string;
  title: string;
  description?: string | undefined;
  /** A BCP 47 language tag, where it differs from the site's. */
  language?: string | undefined;
  /** Ids of sections: an article stands in each of them. */
  all: string[];
  /** Ids of sections: it stands in one of them at least. */
  any: string[];
  /** Ids of sections: it stands in none of them. */
  none: string[];
  /** It has one of these tags at least. */
  tags: string[];
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
  /** A picture behind the site's name, where a reader shows one (Feedly). */
  cover?: string | undefined;
  /** The site's name as a drawing: SVG for Feedly, PNG for SmartNews. */
  logo?: string | undefined;
  /** Six hexadecimal digits, without `#`. */
  accentColor?: string | undefined;
  sections: Section[];
  feeds: StandingFeed[];
  /** Whether a section that is not declared here opens by being named. */
  newSections: "open" | "reject";
  /** How many articles a feed shows at most. */
  itemsPerFeed: number;
};

/**
 * A section's title, description and language: as declared, or sensible ones for a section that opened by being named.
 * @param fallback the title under which the section was named; the id, where that is none
 */
export function describeSection(site: Site, id: string, fallback: string): Section {
  return (
    site.sections.find((section) => section.id === id) ?? { id, title: isTitle(fallback) ? fallback : id }
  );
}
