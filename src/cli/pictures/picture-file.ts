/** Files of pictures on this machine: read, checked against their ids, and written whole or not at all. */
import { createHash } from "node:crypto";
import { open, readFile, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { MAX_PICTURE_BYTES } from "../../article/media.ts";
import { PRIVATE_FILE } from "../files/private.ts";

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

/**
 * Writes a file that appears whole or not at all: under another name beside it, then renamed. It may belong to a draft, so only
 * its owner may read it.
 */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const partial = join(dirname(path), `.${basename(path)}.${process.pid}.partial`);
  try {
    await rm(partial, { force: true });
    const file = await open(partial, "wx", PRIVATE_FILE);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, path);
  } finally {
    await rm(partial, { force: true });
  }
}
