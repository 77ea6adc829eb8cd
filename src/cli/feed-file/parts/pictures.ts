/** The picture of an item, chosen from those that its feed names. Pure. */
import { excerptOf, type Issue } from "../../../upload/issue.ts";
import type { FeedImage, FeedItem } from "../item.ts";

// As many as a person would read.
const MAX_NAMED = 20;

/**
 * Chooses the picture of an item.
 * @param offered the pictures, the best one first; thumbnails are no pictures of their own
 * @param content the body, which may show the other pictures
 * @returns the first picture, and a warning about those that neither it nor the body shows
 */
export function pictureOf(
  offered: readonly FeedImage[],
  content: FeedItem["content"],
): { image: FeedImage | undefined; warnings: Issue[] } {
  const [image, ...others] = offered;
  if (others.length === 0) return { image, warnings: [] };
  const shown = addressesIn(content).add(image?.url ?? "");
  const lost = [...new Set(others.map(({ url }) => url))]
    .filter((url) => !shown.has(url))
    .slice(0, MAX_NAMED);
  if (lost.length === 0) return { image, warnings: [] };
  const detail = "An article has one picture beside its body: these further ones were left out.";
  const found = excerptOf(lost.join(" "));
  return { image, warnings: [{ field: "image", reason: "further-pictures", detail, found }] };
}

/** The words of a body that may be addresses, with and without their queries. Collected once for all pictures. */
function addressesIn(content: FeedItem["content"]): Set<string> {
  const body = content === undefined ? "" : "html" in content ? content.html : content.text;
  const words = body
    .split(/[\s"'<>()]+/)
    .filter((word) => word.includes(":"))
    // A comma separates the candidates of a srcset.
    .map((word) => word.replace(/,$/, "").replaceAll("&amp;", "&"));
  return new Set(words.flatMap((word) => [word, word.split(/[?#]/, 1).join("")]));
}
