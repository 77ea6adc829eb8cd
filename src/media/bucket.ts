/** The bucket of pictures in R2: where files lie, and how they come and go. The binding is optional, as that of Images. */
import {
  MEDIA_FOLDER,
  type Media,
  originalName,
  SIZE_WIDTHS,
  sizeName,
  sizeTypeOf,
} from "../article/media.ts";

/** The bindings, where the site has them. */
export type MediaBindings = {
  readonly MEDIA?: R2Bucket | undefined;
  readonly IMAGES?: ImagesBinding | undefined;
};

/** The folder of uploads that nobody has looked at yet. It is never served. */
const INCOMING = "incoming/";
// What an upload leaves when it is cut off is removed after that. No upload takes so long.
const INCOMING_MILLISECONDS = 3_600_000;
// As many as R2 lists, and deletes, at once.
const MAX_SWEPT = 1000;

/** The key of a file that is served. */
export function fileKey(name: string): string {
  return `${MEDIA_FOLDER}/${name}`;
}

/** A new key for an upload. */
export function incomingKey(): string {
  return `${INCOMING}${crypto.randomUUID()}`;
}

/** The names of all files that a picture may have. */
function namesOf({ id, type }: Pick<Media, "id" | "type">): string[] {
  const sizeType = sizeTypeOf(type);
  const sizes =
    sizeType === undefined ? [] : SIZE_WIDTHS.map((width) => sizeName(id, { width, type: sizeType }));
  return [originalName(id, type), ...sizes];
}

/** Removes all files of a picture; those that aren't there are no error. */
export function removeFiles(bucket: R2Bucket, media: Pick<Media, "id" | "type">): Promise<void> {
  return bucket.delete(namesOf(media).map(fileKey));
}

/** Whether these files of a picture are all there. */
export async function hasFiles(bucket: R2Bucket, names: readonly string[]): Promise<boolean> {
  const found = await Promise.all(names.map((name) => bucket.head(fileKey(name))));
  return found.every((object) => object !== null);
}

/** Puts a stream of known length into the bucket. @throws Error where the stream fails, or has another length */
export async function putStream(
  bucket: R2Bucket,
  key: string,
  stream: ReadableStream<Uint8Array>,
  length: number,
  type?: string,
): Promise<void> {
  const { readable, writable } = new FixedLengthStream(length);
  // Where R2 refuses, nobody reads on.
  const refusal = new AbortController();
  const writing = stream.pipeTo(writable, { signal: refusal.signal });
  const putting = bucket
    .put(key, readable, type === undefined ? {} : { httpMetadata: { contentType: type } })
    .catch((thrown: unknown) => {
      refusal.abort(thrown);
      throw thrown;
    });
  const [written, put] = await Promise.allSettled([writing, putting]);
  // What the stream says is the cause of what R2 says.
  if (written.status === "rejected") throw written.reason;
  if (put.status === "rejected") throw put.reason;
}

/** Removes uploads that were cut off more than an hour ago: some of them, and the others the next time. */
export async function sweepIncoming(bucket: R2Bucket, now: number): Promise<void> {
  const { objects } = await bucket.list({ prefix: INCOMING, limit: MAX_SWEPT });
  const old = objects.filter(({ uploaded }) => uploaded.getTime() < now - INCOMING_MILLISECONDS);
  if (old.length > 0) await bucket.delete(old.map(({ key }) => key));
}
