/** The keyboard: the skip link comes first, and people always see where the focus is. */
import { deepEqual, equal, ok } from "node:assert/strict";
import { describe, test } from "node:test";
import * as v from "valibot";
import { DIRECTIONS } from "./content/site-files.ts";
import { FRONT, TYPICAL } from "./kinds.ts";
import { type Visit, visit } from "./visit.ts";

const Focus = v.nullable(
  v.object({
    name: v.string(),
    href: v.string(),
    isInView: v.boolean(),
    isMarked: v.boolean(),
    place: v.number(),
  }),
);
type Focus = NonNullable<v.InferOutput<typeof Focus>>;

// The first of them: masthead, sections and the first stories.
const STOPS = 20;
const WIDTHS = [1280, 360] as const;

for (const direction of DIRECTIONS) {
  describe(`a site that runs ${direction}`, { concurrency: 2 }, () => {
    for (const kind of TYPICAL) {
      test(`the first stop of ${kind.name} is a visible link to its content, and each stop shows`, async () => {
        for (const width of WIDTHS) {
          await using visited = await visit(direction, kind, { width });
          const stops = await tabThrough(visited);
          const [first] = stops;
          ok(first !== undefined && first.href.startsWith("#"), `first comes ${first?.name}`);
          ok(
            (await visited.page.locator(`main${first.href}`).count()) === 1,
            `${first.href} isn't the content`,
          );
          // A player marks the focus inside of itself.
          const hidden = stops.filter(
            ({ name, isInView, isMarked }) => !isInView || (!isMarked && !name.startsWith("iframe")),
          );
          deepEqual(
            hidden.map(
              ({ name, isInView }) => `${width} px: ${name} ${isInView ? "unmarked" : "out of view"}`,
            ),
            [],
          );
          const places = stops.map(({ place }) => place);
          deepEqual(
            places,
            places.toSorted((a, b) => a - b),
          );
        }
      });
    }

    test("the skip link leads past the masthead", async () => {
      await using visited = await visit(direction, FRONT);
      const { page, ask } = visited;
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await page.keyboard.press("Tab");
      equal(await ask("document.activeElement.closest('main') !== null", v.boolean()), true);
    });
  });
}

/** The stops of the Tab key, in their order, until the page ends or there are enough. */
async function tabThrough({ page, ask }: Visit): Promise<Focus[]> {
  const stops: Focus[] = [];
  while (stops.length < STOPS) {
    await page.keyboard.press("Tab");
    const stop = await ask("probe.focus()", Focus);
    // After the last stop the browser may begin anew.
    if (stop === null || stops.some(({ place }) => place === stop.place)) break;
    stops.push(stop);
  }
  return stops;
}
