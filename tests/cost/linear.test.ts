/** Linear cost: whatever a document or a header field repeats, its cost grows with its length, never with the square. */
import { deepEqual } from "node:assert/strict";
import { test } from "node:test";
import { FORMATS, OTHERS } from "./grammars.ts";
import { excessiveGrowth } from "./growth.ts";

for (const { name, units, read, longest } of [...FORMATS, ...OTHERS]) {
  void test(`the cost of ${name} at most triples where its length doubles`, () => {
    for (const unit of units) read(unit.of(500));
    const found = units.flatMap((unit) => {
      // A second look, in case a busy machine distorted the first.
      const growth = excessiveGrowth(unit, read, longest) && excessiveGrowth(unit, read, longest);
      return growth === undefined ? [] : [`${unit.name}: ${growth}`];
    });
    deepEqual(found, []);
  });
}
