/** Makes the cleaned file of the upload and its pieces, as a stream. */
import type { Piece } from "./pieces.ts";

// A run of zeros is sent in blocks of so many bytes.
const BLOCK = 65_536;

/**
 * The cleaned file: the pieces in their order. It holds no more than one chunk of the upload at a time, and doesn't
 * read beyond the last byte that stays.
 * @param upload the same bytes that the inspector saw; it is cancelled at the end, or when the reader cancels
 * @throws Error, as the stream's failure, where the upload is shorter than it was
 */
export function cleaned(
  upload: ReadableStream<Uint8Array>,
  pieces: readonly Piece[],
): ReadableStream<Uint8Array> {
  const bytes = bytesOf(upload, pieces);
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await bytes.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await bytes.return(undefined);
      },
    },
    // Nothing is made before the reader asks for it.
    { highWaterMark: 0 },
  );
}

async function* bytesOf(
  upload: ReadableStream<Uint8Array>,
  pieces: readonly Piece[],
): AsyncGenerator<Uint8Array, undefined> {
  const reader = upload.getReader();
  // The chunk at hand, and the place of its first byte in the upload.
  let chunk: Uint8Array = new Uint8Array();
  let start = 0;
  try {
    for (const piece of pieces) {
      if ("bytes" in piece) {
        // A copy: who reads the stream may take its buffer away.
        yield piece.bytes.slice();
        continue;
      }
      if ("zeros" in piece) {
        for (let left = piece.zeros; left > 0; left -= BLOCK) yield new Uint8Array(Math.min(left, BLOCK));
        continue;
      }
      for (let from = piece.from; from < piece.to;) {
        if (from >= start + chunk.length) {
          const { done, value } = await reader.read();
          if (done) throw new Error("The upload is shorter than when it was inspected.");
          start += chunk.length;
          chunk = value;
          continue;
        }
        const part = chunk.subarray(from - start, piece.to - start);
        from += part.length;
        yield part;
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
