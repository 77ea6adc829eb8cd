/** The site as its owner configures it. Every room may know it. No I/O. */
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

/** A feed that the owner defines: the articles that meet all of its conditions. An empty list sets no condition. */
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

/** The bounds of the WebSub hub, each a whole number of 1 or more; site.json may set any of them. */
export type HubLimits = {
  /** The most subscriptions in all. */
  subscriptions: number;
  /** The most subscriptions whose callbacks are on one host. */
  subscriptionsPerHost: number;
  /** The most requests that wait for their verification. */
  pending: number;
  /** The most feeds, each variant and union in each format, to which somebody subscribes. */
  topics: number;
};

export type Site = {
  /** The origin of every public URL, without a trailing slash. */
  url: string;
  title: string;
  description: string;
  /** A BCP 47 language tag. */
  language: string;
  /** The newsroom's time zone, a name of the IANA time zone database: pages show times in it. */
  timeZone: string;
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
  /** Whether an article may open a section that is not declared here by naming it. */
  newSections: "open" | "reject";
  /** How many articles a feed shows at most. */
  itemsPerFeed: number;
  /** Undefined where the hub is switched off. */
  hub: HubLimits | undefined;
};

/**
 * A section's title, description and language: as declared, or defaults for a section that an article opened.
 * @param fallback the title that the article gave; the id takes its place where it can't be a title
 */
export function describeSection(site: Site, id: string, fallback: string): Section {
  return (
    site.sections.find((section) => section.id === id) ?? { id, title: isTitle(fallback) ? fallback : id }
  );
}

/**
 * What is wrong with the pictures that pages load: their policy allows https, and the site's own origin, which may be http in
 * development.
 * @returns a line for each field, which begins with its name
 */
export function blockedPictures(site: Pick<Site, "url" | "icon" | "favicon" | "logo">): string[] {
  const { url, icon, favicon, logo } = site;
  return Object.entries({ icon, favicon, logo }).flatMap(([field, address]) => {
    const { protocol, origin } = URL.parse(address ?? "") ?? {};
    return protocol === "http:" && origin !== url
      ? [`${field}: must be https, or at the site's own address: pages load no other picture`]
      : [];
  });
}
