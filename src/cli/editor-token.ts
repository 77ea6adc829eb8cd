/** The local editor token: read from .dev.vars, made when there is none. */
import { randomBytes } from "node:crypto";
import { appendFile, chmod, readFile } from "node:fs/promises";
import { parseEnv } from "node:util";

const TOKEN_BYTES = 32;

/**
 * The token in a `.dev.vars` file; a random one is added when the file or the token is missing.
 * @param path of the file
 */
export async function editorToken(path: string): Promise<{ token: string; isNew: boolean }> {
  const present = await read(path);
  const known = tokenIn(present);
  if (known !== undefined) return { token: known, isNew: false };
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  const separator = present === "" || present.endsWith("\n") ? "" : "\n";
  await appendFile(path, `${separator}EDITOR_TOKEN=${token}\n`);
  await chmod(path, 0o600);
  return { token, isNew: true };
}

/**
 * The token in a `.dev.vars` file.
 * @param path of the file
 * @returns undefined when the file or the token is missing
 */
export async function knownToken(path: string): Promise<string | undefined> {
  return tokenIn(await read(path));
}

async function read(path: string): Promise<string> {
  return readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
}

function tokenIn(text: string): string | undefined {
  const token = parseEnv(text)["EDITOR_TOKEN"];
  return token === "" ? undefined : token;
}
