/** Imports and exports over HTTP. */
import { edit } from "../newsroom.ts";

/** The answer of an import to a line. */
export type LineAnswer = {
  line: number;
  change?: string;
  id?: string;
  revision?: number;
  resembles?: string;
  warnings?: { reason: string }[];
  problem?: { type: string; status: number; issues?: { path?: string; reason: string }[] };
};

export type ImportAnswer = {
  status: number;
  answers: LineAnswer[];
  summary: Record<string, number> | undefined;
};

/** Sends an import and reads all of its answer. */
export async function importBody(
  body: BodyInit,
  headers: Record<string, string> = {},
): Promise<ImportAnswer> {
  const response = await edit("POST", "/api/import", body, {
    "Content-Type": "application/x-ndjson",
    ...headers,
  });
  const lines = (await textOf(response)).split("\n").filter(Boolean);
  const parsed = lines.map((line): LineAnswer & { summary?: Record<string, number> } => JSON.parse(line));
  return {
    status: response.status,
    answers: parsed.filter(({ summary }) => summary === undefined),
    summary: parsed.at(-1)?.summary,
  };
}

/** Sends a line for each value; a text is sent as it is. */
export function importLines(
  lines: readonly unknown[],
  headers?: Record<string, string>,
): Promise<ImportAnswer> {
  return importBody(ndjson(lines), headers);
}

export function ndjson(lines: readonly unknown[]): string {
  return lines.map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`).join("");
}

/** The whole export, as text. */
export async function exported(): Promise<string> {
  return textOf(await edit("GET", "/api/export"));
}

/** The text of a body; workerd's own `text()` would warn of NDJSON. */
export async function textOf(response: Response): Promise<string> {
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(await response.arrayBuffer());
}
