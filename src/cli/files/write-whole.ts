/** A file that is written whole or not at all. */
import { type FileHandle, open, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { WrongUsage } from "../wrong-usage.ts";
import { PRIVATE_FILE } from "./private.ts";

/** @throws WrongUsage when the folder in which a file is to lie isn't there */
export async function requireFolderOf(file: string): Promise<void> {
  const folder = dirname(file);
  const stats = await stat(folder).catch(() => undefined);
  if (stats?.isDirectory() !== true) throw new WrongUsage(`There is no folder ${folder}`);
}

/**
 * Writes a file under another name beside it, and renames it. It may hold what belongs to a draft, so only its owner may read it,
 * even if others could read the file before.
 * @param fill writes all of it to the disk; undefined says that it isn't whole
 * @returns what `fill` does
 */
export async function writeWhole<Filled>(
  path: string,
  fill: (file: FileHandle) => Promise<Filled | undefined>,
): Promise<Filled | undefined> {
  const partial = join(dirname(path), `.${basename(path)}.${process.pid}.partial`);
  try {
    await rm(partial, { force: true });
    const filled = await filledAt(partial, fill);
    if (filled !== undefined) await rename(partial, path);
    return filled;
  } finally {
    await rm(partial, { force: true });
  }
}

async function filledAt<Filled>(path: string, fill: (file: FileHandle) => Promise<Filled>): Promise<Filled> {
  const file = await open(path, "wx", PRIVATE_FILE);
  try {
    return await fill(file);
  } finally {
    await file.close();
  }
}
