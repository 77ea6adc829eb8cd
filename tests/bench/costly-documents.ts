/**
 * The documents that cost the most time to upload: for each format, the units that cost most, as long as they are accepted. A
 * program of its own: `node tests/bench/costly-documents.ts`. A refused document counts too where it was parsed first.
 */
import { FORMATS } from "../cost/grammars.ts";
import { costOf } from "../cost/growth.ts";
import type { Unit } from "../cost/units.ts";
import { figure, table } from "./table.ts";

// The figures are alike after the first few.
const SHOWN = 4;
const MAX_BYTES = 1024 * 1024;
const SHORTEST = 1000;
const RUNS = 3;

type Costliest = { unit: string; characters: number; milliseconds: number };

for (const { name, units, read, longest } of FORMATS) {
  for (const unit of units) read(unit.of(500));
  const costliest = units
    .map((unit) => costliestOf(unit, read, longest))
    .toSorted((one, other) => other.milliseconds - one.milliseconds)
    .slice(0, SHOWN);
  const rows = costliest.map(({ unit, characters, milliseconds }) => [
    unit,
    figure(characters),
    figure(milliseconds),
  ]);
  console.log(`${table([name, "characters", "ms"], rows)}\n`);
}

/** Finds the length at which a unit costs most: halves the longest document until a shorter one costs far less. */
function costliestOf({ name, of }: Unit, read: (text: string) => unknown, longest: number): Costliest {
  let costliest: Costliest = { unit: name, characters: 0, milliseconds: 0 };
  for (let length = longest; length > SHORTEST; length /= 2) {
    const text = of(length);
    if (Buffer.byteLength(text) > MAX_BYTES || text.length > longest + SHORTEST) continue;
    const milliseconds = Math.min(...Array.from({ length: RUNS }, () => costOf(() => read(text))));
    if (milliseconds > costliest.milliseconds)
      costliest = { unit: name, characters: text.length, milliseconds };
    else if (milliseconds < costliest.milliseconds / 2) break;
  }
  return costliest;
}
