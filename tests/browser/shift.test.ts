/** Layout shift: nothing moves when pictures come late (Layout Instability API). */
import { deepEqual, ok } from "node:assert/strict";
import { describe, test } from "node:test";
import * as v from "valibot";
import { DIRECTIONS } from "./content/site-files.ts";
import { ELSEWHERE_PICTURED, KINDS, RICH } from "./kinds.ts";
import { visit } from "./visit.ts";

const Shifts = v.array(v.object({ value: v.number(), moved: v.array(v.string()) }));

const WIDTHS = [360, 768, 1280] as const;

for (const direction of DIRECTIONS) {
  describe(`a site that runs ${direction}`, { concurrency: 2 }, () => {
    for (const kind of KINDS.filter(({ isPictured }) => isPictured)) {
      test(`nothing moves on ${kind.name} when its pictures come late`, async () => {
        for (const width of WIDTHS) {
          await using visited = await visit(direction, kind, { width, hasSlowPictures: true });
          await visited.page.evaluate("probe.painted()");
          await visited.page.evaluate("probe.scrollThrough()");
          const shifts = await visited.ask("probe.shifts()", Shifts);
          deepEqual(
            shifts.map(({ value, moved }) => `${width} px: ${value} ${moved.join(", ")}`),
            [],
          );
        }
      });
    }

    for (const kind of [RICH, ELSEWHERE_PICTURED]) {
      test(`${kind.name} has shown its pictures by then`, async () => {
        await using visited = await visit(direction, kind, { hasSlowPictures: true });
        await visited.page.evaluate("probe.painted()");
        await visited.page.evaluate("probe.scrollThrough()");
        const shown = await visited.ask("probe.shown()", v.array(v.boolean()));
        ok(shown.length >= 2, `${shown.length} pictures`);
        ok(shown.every(Boolean), shown.join(" "));
      });
    }
  });
}
