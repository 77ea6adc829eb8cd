/** The rules of an aggregator, as data. Pure. No clock: the present instant is passed in. */
import type { Instant } from "../article/article.ts";
import type { ArticlePart } from "../article/part.ts";
import type { Site } from "../article/site.ts";
import type { ParsedItem } from "./parsed-item.ts";

/** The effects of a broken rule: the aggregator refuses the article, or takes it with a loss. */
export const SEVERITIES = ["refuses", "warns"] as const;

export type Severity = (typeof SEVERITIES)[number];

/** The part of an article that a rule concerns, or the whole article as a document. */
export type Field = ArticlePart | "document";

/**
 * A breach of a rule. `detail` is a clause that follows "would refuse it:"; `found` is what was found, in a few
 * words.
 */
export type Complaint = { detail: string; found: string };

/**
 * Checks one rule.
 * @param item the article as every feed shows it, parsed once for all rules
 * @param now the present instant
 * @returns undefined when the article keeps the rule. Never throws, whatever the article holds
 */
export type Check = (item: ParsedItem, site: Site, now: Instant) => Complaint | undefined;

export type Rule = {
  /** A stable word: `msn-title-length`. */
  rule: string;
  severity: Severity;
  field: Field;
  /** The rule in one sentence. */
  requirement: string;
  /** The address of the page that states the rule, where that is not the aggregator's `source`. */
  source?: string;
  check: Check;
};

export type Aggregator = {
  /** A slug: `msn`. */
  id: string;
  name: string;
  /** Its name in a sentence, where that is shorter. */
  short?: string;
  /** The address of its public documentation. */
  source: string;
  rules: readonly Rule[];
};
