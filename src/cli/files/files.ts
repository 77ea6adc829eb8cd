/** The files that a command's PATHs mean. */
import { type Stats } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { WrongUsage } from "../wrong-usage.ts";

/** A file; `isNamed` when its PATH was given itself, and not found in a folder. */
export type File = { path: string; isNamed: boolean };

/**
 * Files, and the files in folders and the folders below them, sorted by name. Hidden files are passed over, and so are
 * links to folders, which may lead in a circle. A file that is meant twice comes once.
 * @throws WrongUsage when a path names nothing
 */
export async function filesAt(paths: readonly string[]): Promise<File[]> {
  const found = new Map<string, File>();
  for (const path of paths) {
    const files = (await statOf(path)).isDirectory()
      ? (await filesIn(path)).map((file) => ({ path: file, isNamed: false }))
      : [{ path, isNamed: true }];
    for (const file of files) {
      const key = resolve(file.path);
      if (!found.has(key)) found.set(key, file);
    }
  }
  return [...found.values()];
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files: string[] = [];
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    if (isHidden(relative(folder, path))) continue;
    if (entry.isFile() || (entry.isSymbolicLink() && (await isLinkToFile(path)))) files.push(path);
  }
  return files.toSorted();
}

function isHidden(path: string): boolean {
  return path.split(sep).some((part) => part.startsWith("."));
}

async function isLinkToFile(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}

async function statOf(path: string): Promise<Stats> {
  return stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new WrongUsage(error.code === "ENOENT" ? `There is no ${path}` : error.message);
  });
}
