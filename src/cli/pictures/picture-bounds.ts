/** Bounds of the files that a document may have sent: pictures of its own folder, or of one on the command line. */
import { realpath, stat } from "node:fs/promises";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { readPicture } from "./picture-file.ts";

/** Bounds of a run: where the pictures of its documents may lie. */
export type PictureBounds = {
  /**
   * The file that a document names, with all links followed.
   * @param document the document's path
   * @param named a path from its folder
   * @throws Error for a file that isn't there, or lies elsewhere
   */
  find: (document: string, named: string) => Promise<string>;
};

/** @param paths files and folders on the command line */
export function pictureBounds(paths: readonly string[]): PictureBounds {
  const given = Promise.all(paths.map(folderAt));
  return {
    find: async (document, named) => {
      const folder = dirname(document);
      const path = resolve(folder, named);
      const file = await realpath(path).catch((error: NodeJS.ErrnoException) => {
        throw new Error(error.code === "ENOENT" ? `There is no file ${path}` : error.message);
      });
      const folders = [await realpath(folder), ...(await given).flat()];
      if (folders.some((one) => isBelow(one, file))) return file;
      throw new Error(
        `${named} lies outside of the document's folder, and of the folders on the command line. Move it there, or name a folder that holds both`,
      );
    },
  };
}

async function folderAt(path: string): Promise<string[]> {
  const stats = await stat(path).catch(() => undefined);
  return stats?.isDirectory() === true ? [await realpath(path)] : [];
}

function isBelow(folder: string, file: string): boolean {
  const way = relative(folder, file);
  return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/**
 * Reads a file that a document names.
 * @param path without links, as `find` gives it
 * @throws Error for one that the site couldn't take; nothing of it is sent
 */
export async function readNamedPicture(path: string): Promise<Buffer<ArrayBuffer>> {
  const bytes = await readPicture(path);
  const beginning = bytes.toString("latin1", 0, 12);
  if (SIGNATURES.some((signature) => signature.test(beginning))) return bytes;
  throw new Error(`${path} is no picture: its first bytes are not those of JPEG, PNG, WebP, GIF or AVIF`);
}

// The site looks at the rest.
const SIGNATURES = [
  /^\u{ff}\u{d8}\u{ff}/u,
  /^\u{89}PNG\r\n/u,
  /^RIFF[^]{4}WEBP/,
  /^GIF8[79]a/,
  /^[^]{4}ftyp(?:avi[fs]|mif1|miaf)/,
];
