/** The web application manifest: how a home screen shows the site (W3C, "Web Application Manifest"). Pure. */
import { directionOf } from "../../article/language.ts";
import { mediaTypeOf } from "../../article/media-type.ts";
import type { Site } from "../../article/site.ts";
import { PAPERS } from "../parts/colours.ts";

export const MANIFEST_PATH = "/site.webmanifest";

/** A manifest as JSON. The site's own icon stands first, then the drawn initial, which fits every size. */
export function manifestOf({ title, description, language, icon }: Site): string {
  const own = icon === undefined ? [] : [{ src: icon, type: mediaTypeOf(icon) }];
  return JSON.stringify({
    id: "/",
    name: title,
    short_name: title,
    description,
    lang: language,
    dir: directionOf(language),
    start_url: "/",
    scope: "/",
    display: "minimal-ui",
    background_color: PAPERS.light,
    theme_color: PAPERS.light,
    icons: [...own, { src: "/favicon.svg", sizes: "any", type: "image/svg+xml" }],
  });
}
