/** Inspects bytes in chunks, and makes the cleaned file of them. */
import { Buffer } from "node:buffer";
import { cleaned } from "../../../src/media/cleaned.ts";
import { type Inspected, type Inspection, inspector } from "../../../src/media/inspect.ts";

/** The bytes in chunks: `next` gives the length of each. */
export function* chunksOf(bytes: Uint8Array, next: () => number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length;) {
    // A copy: a Buffer's own slice would be a view.
    const chunk = Uint8Array.from(bytes.subarray(at, at + Math.max(1, next())));
    at += chunk.length;
    yield chunk;
  }
}

/** Inspects bytes. Each chunk is overwritten after it was seen: nobody may keep a reference to it. */
export async function inspect(bytes: Uint8Array, next: () => number = () => 65_536): Promise<Inspection> {
  const inspecting = inspector();
  for (const chunk of chunksOf(bytes, next)) {
    const refusal = inspecting.push(chunk);
    chunk.fill(0xaa);
    if (refusal) return refusal;
  }
  return inspecting.end();
}

/** Makes the cleaned file. */
export async function cleanBytes(
  bytes: Uint8Array,
  { pieces }: Pick<Inspected, "pieces">,
  next: () => number = () => 65_536,
): Promise<Buffer> {
  const chunks = chunksOf(bytes, next);
  const upload = new ReadableStream<Uint8Array>({
    pull(controller) {
      const { done, value } = chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
  const parts: Uint8Array[] = [];
  for (const reader = cleaned(upload, pieces).getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(parts);
    parts.push(value.slice());
  }
}

/** Inspects bytes that can be kept. @throws Error for a refusal */
export async function accepted(bytes: Uint8Array, next?: () => number): Promise<Inspected> {
  const inspection = await inspect(bytes, next);
  if (!inspection.ok) throw new Error(`${inspection.reason}: ${inspection.detail}`);
  return inspection;
}
