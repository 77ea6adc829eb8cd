/** An article's image as Media RSS 1.5.1. Pure. */
import type { Image } from "../article/article.ts";
import { mediaTypeOf } from "../article/media-type.ts";
import { element, optionalElement } from "./elements.ts";

/** An image's media type, where the ending of its address tells it. */
export function imageType(url: string): string | undefined {
  const type = mediaTypeOf(url);
  return type?.startsWith("image/") ? type : undefined;
}

/**
 * An image as `media:content`, with all that is known of it. Its credit has no role: uploads don't say whether it names a
 * photographer, an agency or a press office.
 */
export function mediaContent({ url, alt, credit, width, height }: Image): string {
  return element(
    "media:content",
    { url, medium: "image", type: imageType(url), width, height },
    optionalElement("media:description", alt, { type: "plain" }),
    mediaThumbnail({ url }),
    optionalElement("media:credit", credit),
  );
}

/** An image as `media:thumbnail`. */
export function mediaThumbnail({ url }: Pick<Image, "url">): string {
  return element("media:thumbnail", { url });
}
