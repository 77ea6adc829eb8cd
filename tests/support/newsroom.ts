/** What the tests do to the Worker, over HTTP: upload wire documents, withdraw them, fetch what readers fetch. */
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { vi } from "vitest";
import type { Desk } from "./worker.ts";

export const ORIGIN = "https://news.example";

/** The parts of a wire document; what is left out gets a sensible value. */
export type Wire = {
  sections?: string;
  time?: string;
  headline?: string;
  summary?: string | undefined;
  body?: string;
};

export function wire({
  sections = "Politics",
  time = "2026-11-04T07:07:06+00:00",
  headline = "Harbour bridge reopens",
  summary = "The bridge over the harbour is open again.",
  body = "Cars crossed the bridge at noon.\n\nThe repairs took four months.",
}: Wire = {}): string {
  return `${sections} ${time}\n\n${headline}\n\n${summary === "" ? "" : `${summary}\n`}\n\n${headline}\n\n${body}\n`;
}

/** Any request to the Worker, by path. */
export function request(path: string, init: RequestInit = {}): Promise<Response> {
  return exports.default.fetch(new Request(new URL(path, ORIGIN), { redirect: "manual", ...init }));
}

/** A reader's GET. */
export function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return request(path, { headers });
}

/** An editor's request. */
export function edit(
  method: string,
  path: string,
  body?: BodyInit,
  headers: Record<string, string> = {},
): Promise<Response> {
  return request(path, {
    method,
    headers: {
      Authorization: `Bearer ${env.EDITOR_TOKEN}`,
      ...(body !== undefined && { "Content-Type": "text/plain" }),
      ...headers,
    },
    ...(body !== undefined && { body }),
  });
}

export function put(id: string, document: string, headers?: Record<string, string>): Promise<Response> {
  return edit("PUT", `/api/articles/${id}`, document, headers);
}

export function post(document: string, headers?: Record<string, string>): Promise<Response> {
  return edit("POST", "/api/articles", document, headers);
}

export function withdraw(id: string, headers?: Record<string, string>): Promise<Response> {
  return edit("DELETE", `/api/articles/${id}`, undefined, headers);
}

/** The Desk of the Worker under test. */
export function desk(): DurableObjectStub<Desk> {
  return env.DESK.getByName("desk");
}

/** Lets time pass: the fake clock's, where a test has set one. */
async function pass(milliseconds: number): Promise<void> {
  if (vi.isFakeTimers()) vi.setSystemTime(Date.now() + milliseconds);
  else await scheduler.wait(milliseconds / 10);
}

/** How many KV keys still wait to be written. */
export function pending(): Promise<number> {
  return runInDurableObject(
    desk(),
    (_instance, { storage }) =>
      storage.sql.exec<{ n: number }>("SELECT count(*) AS n FROM outbox WHERE sequence > written").one().n,
  );
}

/** Lets alarms run, as the platform would, until nothing waits to be written; on a fake clock some seconds go by. */
export async function settle(): Promise<void> {
  await vi.waitUntil(
    async () => {
      await pass(1000);
      await runDurableObjectAlarm(desk());
      return (await pending()) === 0;
    },
    { timeout: 20_000, interval: 0 },
  );
  if (vi.isFakeTimers()) await pass(1000);
}

/** Waits until `path` answers with `text` in its body, asking as readers do. */
export async function until(path: string, isReached: (body: string) => boolean): Promise<string> {
  return vi.waitUntil(
    async () => {
      const body = await (await get(path)).text();
      return isReached(body) && body;
    },
    { timeout: 10_000, interval: 100 },
  );
}
