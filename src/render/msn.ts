/** FeedDocument → RSS 2.0 as MSN Partner Hub takes it. Pure. */
import type { Instant } from "../article/article.ts";
import { primaryLanguage } from "../article/language.ts";
import type { FeedDocument } from "../feed/document.ts";
import { optionalElement, textElement } from "./elements.ts";
import { mediaContent } from "./media.ts";
import { renderDialect, WITHDRAWN } from "./rss-dialect.ts";

/**
 * Renders a feed by "MSN feed item metadata requirements" and "MSN content expiration and takedown rules": abstracts are
 * plain text, an update shows in `dcterms:modified`, and `dcterms:valid` tells when an article is to be taken down. One
 * that was withdrawn is an item that has expired. A feed has one language: articles in others are left out.
 */
export function renderMsn(document: FeedDocument): string {
  const items = document.items.filter(
    ({ language }) => primaryLanguage(language) === primaryLanguage(document.language),
  );
  return renderDialect(
    { ...document, items },
    {
      item: ({ updated, expires, image }) =>
        [
          textElement("dcterms:modified", w3cDate(updated)),
          optionalElement("dcterms:valid", expires === undefined ? undefined : w3cDate(expires)),
          image === undefined ? "" : mediaContent(image),
        ].join(""),
      withdrawn: ({ when }) =>
        [
          textElement("description", WITHDRAWN),
          textElement("content:encoded", `<p>${WITHDRAWN}</p>`),
          textElement("dcterms:modified", w3cDate(when)),
          textElement("dcterms:valid", w3cDate(when)),
        ].join(""),
      isDescriptionPlain: true,
    },
  );
}

/** W3C-DTF, which RFC 3339 is a profile of. */
function w3cDate(instant: Instant): string {
  return new Date(instant).toISOString();
}
