/** The files at the paths of a command. */
import { type Stats } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { WrongUsage } from "../wrong-usage.ts";

/** A file; `isNamed`: whether the user named it, rather than a folder that holds it. */
export type File = { path: string; isNamed: boolean };

/**
 * Finds the files at paths: files, and the files in folders and in their subfolders, sorted by name. Hidden files are
 * skipped, and so are links to folders, which may form a circle. A file that is named twice comes once.
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
    throw new WrongUsage(error.code === "ENOENT" ? `There is no file or folder ${path}` : error.message);
  });
}
