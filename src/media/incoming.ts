/** An upload on its way: streamed to the bucket while the inspector looks at it, then hashed as it will be served. */
import type { MediaDescription, PictureFile } from "../article/media.ts";
import { reasonOf, report } from "../report.ts";
import { incomingKey, putStream } from "./bucket.ts";
import { cleaned } from "./cleaned.ts";
import { type Inspected, inspector } from "./inspect.ts";
import type { Refusal } from "./refusal.ts";

/** An upload that can be kept. It lies in the bucket until `end`. */
export type Incoming = {
  ok: true;
  file: PictureFile & { id: string; isAnimated: boolean };
  /** What the file's own metadata says of the picture. */
  proposed: MediaDescription;
  /** Makes its cleaned bytes, anew each time. */
  read: () => Promise<ReadableStream<Uint8Array>>;
};

/** The refusal of the inspector, thrown through a stream. */
class Stopped extends Error {
  override name = "Stopped";
}

/**
 * Takes an upload, has some work done with it, and removes it from the bucket in any case. It is never in memory as a whole.
 * @param length of the body, in bytes
 * @param work gets the upload, or the reason why it can't be kept
 */
export async function withIncoming<T>(
  bucket: R2Bucket,
  body: ReadableStream<Uint8Array>,
  length: number,
  work: (incoming: Incoming | Refusal) => Promise<T>,
): Promise<T> {
  const key = incomingKey();
  try {
    const inspected = await receive(bucket, key, body, length);
    if (!inspected.ok) return await work(inspected);
    const { pieces, proposed, type, width, height, isAnimated } = inspected;
    const read = async (): Promise<ReadableStream<Uint8Array>> => {
      const object = await bucket.get(key);
      if (object === null) throw new Error("The upload has gone");
      return cleaned(object.body, pieces);
    };
    const id = await digestOf(await read());
    const file = { id, type, width, height, length: inspected.length, isAnimated };
    return await work({ ok: true, file, proposed, read });
  } finally {
    // What stays is swept later.
    await bucket.delete(key).catch((thrown: unknown) => {
      report("upload-not-removed", { key, reason: reasonOf(thrown) });
    });
  }
}

async function receive(
  bucket: R2Bucket,
  key: string,
  body: ReadableStream<Uint8Array>,
  length: number,
): Promise<Inspected | Refusal> {
  const eye = inspector();
  const refusals: Refusal[] = [];
  let received = 0;
  let isWhole = false;
  const looking = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      received += chunk.byteLength;
      // What follows a refusal is read, and goes nowhere: a client that is still sending would lose the answer.
      if (refusals.length > 0) return;
      const refusal = eye.push(chunk);
      if (refusal === undefined) controller.enqueue(chunk);
      else refusals.push(refusal);
    },
    flush(controller) {
      isWhole = true;
      if (refusals[0] !== undefined) controller.error(new Stopped(refusals[0].reason));
    },
  });
  try {
    await putStream(bucket, key, body.pipeThrough(looking), length);
  } catch (thrown) {
    const [refusal] = refusals;
    if (refusal !== undefined) return refusal;
    // A body that breaks off says nothing of its length.
    if (received > length || (isWhole && received < length)) return wrongLength(length);
    throw thrown;
  }
  return eye.end();
}

function wrongLength(length: number): Refusal {
  return {
    ok: false,
    reason: "wrong-length",
    detail: "The header field Content-Length gives another number of bytes than the file has.",
    found: `${length} bytes`,
  };
}

/** The SHA-256 of a stream, in hexadecimal digits. */
async function digestOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  const digest = new crypto.DigestStream("SHA-256");
  await stream.pipeTo(digest);
  return new Uint8Array(await digest.digest).toHex();
}
