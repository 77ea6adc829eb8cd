/** Files of pictures on this machine: read, checked against their ids, and written whole or not at all. */
import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { MAX_PICTURE_BYTES } from "../../article/media.ts";
import { writeWhole } from "../files/write-whole.ts";

/**
 * Reads a picture's file, if the site could take it.
 * @throws Error for a file that isn't there, is a folder, is empty, or is too large
 */
export async function readPicture(path: string): Promise<Buffer<ArrayBuffer>> {
  const stats = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new Error(error.code === "ENOENT" ? `There is no file ${path}` : error.message);
  });
  if (!stats.isFile()) throw new Error(`${path} is no file`);
  if (stats.size > MAX_PICTURE_BYTES) {
    throw new Error(`${path} has ${stats.size} bytes. A picture has ${MAX_PICTURE_BYTES} at most.`);
  }
  if (stats.size === 0) throw new Error(`${path} is empty`);
  return readFile(path);
}

/** Whether anything has this path. */
export async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== "ENOENT",
  );
}

/** Whether bytes are those of the picture with an id: the id is their SHA-256. */
export function areBytesOf(id: string, bytes: Uint8Array): boolean {
  return createHash("sha256").update(bytes).digest("hex") === id;
}

/** Whether a file holds the picture with an id, every byte of it. */
export async function holdsPicture(path: string, id: string): Promise<boolean> {
  return readPicture(path).then(
    (bytes) => areBytesOf(id, bytes),
    () => false,
  );
}

/** Writes the file of a picture, whole or not at all. */
export async function writePicture(path: string, bytes: Uint8Array): Promise<void> {
  await writeWhole(path, async (file) => {
    await file.writeFile(bytes);
    await file.sync();
    return path;
  });
}
