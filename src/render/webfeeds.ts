/** The look of a feed in Feedly: the channel's `webfeeds` elements. Pure. */
import type { FeedDocument } from "../feed/document.ts";
import { element, optionalElement } from "./elements.ts";

/** The elements of "10 ways to optimize your feed for Feedly" that the owner has given values for. */
export function webfeedsElements({ cover, icon, logo, accentColor }: FeedDocument): string {
  return [
    cover === undefined ? "" : element("webfeeds:cover", { image: cover }),
    optionalElement("webfeeds:icon", icon),
    optionalElement("webfeeds:logo", logo),
    optionalElement("webfeeds:accentColor", accentColor),
  ].join("");
}
