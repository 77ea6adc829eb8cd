/** Renders the directory of feeds as OPML 2.0 (http://opml.org/spec2.opml), a subscription list in groups. Pure. */
import type { Site } from "../article/site.ts";
import { feedUrl, homeUrl } from "../feed/addresses.ts";
import type { FeedGroup, ListedFeed } from "../feed/directory.ts";
import { escapeAttribute, escapeXml } from "./escape.ts";

/** Renders the whole document. It has every feed once, as RSS, which all readers' software takes. */
export function renderOpml(site: Site, groups: readonly FeedGroup[]): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<opml version="2.0">
<head>
<title>${escapeXml(site.title)}</title>
<ownerName>${escapeXml(site.publisher.name)}</ownerName>
<docs>http://opml.org/spec2.opml</docs>
</head>
<body>
${groups.map((group) => groupOutline(site, group)).join("\n")}
</body>
</opml>
`;
}

function groupOutline(site: Site, { title, feeds, more }: FeedGroup): string {
  const outlines = feeds.map((feed) => feedOutline(site, feed));
  if (more !== undefined) {
    // "Inclusion" in the specification: an outline of type link leads to a document that is no feed.
    const text = escapeAttribute(`All ${title.toLowerCase()}`);
    outlines.push(`<outline type="link" text="${text}" url="${escapeAttribute(`${site.url}${more}`)}"/>`);
  }
  return `<outline text="${escapeAttribute(title)}">\n${outlines.join("\n")}\n</outline>`;
}

/** A feed's outline. "Subscription lists" in the specification requires the attributes type, text and xmlUrl. */
function feedOutline(site: Site, { id, about }: ListedFeed): string {
  const attributes = {
    type: "rss",
    text: about.title,
    title: about.title,
    description: about.description,
    xmlUrl: feedUrl(site, id, "rss"),
    htmlUrl: homeUrl(site, id),
    language: about.language,
    version: "RSS",
  };
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`);
  return `<outline${written.join("")}/>`;
}
