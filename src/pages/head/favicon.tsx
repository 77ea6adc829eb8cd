/** A favicon for a site that has none of its own: its first letter on its accent colour. Pure. */
import type { Site } from "../../article/site.ts";
import { primaryLanguage } from "../../article/language.ts";
import { accentColours } from "../parts/colours.ts";
import { markupOf } from "../parts/markup.ts";

/** The article before the name of a newspaper, in the languages in which most names have one. */
const ARTICLES: ReadonlyMap<string, RegExp> = new Map([
  ["en", /^The\s+/i],
  ["es", /^(?:El|La|Los|Las)\s+/i],
  ["fr", /^(?:(?:Le|La|Les)\s+|L[’'])/i],
  ["de", /^(?:Der|Die|Das)\s+/i],
  ["pt", /^(?:O|A|Os|As)\s+/i],
  ["ar", /^ال(?=\p{L}{2})/u],
]);

/** The favicon as an SVG document. */
export function favicon(site: Pick<Site, "title" | "language" | "accentColor">): string {
  return markupOf(
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
      <rect width="32" height="32" rx="5" fill={accentColours(site).light} />
      <text x="16" y="24" fill="#fff" font-family="Georgia, serif" font-size="24" text-anchor="middle">
        {initialOf(site)}
      </text>
    </svg>,
  );
}

/** The first letter of a site's name: "The Alder Bay Courier" has an A. */
function initialOf({ title, language }: Pick<Site, "title" | "language">): string {
  const [initial = ""] = title.replace(ARTICLES.get(primaryLanguage(language)) ?? "", "");
  return initial.toLocaleUpperCase(language);
}
