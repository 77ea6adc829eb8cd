/** Readers' software that polls, an isolate whose background work is awaited, and what the API shows editors of both. */
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { Audience } from "../../../src/audience/audience.ts";
import type { Sighting } from "../../../src/audience/readers.ts";
import { createApp } from "../../../src/app.ts";
import { askIsolate } from "../ask-isolate.ts";
import { edit } from "../newsroom.ts";
import { site } from "../site.ts";

export const FEEDLY = "Feedly/1.0 (+http://www.feedly.com/fetcher.html; 462 subscribers; )";
export const NET_NEWS_WIRE = "NetNewsWire (RSS Reader; https://netnewswire.com/)";

/** A reader as the API shows it. */
export type ShownReader = {
  feed: string;
  url?: string;
  format: string;
  agent: string;
  subscribers?: number;
  seen: string;
  requests: number;
  conditional: number;
};

export type ReaderList = {
  readers: ShownReader[];
  feeds: { feed: string; subscribers: number; subscriptions?: number }[];
  next?: string;
};

export async function listReaders(query = ""): Promise<ReaderList> {
  return (await edit("GET", `/api/readers${query}`)).json<ReaderList>();
}

/** Each reader in a few words: `all rss Feedly 462 1`, the last of them the polls that were counted. */
export async function gistOfReaders(): Promise<string[]> {
  const { readers } = await listReaders();
  return readers.map(
    ({ feed, format, agent, subscribers, requests }) =>
      `${feed} ${format} ${agent} ${subscribers ?? "–"} ${requests}`,
  );
}

export type Isolate = {
  /** A poll, with the background work that it starts. */
  poll: (path: string, userAgent?: string, init?: RequestInit) => Promise<Response>;
  /** The polls that the Audience was asked to note: a list for each call. */
  calls: Sighting[][];
};

/** The Audience of the Worker under test. */
export function audience(): DurableObjectStub<Audience> {
  return env.AUDIENCE.getByName("audience");
}

/**
 * An isolate with a cache of its own.
 * @param note takes the place of the Audience; the Audience itself by default
 */
export function startIsolate(
  note: (sightings: Sighting[]) => Promise<boolean[]> = async (sightings) => audience().note(sightings),
): Isolate {
  const calls: Sighting[][] = [];
  const app = createApp(site, "build", undefined);
  const bindings = withAudience((sightings) => {
    calls.push(structuredClone(sightings));
    return note(sightings);
  });
  const poll: Isolate["poll"] = (path, userAgent, init = {}) => {
    const headers = new Headers(init.headers);
    if (userAgent !== undefined) headers.set("User-Agent", userAgent);
    return askIsolate(app, path, { ...init, headers }, bindings);
  };
  return { poll, calls };
}

/** The bindings, with an Audience that can only note readers. */
export function withAudience(note: (sightings: Sighting[]) => Promise<boolean[]>): Env {
  const namespace = new Proxy(env.AUDIENCE, { get: () => () => ({ note }) });
  return { ...env, AUDIENCE: namespace };
}

/** Every row of the Audience's table. */
export function readerRows(): Promise<Record<string, unknown>[]> {
  return runInDurableObject(audience(), (_instance, { storage }) =>
    storage.sql.exec("SELECT * FROM reader").toArray(),
  );
}
