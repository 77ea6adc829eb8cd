/** Every kind of page, opened once: what it is made of, what it loads, whether it fits and whether it can be read in any colours. */
import { deepEqual, ok } from "node:assert/strict";
import { describe, test } from "node:test";
import type { Page } from "playwright-core";
import * as v from "valibot";
import { ELSEWHERE } from "./content/articles.ts";
import { DIRECTIONS } from "./content/site-files.ts";
import {
  ARCHIVE,
  FEED_ARCHIVE,
  FRONT,
  ELSEWHERE_PICTURED,
  KINDS,
  type Kind,
  RICH,
  TYPICAL,
} from "./kinds.ts";
import { MEDIA, unreadable } from "./legible.ts";
import { type Visit, visit } from "./visit.ts";

const Lines = v.array(v.string());

// WCAG 2.2, success criterion 1.4.10 (Reflow), and the widths of a phone, a tablet and large screens.
const WIDTHS = [320, 360, 768, 1280, 2000] as const;
// WCAG 2.2, success criterion 1.4.4 (Resize Text): the browser's own setting, twice as large as usual.
const LARGE_PX = 32;
const LARGE_TEXT_WIDTHS = [1280, 360] as const;

/** What the articles with pictures and films of other hosts load from there, once they are scrolled through. */
const NAMED_ELSEWHERE: ReadonlyMap<Kind, readonly string[]> = new Map([
  [RICH, ["https://www.youtube-nocookie.com/embed/abcdefghijk"]],
  [FRONT, [`${ELSEWHERE}/lead.png`]],
  [ARCHIVE, [`${ELSEWHERE}/lead.png`]],
  [FEED_ARCHIVE, [`${ELSEWHERE}/lead.png`]],
  [ELSEWHERE_PICTURED, [`${ELSEWHERE}/body.png`, `${ELSEWHERE}/lead.png`]],
]);

for (const direction of DIRECTIONS) {
  describe(`a site that runs ${direction}`, { concurrency: 2 }, () => {
    for (const kind of KINDS) {
      test(kind.name, async (t) => {
        await using visited = await visit(direction, kind);
        const { page, ask } = visited;
        await page.evaluate("probe.scrollThrough()");

        await t.test("has one h1, and pictures with alternative texts and their sizes", async () => {
          deepEqual(await ask("probe.structure()", Lines), []);
        });

        await t.test(
          "asks no other host for anything of its own, and its policy blocks nothing",
          async () => {
            deepEqual(elsewhere(visited), NAMED_ELSEWHERE.get(kind) ?? []);
            deepEqual(await visited.complaints(), []);
          },
        );

        if (TYPICAL.includes(kind))
          await t.test("can be read in forced colours and on paper", async () => {
            for (const [name, media] of MEDIA) deepEqual(await unreadable(visited, name, media), []);
            await page.emulateMedia({ media: null, colorScheme: null, forcedColors: null });
          });

        await t.test("fits from 320 to 2,000 px", async () => {
          deepEqual(await tooWide(visited, WIDTHS, "probe.wide()"), []);
        });

        if (kind === FRONT)
          await t.test("has what the site is about on a line of its own below its name", async () => {
            for (const width of WIDTHS) {
              await visited.resize(width);
              const [name, subscribe, claim] = await Promise.all([
                placeOf(page, ".masthead .name"),
                placeOf(page, ".masthead .subscribe"),
                placeOf(page, ".masthead .claim"),
              ]);
              ok(
                claim.top >= Math.max(name.bottom, subscribe.bottom),
                `${width} px: they stand side by side`,
              );
            }
          });

        await t.test("fits with text of twice the size", async () => {
          await visited.enlargeText(LARGE_PX);
          ok((await ask("probe.rootFontSize()", v.number())) >= LARGE_PX, "the page has a size of its own");
          deepEqual(await tooWide(visited, LARGE_TEXT_WIDTHS, "[...probe.wide(), ...probe.cut()]"), []);
        });
      });
    }
  });
}

/** Where an element lies, in pixels. */
async function placeOf(page: Page, selector: string): Promise<{ top: number; bottom: number }> {
  const box = await page.locator(selector).boundingBox();
  if (box === null) throw new Error(`${selector} isn't shown`);
  return { top: box.y, bottom: box.y + box.height };
}

/** The addresses on other hosts that a page asked for, sorted. */
function elsewhere({ page, requested }: Visit): string[] {
  const { origin } = new URL(page.url());
  return [...new Set(requested)].filter((address) => new URL(address).origin !== origin).toSorted();
}

/** What doesn't fit at some widths. @param script gives it, as lines */
async function tooWide({ ask, resize }: Visit, widths: readonly number[], script: string): Promise<string[]> {
  const found: string[] = [];
  for (const width of widths) {
    await resize(width);
    for (const line of await ask(script, Lines)) found.push(`${width} px: ${line}`);
  }
  return found;
}
