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
// Each direction has two of the pairs, and both directions have all. With `AXE=all npm run test:browser` each has all four.
const PAIRS = { ltr: ALL_PAIRS.slice(0, 2), rtl: ALL_PAIRS.slice(2) };
const isWhole = process.env["AXE"] === "all";

for (const direction of DIRECTIONS) {
  describe(`a site that runs ${direction}`, { concurrency: 2 }, () => {
    for (const kind of KINDS) {
      test(`axe finds nothing on ${kind.name}, light and dark, narrow and wide`, async () => {
        await using visited = await visit(direction, kind);
        const { page } = visited;
        const found: string[] = [];
        for (const { width, colorScheme } of isWhole ? ALL_PAIRS : PAIRS[direction]) {
          await visited.resize(width);
          await page.emulateMedia({ colorScheme });
          for (const violation of await violationsOf(page))
            found.push(`${width} px, ${colorScheme}: ${violation}`);
        }
        deepEqual(found, []);
      });
    }
  });
}

/** What axe finds, a line for each element. */
async function violationsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).setLegacyMode().analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`));
}
