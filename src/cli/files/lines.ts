/** A stream of bytes → lines, and lines → batches. Only one line, or one batch, is in memory at a time. */

// Far more than the line of the longest article that the site takes, with every character escaped.
const MAX_LINE_BYTES = 16 * 1024 * 1024;
const LINE_FEED = 0x0a;

/** A line without its line end; `number` counts from 1, `end` is the offset in bytes after the line end. */
export type Line = { number: number; bytes: Buffer; end: number };

/**
 * Splits a stream into lines; the last may lack its line end.
 * @throws Error when a line is longer than MAX_LINE_BYTES
 */
export async function* linesOf(stream: AsyncIterable<Buffer>): AsyncGenerator<Line> {
  let pieces: Buffer[] = [];
  let length = 0;
  let number = 0;
  let offset = 0;
  const take = (): Line => {
    number += 1;
    const line = { number, bytes: Buffer.concat(pieces), end: offset };
    pieces = [];
    length = 0;
    return line;
  };
  for await (const chunk of stream) {
    let start = 0;
    for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, start)) {
      pieces.push(chunk.subarray(start, at));
      offset += at + 1 - start;
      start = at + 1;
      yield take();
    }
    pieces.push(chunk.subarray(start));
    offset += chunk.length - start;
    length += chunk.length - start;
    if (length > MAX_LINE_BYTES) {
      throw new Error(`Line ${number + 1} is longer than any article: is this a file of JSON lines?`);
    }
  }
  if (length > 0) yield take();
}

/**
 * Groups lines into batches, in their order. A line that exceeds the limit of bytes is a batch alone.
 * @param limits of one batch
 */
export async function* batchesOf(
  lines: AsyncIterable<Line>,
  limits: { lines: number; bytes: number },
): AsyncGenerator<Line[]> {
  let batch: Line[] = [];
  let bytes = 0;
  for await (const line of lines) {
    const size = line.bytes.length + 1;
    if (batch.length > 0 && (batch.length >= limits.lines || bytes + size > limits.bytes)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(line);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}
