/** Requests of the tests to the Worker: upload wire documents, withdraw articles, fetch what readers fetch. */
import { createScheduledController, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { vi } from "vitest";
import { ORIGIN } from "./site.ts";
import worker, { type Desk } from "./worker.ts";

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

/** An editor's action on an existing article: `act("fall", "publish", { published: "2031-11-24T12:00:00Z" })`. */
export function act(
  id: string,
  action: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  const json = body === undefined ? undefined : JSON.stringify(body);
  return edit("POST", `/api/articles/${id}/${action}`, json, {
    ...(json !== undefined && { "Content-Type": "application/json" }),
    ...headers,
  });
}

/** The header field of a new token with some rights, in some sections or in all. */
export async function tokenOf(
  name: string,
  rights: string[],
  sections?: string[],
): Promise<{ Authorization: string }> {
  const response = await edit("POST", "/api/tokens", JSON.stringify({ name, rights, sections }));
  const { token } = await response.json<{ token: string }>();
  return { Authorization: `Bearer ${token}` };
}

/** An article as the editor's API shows it. */
export type Shown = {
  id: string;
  guid: string;
  revision: number;
  status: string;
  headline: string;
  text: string;
  published: string;
  updated: string;
  correction?: string;
  expires?: string;
  reason?: string;
};

/** An article as editors see it, whatever its status. */
export async function shown(id: string): Promise<Shown> {
  return (await edit("GET", `/api/articles/${id}`)).json<Shown>();
}

/** The ids of the articles that an editor's list shows. */
export async function listed(query = ""): Promise<string[]> {
  const { articles } = await (await edit("GET", `/api/articles${query}`)).json<{ articles: Shown[] }>();
  return articles.map(({ id }) => id);
}

/** The response to a write, in a few words. */
export async function gist(response: Response) {
  const { change, article, warnings } = await response.json<{
    change: string;
    article: Shown;
    warnings: { reason: string }[];
  }>();
  const { status, revision, published } = article;
  return {
    http: response.status,
    change,
    status,
    revision,
    published,
    warnings: warnings.map(({ reason }) => reason),
  };
}

/** Sets the clock of the Worker and the Desk, and stops it. */
export function at(instant: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: instant });
}

/** Runs the cron trigger. */
export async function sweep(): Promise<void> {
  await worker.scheduled(createScheduledController(), env);
}

/** The Desk of the Worker under test. */
export function desk(): DurableObjectStub<Desk> {
  return env.DESK.getByName("desk");
}

/** The time of the Desk's alarm in milliseconds; null when it isn't set. */
export function alarm(): Promise<number | null> {
  return runInDurableObject(desk(), (_instance, { storage }) => storage.getAlarm());
}

/** Lets time pass on the stopped clock. */
function pass(milliseconds: number): void {
  vi.setSystemTime(Date.now() + milliseconds);
}

/** The number of stale KV keys, which still wait to be written. */
export function pending(): Promise<number> {
  return runInDurableObject(
    desk(),
    (_instance, { storage }) =>
      storage.sql.exec<{ n: number }>("SELECT count(*) AS n FROM outbox WHERE sequence > written").one().n,
  );
}

/** Lets alarms run, as the platform would, until no key waits to be written: some seconds go by. */
export async function settle(): Promise<void> {
  await vi.waitUntil(
    async () => {
      pass(1000);
      await runDurableObjectAlarm(desk());
      return (await pending()) === 0;
    },
    { timeout: 20_000, interval: 0 },
  );
  pass(1000);
}

/** Lets time pass and alarms run until a reader's GET of `path` gets the expected body. */
export async function until(path: string, isReached: (body: string) => boolean): Promise<string> {
  return vi.waitUntil(
    async () => {
      const body = await (await get(path)).text();
      if (isReached(body)) return body;
      pass(1000);
      await runDurableObjectAlarm(desk());
      return false;
    },
    { timeout: 10_000, interval: 0 },
  );
}
