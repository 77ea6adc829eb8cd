import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { linesOf } from "../../../src/http/ndjson.ts";

const MAX = 20;
const encoder = new TextEncoder();

/** The lines of a body that comes in chunks; `undefined` for one that is too long. */
async function read(chunks: Uint8Array[]): Promise<[number, string | undefined][]> {
  const found: [number, string | undefined][] = [];
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  for await (const { number, bytes } of linesOf(body, MAX)) {
    found.push([number, bytes === undefined ? undefined : new TextDecoder().decode(bytes)]);
  }
  return found;
}

/** A body cut at these places; two cuts at one place make an empty chunk. */
function cut(bytes: Uint8Array, places: number[]): Uint8Array[] {
  const ends = [...places.map((place) => place % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  return ends.map((end, index) => bytes.slice(ends[index - 1] ?? 0, end));
}

describe("the lines of a body", () => {
  test.each<[string, string, [number, string | undefined][]]>([
    ["nothing", "", []],
    ["a lone line without its end", "a", [[1, "a"]]],
    [
      "blank lines, which count",
      "\n\na\n \t\r\nb\n\n",
      [
        [3, "a"],
        [5, "b"],
      ],
    ],
    [
      "CRLF, whose CR stays in the line, where JSON ignores it",
      "a\r\nb\r\n",
      [
        [1, "a\r"],
        [2, "b\r"],
      ],
    ],
    [
      "a line of the greatest length",
      `${"x".repeat(MAX)}\nb`,
      [
        [1, "x".repeat(MAX)],
        [2, "b"],
      ],
    ],
    [
      "a line that is a byte too long",
      `${"x".repeat(MAX + 1)}\nb`,
      [
        [1, undefined],
        [2, "b"],
      ],
    ],
    [
      "a last line that is too long",
      `a\n${"x".repeat(MAX + 1)}`,
      [
        [1, "a"],
        [2, undefined],
      ],
    ],
    ["line separators that are none here", "a\u2028b\u0085c\n", [[1, "a\u2028b\u0085c"]]],
  ])("of %s", async (_, body, expected) => {
    expect(await read([encoder.encode(body)])).toEqual(expected);
  });

  test("are the same wherever the body is cut into chunks", async () => {
    const line = fc.oneof(
      fc.string({ unit: "binary", maxLength: 8 }).map((text) => text.replaceAll("\n", "")),
      fc.constantFrom("", " ", "\r", "🌊🌊", "x".repeat(MAX), "x".repeat(MAX + 1), "x".repeat(3 * MAX)),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 8 }),
        fc.boolean(),
        fc.array(fc.nat(200), { maxLength: 10 }),
        async (texts, isEnded, places) => {
          const bytes = encoder.encode(texts.join("\n") + (isEnded ? "\n" : ""));
          const expected = texts.flatMap((text, index): [number, string | undefined][] => {
            const encoded = encoder.encode(text);
            if (/^[ \t\r]*$/.test(text)) return [];
            return [[index + 1, encoded.length > MAX ? undefined : new TextDecoder().decode(encoded)]];
          });
          expect(await read(cut(bytes, places))).toEqual(expected);
        },
      ),
    );
  });
});
