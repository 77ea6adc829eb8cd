/** The dearest documents that an upload may be: for each format, the units that cost the most, as long as they are accepted. */
import { FORMATS } from "../cost/grammars.ts";
import { costOf } from "../cost/growth.ts";
import type { Unit } from "../cost/units.ts";
import { figure, table } from "./table.ts";

// Beyond the first few, the figures are alike.
const SHOWN = 4;
const MAX_BYTES = 1024 * 1024;
const SHORTEST = 1000;
const RUNS = 3;

type Dearest = { unit: string; characters: number; milliseconds: number };

/** Run alone: `node tests/bench/costly-documents.ts`. One that is refused counts as well, where it was parsed before. */
for (const { name, units, read, longest } of FORMATS) {
  for (const unit of units) read(unit.of(500));
  const dearest = units
    .map((unit) => dearestOf(unit, read, longest))
    .toSorted((one, other) => other.milliseconds - one.milliseconds)
    .slice(0, SHOWN);
  const rows = dearest.map(({ unit, characters, milliseconds }) => [
    unit,
    figure(characters),
    figure(milliseconds),
  ]);
  console.log(`${table([name, "characters", "ms"], rows)}\n`);
}

/** Halves a unit's longest document until a shorter one costs no more. */
function dearestOf({ name, of }: Unit, read: (text: string) => unknown, longest: number): Dearest {
  let dearest: Dearest = { unit: name, characters: 0, milliseconds: 0 };
  for (let length = longest; length > SHORTEST; length /= 2) {
    const text = of(length);
    if (Buffer.byteLength(text) > MAX_BYTES || text.length > longest + SHORTEST) continue;
    const milliseconds = Math.min(...Array.from({ length: RUNS }, () => costOf(() => read(text))));
    if (milliseconds > dearest.milliseconds) dearest = { unit: name, characters: text.length, milliseconds };
    else if (milliseconds < dearest.milliseconds / 2) break;
  }
  return dearest;
}
