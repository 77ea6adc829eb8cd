/** Requests of administrators, and what the tests look at behind the API: every row, every KV value, every log line. */
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { vi } from "vitest";
import { desk, edit } from "./newsroom.ts";

export type Grant = { name?: string; rights?: string[]; sections?: string[]; expires?: string };

/** A token as the API shows it. */
export type ShownToken = {
  id: string;
  name: string;
  rights: string[];
  sections?: string[];
  created: string;
  expires?: string;
  revoked?: string;
};

/** The header fields of a request with a token's secret. */
export function by(secret: string): { Authorization: string } {
  return { Authorization: `Bearer ${secret}` };
}

/** A request with a JSON body. */
export function send(
  method: string,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return edit(method, path, JSON.stringify(body), { "Content-Type": "application/json", ...headers });
}

/** Makes a token, as the first administrator does. */
export async function makeToken({ name = "Desk", rights = ["publish"], ...rest }: Grant = {}): Promise<
  ShownToken & { token: string }
> {
  const response = await send("POST", "/api/tokens", { name, rights, ...rest });
  if (response.status !== 201) throw new Error(await response.text());
  return response.json<ShownToken & { token: string }>();
}

/** A problem document. */
export async function problem(response: Response): Promise<Record<string, unknown>> {
  return response.json<Record<string, unknown>>();
}

/** Every row of the Desk's tables, without what waits to be told to the hub. */
export function everyRow(): Promise<unknown[]> {
  return runInDurableObject(desk(), (_instance, { storage: { sql } }) =>
    sql
      .exec<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
      .toArray()
      .filter(({ name }) => !name.startsWith("_cf_"))
      .map(({ name }) => ({ name, rows: sql.exec(`SELECT * FROM "${name}"`).toArray() }))
      .flatMap(({ name, rows }) => rows.map((row) => [name, row]))
      .filter((row) => !isNoteForHub(JSON.stringify(row))),
  );
}

/** Whether a row only waits until the hub is told, which happens in the background. */
function isNoteForHub(row: string): boolean {
  return row.startsWith('["event",') || row.startsWith('["notice",');
}

/** Every key of KV with its value and its metadata. */
export async function everyValue(): Promise<unknown[]> {
  const { keys } = await env.ARTICLES.list();
  return Promise.all(keys.map(async ({ name }) => [name, await env.ARTICLES.getWithMetadata(name)]));
}

/** Silences the log. @returns everything that is logged from now on, as one text */
export function listenToLog(): () => string {
  const spies = (["debug", "log", "info", "warn", "error"] as const).map((level) =>
    vi.spyOn(console, level).mockImplementation(() => undefined),
  );
  return () => JSON.stringify(spies.flatMap((spy) => spy.mock.calls));
}
