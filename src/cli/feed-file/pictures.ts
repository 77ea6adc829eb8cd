/** The one picture of an item, of those that its feed names. Pure. */
import { excerptOf, type Issue } from "../../upload/issue.ts";
import type { FeedImage, FeedItem } from "./item.ts";

// What a person would still read.
const MAX_NAMED = 20;

/**
 * @param offered the pictures, the best one first; thumbnails are no pictures of their own
 * @param content the body, in which the other pictures may stand
 * @returns the first picture, and a warning about those that neither it nor the body shows
 */
export function pictureOf(
  offered: readonly FeedImage[],
  content: FeedItem["content"],
): { image: FeedImage | undefined; warnings: Issue[] } {
  const [image, ...others] = offered;
  const body = content === undefined ? "" : "html" in content ? content.html : content.text;
  const lost = [...new Set(others.map(({ url }) => url))]
    .slice(0, MAX_NAMED)
    .filter(
      (url) => url !== image?.url && !body.includes(url) && !body.includes(url.replaceAll("&", "&amp;")),
    );
  if (lost.length === 0) return { image, warnings: [] };
  const detail = "An article has one picture beside its body: these further ones were left out.";
  const found = excerptOf(lost.join(" "));
  return { image, warnings: [{ field: "image", reason: "further-pictures", detail, found }] };
}
