/** The verdict of one aggregator on an article. Pure. No clock: the present instant is passed in. */
import type { Instant } from "../article/article.ts";
import type { Site } from "../article/site.ts";
import type { ParsedItem } from "./parsed-item.ts";
import type { Aggregator, Complaint, Field, Rule, Severity } from "./rule.ts";

/** A rule that an article breaks. */
export type Finding = {
  rule: string;
  severity: Severity;
  field: Field;
  /** For people: "MSN would refuse it: headline has 17 characters, needs 20". */
  detail: string;
  found: string;
  requirement: string;
  /** The address of the public documentation that states the rule. */
  source: string;
};

export type Verdict = {
  aggregator: string;
  id: string;
  /** "refuses" when at least one finding refuses; "accepts" only without any finding. */
  verdict: "accepts" | Severity;
  /** In the order of the aggregator's rules. */
  findings: Finding[];
};

/** Judges an article by the rules of one aggregator. */
export function judge(aggregator: Aggregator, item: ParsedItem, site: Site, now: Instant): Verdict {
  const findings = aggregator.rules.flatMap((rule) => {
    const complaint = rule.check(item, site, now);
    return complaint === undefined ? [] : [finding(aggregator, rule, complaint)];
  });
  return { aggregator: aggregator.name, id: aggregator.id, verdict: worst(findings), findings };
}

function finding(aggregator: Aggregator, rule: Rule, { detail, found }: Complaint): Finding {
  const opening = rule.severity === "refuses" ? "would refuse it" : "would warn";
  return {
    rule: rule.rule,
    severity: rule.severity,
    field: rule.field,
    detail: `${aggregator.short ?? aggregator.name} ${opening}: ${detail}`,
    found,
    requirement: rule.requirement,
    source: rule.source ?? aggregator.source,
  };
}

function worst(findings: Finding[]): Verdict["verdict"] {
  if (findings.length === 0) return "accepts";
  return findings.some(({ severity }) => severity === "refuses") ? "refuses" : "warns";
}
