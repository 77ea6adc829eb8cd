/** Files and folders that only their owner may read. On Windows the folder's access list decides instead. */
import { chmod, mkdir } from "node:fs/promises";

/** The mode of a file with secrets or with unpublished articles. */
export const PRIVATE_FILE = 0o600;
const PRIVATE_FOLDER = 0o700;

/** Makes a folder that only its owner may enter, or takes everybody else's rights away if it exists. */
export async function makePrivateFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: PRIVATE_FOLDER });
  await tighten(path, PRIVATE_FOLDER);
}

/** Takes everybody else's rights to a file away, if the file system has such rights. */
export function tightenFile(path: string): Promise<void> {
  return tighten(path, PRIVATE_FILE);
}

function tighten(path: string, mode: number): Promise<void> {
  return chmod(path, mode).catch((error: NodeJS.ErrnoException) => {
    // The errors of a file system without modes, such as a Windows drive under Linux.
    if (error.code !== "EPERM" && error.code !== "ENOTSUP") throw error;
  });
}
