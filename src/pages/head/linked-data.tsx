/** Structured data of schema.org as JSON-LD (W3C, "JSON-LD 1.1", section 7), for the head of a page. Pure. */
import type { Site } from "../../article/site.ts";

/** A node; members that are undefined are left out. */
export type Data = { "@type": string } & Record<string, unknown>;

/** A script element with data. No text in it can end the element: `<` is escaped. */
export function LinkedData({ data }: { data: Data }) {
  const json = JSON.stringify({ "@context": "https://schema.org", ...data }).replaceAll("<", "\\u003c");
  return <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: json }} />;
}

/** The publisher, with the site's logo ("Organization structured data", Google Search Central). */
export function organisationOf({ publisher, logo, icon }: Site): Data {
  const picture = logo ?? icon;
  return {
    "@type": "NewsMediaOrganization",
    ...publisher,
    logo: picture === undefined ? undefined : { "@type": "ImageObject", url: picture },
  };
}

/** A site for its front page: its name in search results ("Site names in Google Search", Google Search Central). */
export function websiteOf(site: Site): Data {
  return {
    "@type": "WebSite",
    name: site.title,
    url: `${site.url}/`,
    description: site.description,
    inLanguage: site.language,
    publisher: organisationOf(site),
  };
}

/**
 * The pages that lead to a page, from the front page on ("Breadcrumb structured data", Google Search Central).
 * @param steps the last one is the page itself and needs no address
 */
export function breadcrumbs(steps: readonly { name: string; url?: string }[]): Data {
  return {
    "@type": "BreadcrumbList",
    itemListElement: steps.map(({ name, url }, index) => ({
      "@type": "ListItem",
      position: index + 1,
      name,
      item: url,
    })),
  };
}
