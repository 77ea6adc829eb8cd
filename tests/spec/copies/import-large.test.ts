import { expect, test } from "vitest";
import { importBody, ndjson } from "../../support/stories/copies.ts";
import { get, settle } from "../../support/newsroom.ts";
import { sized } from "../../support/size.ts";
import { wire } from "../../support/stories/wire.ts";

const LINES = sized(1000, 10_000);
const REFUSED = LINES / 100;

// Every hundredth line is broken; of the others, every twentieth is public, and the rest is under embargo.
const isBad = (n: number): boolean => n % 100 === 99;
const isPublic = (n: number): boolean => n % 40 === 3 || n % 40 === 8;

function line(n: number): Uint8Array {
  if (isBad(n)) return new TextEncoder().encode('{"id":"broken\n');
  const document = wire({
    sections: n % 2 === 0 ? "Politics" : "Sport",
    headline: `Story ${n}`,
    time: new Date(Date.UTC(isPublic(n) ? 2026 : 2099, 0, 1) + n * 1000).toISOString(),
    body: `What happened in story ${n}.`,
  });
  return new TextEncoder().encode(ndjson([{ id: `story-${n}`, wire: document }]));
}

/** The headlines of the fifty newest public stories, the newest first. */
function newest(isAmong: (n: number) => boolean): string[] {
  const found: string[] = [];
  for (let n = LINES - 1; n >= 0 && found.length < 50; n--)
    if (isPublic(n) && isAmong(n)) found.push(`Story ${n}`);
  return found;
}

test("an import of thousands of lines takes every good one, refuses every bad one by its number, and leaves the feeds right", async () => {
  let n = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (n === LINES) controller.close();
      else controller.enqueue(line(n++));
    },
  });
  const { answers, summary } = await importBody(body);
  expect(summary).toEqual({ lines: LINES, created: LINES - REFUSED, refused: REFUSED });
  expect(answers.map(({ line: number }) => number)).toEqual(
    Array.from({ length: LINES }, (_, index) => index + 1),
  );
  expect(answers.flatMap(({ line: number, problem }) => (problem === undefined ? [] : [number]))).toEqual(
    Array.from({ length: REFUSED }, (_, index) => index * 100 + 100),
  );
  await settle();
  const shown = await Promise.all(
    ["/feed.json", "/sections/politics/feed.json", "/sections/sport/feed.json"].map(async (path) =>
      (await (await get(path)).json<{ items: { title: string }[] }>()).items.map(({ title }) => title),
    ),
  );
  expect(shown).toEqual([newest(() => true), newest((at) => at % 2 === 0), newest((at) => at % 2 === 1)]);
}, 180_000);
