/** The requests of an editor and of a reader, over HTTP alone. */
import { setTimeout as pause } from "node:timers/promises";
import { type Story, wireDocument } from "./stories.ts";

/** Not https, as the callbacks on this machine aren't. */
export const SITE_URL = "http://news.example";

export const TOKEN = "a-token-for-the-benchmark";

// An editor's program that imports many articles sends several at once.
const IN_FLIGHT = 32;

// An isolate keeps a value for one second, or two while it reads it again.
const QUIET_MILLISECONDS = 2500;
const PATIENCE_MILLISECONDS = 600_000;
// A Worker that takes longer has stopped.
const ANSWER_MILLISECONDS = 30_000;

/**
 * Uploads an article.
 * @param number the n-th story, for its body
 * @throws Error unless the article was created or revised
 */
export async function publish(worker: URL, story: Story, number: number): Promise<void> {
  const response = await fetch(new URL(`/api/articles/${story.id}`, worker), {
    method: "PUT",
    headers: { Authorization: `Bearer ${TOKEN}`, "Content-Type": "text/plain" },
    body: wireDocument(story, number),
    signal: AbortSignal.timeout(ANSWER_MILLISECONDS),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`PUT ${story.id} was answered ${response.status}: ${text}`);
}

/**
 * Uploads a picture.
 * @returns the answer, whatever it is; its body has been read
 */
export async function uploadPicture(
  worker: URL,
  type: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Response> {
  const response = await fetch(new URL("/api/media", worker), {
    method: "POST",
    headers: { Authorization: `Bearer ${TOKEN}`, "Content-Type": type },
    body: bytes,
  });
  await response.arrayBuffer();
  return response;
}

/**
 * Reads a document.
 * @returns the body, or undefined where there is nothing yet
 */
export async function read(worker: URL, path: string): Promise<string | undefined> {
  const response = await fetch(new URL(path, worker), { signal: AbortSignal.timeout(ANSWER_MILLISECONDS) });
  const text = await response.text();
  if (response.status === 404) return undefined;
  if (response.status !== 200) throw new Error(`GET ${path} was answered ${response.status}: ${text}`);
  return text;
}

/**
 * Publishes many articles, some at a time.
 * @param story makes the n-th, from `from` up to but without `to`
 * @param progress is told now and then how many are published
 * @param inFlight how many at a time
 * @returns the seconds that it took
 */
export async function publishAll(
  worker: URL,
  from: number,
  to: number,
  story: (number: number) => Story,
  progress: (count: number) => void = () => undefined,
  inFlight = IN_FLIGHT,
): Promise<number> {
  const started = performance.now();
  let next = from;
  const send = async (): Promise<void> => {
    for (let number = next++; number < to; number = next++) {
      await publish(worker, story(number), number);
      if ((number + 1) % 5000 === 0) progress(number + 1);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, send));
  return (performance.now() - started) / 1000;
}

/** Waits until nothing waits for KV, which an import leaves to be written, and readers are told of it all. */
export async function untilQuiet(worker: URL): Promise<void> {
  const deadline = performance.now() + PATIENCE_MILLISECONDS;
  for (;;) {
    const headers = { Authorization: `Bearer ${TOKEN}` };
    const text = await (await fetch(new URL("/api/health", worker), { headers })).text();
    await pause(QUIET_MILLISECONDS);
    if (text.includes('"waiting":0')) return;
    if (performance.now() > deadline) throw new Error(`The backlog isn't written: ${text}`);
  }
}

/**
 * Sends lines to the import as one request.
 * @returns the last line of the answer
 * @throws Error when the import is refused as a whole
 */
export async function importAll(worker: URL, lines: Iterable<string>): Promise<string> {
  const response = await fetch(new URL("/api/import", worker), {
    method: "POST",
    headers: { Authorization: `Bearer ${TOKEN}`, "Content-Type": "application/x-ndjson" },
    body: [...lines].join(""),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`The import was answered ${response.status}: ${text}`);
  return text.trimEnd().split("\n").at(-1) ?? "";
}
