/** The site in the head of every page: its icons, its colours, its manifest. Pure. */
import { mediaTypeOf } from "../../article/media-type.ts";
import type { Site } from "../../article/site.ts";
import { MANIFEST_PATH } from "./manifest.ts";
import { PAPERS } from "../parts/colours.ts";

/** The colours of a browser's frame, the icons, the link to the manifest. */
export function SiteHead({ site }: { site: Site }) {
  const { icon, favicon } = site;
  return (
    <>
      <meta name="theme-color" media="(prefers-color-scheme: light)" content={PAPERS.light} />
      <meta name="theme-color" media="(prefers-color-scheme: dark)" content={PAPERS.dark} />
      <link rel="icon" href={favicon ?? icon ?? "/favicon.svg"} />
      {isHomeScreenIcon(icon) && <link rel="apple-touch-icon" href={icon} />}
      <link rel="manifest" href={MANIFEST_PATH} />
    </>
  );
}

/** Whether a home screen can show an icon: iOS takes no SVG ("Configuring Web Applications", Safari Web Content Guide). */
function isHomeScreenIcon(icon: string | undefined): icon is string {
  return icon !== undefined && mediaTypeOf(icon) !== "image/svg+xml";
}
