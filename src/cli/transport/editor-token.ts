/** The local editor token: read from .dev.vars, or made. */
import { randomBytes } from "node:crypto";
import { appendFile, readFile } from "node:fs/promises";
import { parseEnv } from "node:util";
import { GUESSABLE, isGuessable } from "../../editor-token.ts";
import { PRIVATE_FILE, tightenFile } from "../files/private.ts";
import { WrongUsage } from "../wrong-usage.ts";

const TOKEN_BYTES = 32;

/**
 * Reads the token in a `.dev.vars` file, and adds a random one when the file or the token is missing. From then on only
 * its owner may read the file.
 * @param path of the file
 * @throws WrongUsage when the token could be guessed
 */
export async function editorToken(path: string): Promise<{ token: string; isNew: boolean }> {
  const present = await read(path);
  // Before the token is written into it.
  if (present !== undefined) await tightenFile(path);
  const known = tokenIn(path, present ?? "");
  if (known !== undefined) return { token: known, isNew: false };
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  const separator = present === undefined || present === "" || present.endsWith("\n") ? "" : "\n";
  await appendFile(path, `${separator}EDITOR_TOKEN=${token}\n`, { mode: PRIVATE_FILE });
  return { token, isNew: true };
}

/**
 * Reads the token in a `.dev.vars` file.
 * @param path of the file
 * @returns undefined when the file or the token is missing
 * @throws WrongUsage when the token could be guessed
 */
export async function knownToken(path: string): Promise<string | undefined> {
  return tokenIn(path, (await read(path)) ?? "");
}

/** @returns undefined when there is no such file */
async function read(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
}

function tokenIn(path: string, text: string): string | undefined {
  const token = parseEnv(text)["EDITOR_TOKEN"] ?? "";
  if (token === "") return undefined;
  if (isGuessable(token)) throw new WrongUsage(`${path}: ${GUESSABLE}`);
  return token;
}
