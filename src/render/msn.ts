/** Renders a feed for MSN Partner Hub: its dialect of RSS 2.0. Pure. */
import { formatInstant } from "../article/instant.ts";
import { primaryLanguage } from "../article/language.ts";
import { MSN_IMAGE_TYPES } from "../article/partner-limits.ts";
import type { FeedDocument } from "../feed/document.ts";
import { largestFile } from "../feed/picture.ts";
import { shortTitleOf } from "../feed/short-title.ts";
import { optionalElement, textElement } from "./elements.ts";
import { mediaContent } from "./media.ts";
import { renderDialect, WITHDRAWN } from "./rss-dialect.ts";

/**
 * Renders a feed by "MSN feed item metadata requirements" and "MSN content expiration and takedown rules": abstracts are
 * plain text, an update shows in `dcterms:modified`, and `dcterms:valid` tells when MSN takes an article down. A withdrawn
 * article is an item that has expired. A feed has one language: articles in others are left out. `mi:shortTitle` has the
 * short title, if any, of an article whose title is too long for a card ("Feed content specifications in MSN Partner Hub",
 * title guidelines). MSN makes its own sizes of an image: it gets the largest file of a type that it takes.
 */
export function renderMsn(document: FeedDocument): string {
  const items = document.items.filter(
    ({ language }) => primaryLanguage(language) === primaryLanguage(document.language),
  );
  return renderDialect(
    { ...document, items },
    {
      item: (item) =>
        [
          optionalElement("mi:shortTitle", shortTitleOf(item)),
          textElement("dcterms:modified", formatInstant(item.updated)),
          optionalElement(
            "dcterms:valid",
            item.expires === undefined ? undefined : formatInstant(item.expires),
          ),
          item.image === undefined ? "" : mediaContent(item.image, largestFile(item.image, MSN_IMAGE_TYPES)),
        ].join(""),
      withdrawn: ({ when }) =>
        [
          textElement("description", WITHDRAWN),
          textElement("content:encoded", `<p>${WITHDRAWN}</p>`),
          textElement("dcterms:modified", formatInstant(when)),
          textElement("dcterms:valid", formatInstant(when)),
        ].join(""),
      isDescriptionPlain: true,
    },
  );
}
