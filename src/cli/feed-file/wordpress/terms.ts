/** The terms of a post → sections and tags: categories are sections, other terms that readers saw are tags. Pure. */
import { nonEmpty } from "../item.ts";
import { decodedName } from "../exports/plain-title.ts";
import type { WxrTerm } from "./wxr.ts";

// The slugs of WordPress's category for posts without one, in its larger languages.
const NO_CATEGORY = new Set(
  "geen-categorie non-classe ohne-kategorie sem-categoria senza-categoria sin-categoria uncategorised uncategorized".split(
    " ",
  ),
);

// Taxonomies of WordPress, Polylang and Co-Authors Plus that say nothing about a post's subject.
const TECHNICAL = new Set(
  (
    "author language link_category nav_menu post_format post_translations term_language term_translations wp_theme " +
    "wp_template_part_area"
  ).split(" "),
);

/**
 * Sorts the terms of a post.
 * @returns sections and categories by name, each once; `language`: of the post, on a site in several languages
 */
export function readTerms(terms: readonly WxrTerm[]): {
  sections: string[];
  categories: string[];
  language: string | undefined;
} {
  const named = terms.filter(({ domain }) => domain === "category");
  // Exports by other software may name no taxonomy.
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
