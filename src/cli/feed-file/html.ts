/** HTML of a feed. Pure. */
import type { Nodes } from "hast";
import { fromHtml } from "hast-util-from-html";
import { toHtml } from "hast-util-to-html";
import { toText } from "hast-util-to-text";
import { visit } from "unist-util-visit";

// The properties that hold a URL, by the names that hast gives them.
const URL_PROPERTIES = ["href", "src", "poster", "cite", "data"];

/**
 * Makes the URLs of a fragment absolute: the article moves, and what it points at stays. References within the article
 * (`#notes`) are left as they are.
 * @param base undefined: nothing to resolve against, the fragment stays as it is
 */
export function withAbsoluteUrls(html: string, base: string | undefined): string {
  if (base === undefined) return html;
  const tree: Nodes = fromHtml(html, { fragment: true });
  let isChanged = false;
  const absolute = (url: string): string => {
    const full = url.startsWith("#") ? url : (URL.parse(url, base)?.href ?? url);
    // Only what is relative changes: a URL that is written differently but means the same is left alone.
    if (full === url || URL.canParse(url)) return url;
    isChanged = true;
    return full;
  };
  visit(tree, "element", ({ properties }) => {
    for (const name of URL_PROPERTIES) {
      const value = properties[name];
      if (typeof value === "string") properties[name] = absolute(value);
    }
    const { srcSet } = properties;
    const candidates = Array.isArray(srcSet) ? srcSet : typeof srcSet === "string" ? srcSet.split(",") : [];
    if (candidates.length > 0) {
      const full = candidates.map((candidate) => withAbsoluteUrl(String(candidate), absolute));
      properties["srcSet"] = full.join(", ");
    }
  });
  return isChanged ? toHtml(tree) : html;
}

/** `small.jpg 480w` */
function withAbsoluteUrl(candidate: string, absolute: (url: string) => string): string {
  const [url = "", ...descriptor] = candidate.trim().split(/\s+/);
  return [absolute(url), ...descriptor].join(" ");
}

/** The text of a fragment. */
export function textOf(html: string): string {
  return toText(fromHtml(html, { fragment: true })).trim();
}
