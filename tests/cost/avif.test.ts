/** The cost of an AVIF's description stays near the least that one of its length takes, whatever it repeats. */
import { deepEqual } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { test } from "node:test";
import { inspector } from "../../src/media/inspect.ts";
import { big, box, text } from "../unit/media/bytes.ts";
import { costOf, excessiveGrowth } from "./growth.ts";

// Nearly the most that a description may have.
const LENGTH = 250_000;
const FULL = Buffer.alloc(4);
const AUXILIARY = box("auxC", FULL, text(`urn:mpeg:mpegB:cicp:systems:auxiliary:${"x".repeat(20)}`));
const SIZE = box("ispe", FULL, big(8, 4), big(8, 4));

type Parts = {
  items: Buffer[];
  properties: Buffer[];
  owned: Buffer[];
  references: Buffer[];
  places: Buffer[];
};

const item = (id: number, type = "av01") =>
  box("infe", Buffer.of(2, 0, 0, 0), big(id, 2), big(0, 2), text(type));
const owns = (id: number, ...numbers: number[]) => Buffer.from([...big(id, 2), numbers.length, ...numbers]);
const reference = (type: string, from: number, ...to: number[]) =>
  box(type, big(from, 2), big(to.length, 2), ...to.map((id) => big(id, 2)));
const place = (id: number) => Buffer.concat([big(id, 2), big(0, 2), big(1, 2), big(300_000, 4), big(1, 4)]);
const times = <Made>(count: number, make: (index: number) => Made): Made[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** An AVIF with a description of its first item, and of whatever else it has. */
function avif(more: Partial<Parts>): Buffer {
  const { items = [], properties = [], owned = [], references = [], places = [] } = more;
  const table = [item(1), ...items];
  return Buffer.concat([
    box("ftyp", text("avif"), FULL, text("avif")),
    box(
      "meta",
      FULL,
      box("hdlr", FULL, FULL, text("pict"), Buffer.alloc(13)),
      box("pitm", FULL, big(1, 2)),
      box("iloc", FULL, Buffer.of(0x44, 0), big(1 + places.length, 2), place(1), ...places),
      box("iinf", FULL, big(table.length, 2), ...table),
      ...(references.length > 0 ? [box("iref", FULL, ...references)] : []),
      box(
        "iprp",
        box("ipco", SIZE, ...properties),
        box("ipma", FULL, big(1 + owned.length, 4), owns(1, 1), ...owned),
      ),
    ),
    box("mdat", Buffer.alloc(400_000)),
  ]);
}

/** Descriptions of so many bytes, each with much of one kind. */
const KINDS: readonly [string, (length: number) => Parameters<typeof avif>[0]][] = [
  ["bytes of a property", (length) => ({ properties: [box("uuid", Buffer.alloc(length))] })],
  ["items", (length) => ({ items: times(length / 20, (index) => item(2 + index, "hidn")) })],
  ["places", (length) => ({ places: times(length / 14, (index) => place(2 + index)) })],
  ["properties", (length) => ({ properties: times(length / 8, () => box("free")) })],
  ["alpha properties", (length) => ({ properties: times(length / 70, () => AUXILIARY) })],
  [
    "properties of items",
    (length) => ({
      owned: times(length / 258, (index) => owns(2 + index, ...times(255, () => 2))),
      properties: [AUXILIARY],
    }),
  ],
  ["references of one kind", (length) => ({ references: times(length / 14, () => reference("dimg", 1, 1)) })],
  [
    "auxiliary references from an item with many properties",
    (length) => ({
      items: [item(2)],
      properties: [AUXILIARY],
      owned: [owns(2, ...times(255, () => 2))],
      references: times(length / 14, () => reference("auxl", 2, 1)),
    }),
  ],
  [
    "long auxiliary references",
    (length) => ({ references: times(length / 2000, () => reference("auxl", 2, ...times(994, () => 1))) }),
  ],
];
const MAX_FACTOR = 8;

/** Inspects a file whose description has a length that is allowed. */
function inspect(file: Buffer): void {
  const inspecting = inspector();
  inspecting.push(file);
  void inspecting.end();
}

/** The least of some costs: other work can only add to it. */
function leastCost(file: Buffer): number {
  return Math.min(...times(6, () => costOf(() => inspect(file))));
}

void test("no kind of description costs many times as much as any other of its length", () => {
  const costs = KINDS.map(([name, more]) => ({ name, cost: leastCost(avif(more(LENGTH))) }));
  const sorted = costs.map(({ cost }) => cost).toSorted((one, other) => one - other);
  const middle = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const dear = costs.filter(({ cost }) => cost > MAX_FACTOR * Math.max(middle, 1));
  deepEqual(dear, []);
});

void test("the cost of a description at most triples where its length doubles", () => {
  const grown = KINDS.flatMap(([name, more]) => {
    const unit = { name, of: (length: number) => avif(more(length)).toString("latin1") };
    const growth = excessiveGrowth(unit, (file) => inspect(Buffer.from(file, "latin1")), LENGTH / 2);
    return growth === undefined ? [] : [`${name}: ${growth}`];
  });
  deepEqual(grown, []);
});
