/** A comparison of other people's readers, all asked about the same feed. */
import { expect } from "vitest";
import { knownOf } from "../stories/foreign-articles.ts";
import type { Reader } from "./foreign-readers.ts";
import { get } from "../newsroom.ts";
import type { ReadFeed } from "./read-feed.ts";

export async function read(reader: Reader, path: string): Promise<ReadFeed> {
  const response = await get(path);
  if (!response.ok) throw new Error(`${path} answers ${response.status}`);
  return reader.read(await response.text());
}

function nameOf({ name, format }: Reader): string {
  return `${name}, ${format}`;
}

/**
 * What each reader finds, and what it should find, by the reader's name.
 * @param expectedBy everything that could be known: a reader is asked for the parts that it knows of
 */
export async function compare(
  readers: readonly Reader[],
  pathOf: (reader: Reader) => string,
  expectedBy: (reader: Reader, path: string) => Record<string, unknown> & { items: object[] },
): Promise<{ found: object; expected: object }> {
  const pairs = await Promise.all(
    readers.map(async (reader) => {
      const path = pathOf(reader);
      const feed = await read(reader, path);
      const { items, ...about } = expectedBy(reader, path);
      const [first = {}] = feed.items;
      const known = items.map((item) => knownOf(item, first));
      return [nameOf(reader), feed, { ...knownOf(about, feed), items: known }] as const;
    }),
  );
  return {
    found: Object.fromEntries(pairs.map(([name, feed]) => [name, feed])),
    expected: Object.fromEntries(
      pairs.map(([name, , expected]) => [name, expect.objectContaining(expected)]),
    ),
  };
}
