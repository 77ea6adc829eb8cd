/** The terms under which a post is filed: categories are sections, everything else that readers saw is a tag. Pure. */
import { nonEmpty } from "../item.ts";
import { decodedName } from "../exports/plain-title.ts";
import type { WxrTerm } from "./wxr.ts";

// The slugs that WordPress gives to the category of posts that have none, in its larger languages.
const NO_CATEGORY = new Set(
  "geen-categorie non-classe ohne-kategorie sem-categoria senza-categoria sin-categoria uncategorised uncategorized".split(
    " ",
  ),
);

// Taxonomies of WordPress and of the plugins Polylang and Co-Authors Plus that say nothing of a post's subject.
const TECHNICAL = new Set(
  (
    "author language link_category nav_menu post_format post_translations term_language term_translations wp_theme " +
    "wp_template_part_area"
  ).split(" "),
);

/** Names are decoded and appear once. `language`: of a site with several. */
export function readTerms(terms: readonly WxrTerm[]): {
  sections: string[];
  categories: string[];
  language: string | undefined;
} {
  const named = terms.filter(({ domain }) => domain === "category");
  // Parts of exports that were written by others name no taxonomy.
  const sections = named.length > 0 ? named : terms.filter(({ domain }) => domain === "");
  const tags = terms.filter(({ domain }) => domain !== "category" && domain !== "" && !TECHNICAL.has(domain));
  return {
    sections: namesOf(sections.filter(({ nicename, name }) => !isNone(nicename === "" ? name : nicename))),
    categories: namesOf(tags),
    language: terms.find(({ domain }) => domain === "language")?.nicename,
  };
}

function isNone(slug: string): boolean {
  return NO_CATEGORY.has(slug.trim().toLowerCase());
}

function namesOf(terms: readonly WxrTerm[]): string[] {
  return [...new Set(nonEmpty(terms.map(({ name }) => decodedName(name))))];
}
