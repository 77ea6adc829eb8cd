/** Requests a second under load. Dateline and the bare Worker take turns, so that both meet the same machine. */
import autocannon from "autocannon";
import type { Scale } from "../scale.ts";
import { median } from "../statistics.ts";
import type { Answer } from "../dateline/worker.ts";

/** A Worker, the one request that is sent to it again and again, and the status that it must answer. */
export type Target = {
  worker: URL;
  method: "GET" | "HEAD";
  path: string;
  headers: Record<string, string>;
  status: number;
};

export type Load = { perSecond: number; p99Milliseconds: number };

// Enough to keep a Worker's one thread busy; more connections only lengthen the queue.
const CONNECTIONS = 50;
// By then V8 has compiled what is used most.
const WARM_UP_SECONDS = 2;

/** Header fields of one connection or one message, not of the response (RFC 9110, sections 7.6.1 and 8.6). */
const MESSAGE_FIELDS = new Set(["connection", "content-length", "keep-alive", "transfer-encoding"]);

/**
 * Puts every target under load in turn, round by round.
 * @returns the medians of each target's rounds
 */
export async function loads(targets: readonly Target[], scale: Scale): Promise<Load[]> {
  const rounds = targets.map((): Load[] => []);
  for (const target of targets) await fire(target, WARM_UP_SECONDS);
  for (let round = 0; round < scale.loadRounds; round++) {
    for (const [index, target] of targets.entries()) {
      rounds[index]?.push(await fire(target, scale.loadSeconds));
    }
  }
  return rounds.map((ofTarget) => ({
    perSecond: median(ofTarget.map(({ perSecond }) => perSecond)),
    p99Milliseconds: median(ofTarget.map(({ p99Milliseconds }) => p99Milliseconds)),
  }));
}

/** A target's response, for a bare Worker to repeat. */
export async function answerOf({ worker, path, method, headers }: Target): Promise<Answer> {
  const response = await fetch(new URL(path, worker), { method, headers });
  const body = new Uint8Array(await response.arrayBuffer());
  return {
    status: response.status,
    fields: Object.fromEntries([...response.headers].filter(([name]) => !MESSAGE_FIELDS.has(name))),
    body: body.byteLength > 0 ? body : undefined,
  };
}

async function fire({ worker, path, method, headers, status }: Target, seconds: number): Promise<Load> {
  const url = new URL(path, worker).href;
  const result = await autocannon({
    url,
    method,
    headers,
    connections: CONNECTIONS,
    duration: seconds,
    ...(method === "HEAD" && { setupClient: expectNoBody }),
  });
  const count = result.statusCodeStats?.[`${status}`]?.count ?? 0;
  if (result.errors > 0 || count === 0 || count !== result.requests.total) {
    throw new Error(`${method} ${path}: ${count} of ${result.requests.total} answers were ${status}`);
  }
  return { perSecond: count / result.duration, p99Milliseconds: result.latency.p99 };
}

/** Tells autocannon's parser that the response to HEAD ends with its header section: it would wait for a body. */
function expectNoBody(client: autocannon.Client): void {
  const parser: unknown = Reflect.get(client, "parser");
  client.on("headers", () => {
    if (typeof parser === "object" && parser !== null) Reflect.set(parser, "body_bytes", 0);
  });
}
