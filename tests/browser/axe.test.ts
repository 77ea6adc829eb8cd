/** axe-core on every kind of page: WCAG 2.0 to 2.2, levels A and AA, and its best practices. */
import { AxeBuilder } from "@axe-core/playwright";
import { deepEqual } from "node:assert/strict";
import { describe, test } from "node:test";
import type { Page } from "playwright-core";
import { DIRECTIONS } from "./content/site-files.ts";
import { KINDS } from "./kinds.ts";
import { visit } from "./visit.ts";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];
const ALL_PAIRS = [
  { width: 1280, colorScheme: "light" },
  { width: 360, colorScheme: "dark" },
  { width: 1280, colorScheme: "dark" },
  { width: 360, colorScheme: "light" },
] as const;
// Each direction has two of the pairs, and both directions have all; of the second, what depends on width and colours alone. With
// `AXE=all npm run test:browser` each has all four, whole.
const PAIRS = { ltr: ALL_PAIRS.slice(0, 2), rtl: ALL_PAIRS.slice(2) };
const VARYING = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"];
const hasAll = process.env["AXE"] === "all";

for (const direction of DIRECTIONS) {
  describe(`a site that runs ${direction}`, { concurrency: 2 }, () => {
    for (const kind of KINDS) {
      test(`axe finds nothing on ${kind.name}, light and dark, narrow and wide`, async () => {
        await using visited = await visit(direction, kind);
        const { page } = visited;
        const found: string[] = [];
        const pairs = hasAll ? ALL_PAIRS : PAIRS[direction];
        for (const [index, { width, colorScheme }] of pairs.entries()) {
          await visited.resize(width);
          await page.emulateMedia({ colorScheme });
          for (const violation of await violationsOf(page, hasAll || index === 0))
            found.push(`${width} px, ${colorScheme}: ${violation}`);
        }
        deepEqual(found, []);
      });
    }
  });
}

/** What axe finds, a line for each element. */
async function violationsOf(page: Page, isWhole: boolean): Promise<string[]> {
  const builder = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await (isWhole ? builder.withTags(TAGS) : builder.withRules(VARYING)).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`));
}
