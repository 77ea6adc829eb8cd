/** NDJSON as a stream, in and out. Memory never holds more of it than a line. */
import { join } from "./bytes.ts";

export type Line = {
  /** Counted from 1. */
  number: number;
  /** Without the line end; undefined for a line that is too long. */
  bytes: Uint8Array | undefined;
};

const LINE_FEED = 0x0a;

/**
 * The lines of a body. Blank lines count and are left out.
 * @param maxBytes the limit of a line
 */
export async function* linesOf(
  body: ReadableStream<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<Line, void, undefined> {
  let number = 1;
  let held: Uint8Array[] = [];
  let length = 0;
  const hold = (piece: Uint8Array): void => {
    length += piece.byteLength;
    if (length <= maxBytes) held.push(piece);
    else held = [];
  };
  const take = (): Line => {
    const line = { number, bytes: length > maxBytes ? undefined : join(held, length) };
    held = [];
    length = 0;
    number += 1;
    return line;
  };
  for await (const chunk of body) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      hold(chunk.subarray(start, end));
      start = end + 1;
      const line = take();
      if (!isBlank(line)) yield line;
    }
    if (start < chunk.byteLength) hold(chunk.slice(start));
  }
  if (length > 0) {
    const line = take();
    if (!isBlank(line)) yield line;
  }
}

function isBlank({ bytes }: Line): boolean {
  return bytes !== undefined && bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
}

/**
 * A response body that is made while the client reads. A client that goes away ends the generator.
 * @param pieces of the text
 * @param maxWaitingBytes how much is made before the client reads it; by default one piece
 */
export function streamOf(
  pieces: AsyncGenerator<string, void, undefined>,
  maxWaitingBytes?: number,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const source: UnderlyingSource<Uint8Array> = {
    async pull(controller) {
      const { value, done } = await pieces.next();
      if (done === true) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await pieces.return(undefined);
    },
  };
  return maxWaitingBytes === undefined
    ? new ReadableStream(source)
    : new ReadableStream(source, new ByteLengthQueuingStrategy({ highWaterMark: maxWaitingBytes }));
}
