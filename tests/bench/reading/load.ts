/**
 * Requests under load: the processor time of the Worker's process for each, requests a second, and how long the slowest took.
 * Workers that are compared take turns, so that all of them meet the same machine.
 */
import autocannon from "autocannon";
import { busyMicroseconds } from "../dateline/accounting.ts";
import type { Running } from "../dateline/worker.ts";
import type { Scale } from "../scale.ts";
import { median } from "../statistics.ts";

/** One address, and the header fields with which it is asked for. */
export type Poll = { path: string; headers: Record<string, string> };

/** A Worker, the requests that are sent to it round robin, and the status that it must answer. */
export type Target = { worker: Running; method: "GET" | "HEAD"; polls: readonly Poll[]; status: number };

export type Load = {
  /** Of the Worker's process, for one request; NaN on a system that doesn't tell. */
  cpuMicroseconds: number;
  perSecond: number;
  p99Milliseconds: number;
  /** Whether other programs were at work meanwhile. */
  isDisturbed: boolean;
};

// Enough to keep a Worker's one thread busy; more connections only lengthen the queue.
const CONNECTIONS = 50;
// By then V8 has compiled what is used most.
const WARM_UP_SECONDS = 2;
// The share of one processor that the system itself and its network take.
const QUIET_SHARE = 0.15;
const MICROSECONDS_PER_SECOND = 1_000_000;

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
    cpuMicroseconds: median(ofTarget.map(({ cpuMicroseconds }) => cpuMicroseconds)),
    perSecond: median(ofTarget.map(({ perSecond }) => perSecond)),
    p99Milliseconds: median(ofTarget.map(({ p99Milliseconds }) => p99Milliseconds)),
    isDisturbed: ofTarget.filter(({ isDisturbed }) => isDisturbed).length > ofTarget.length / 2,
  }));
}

async function fire({ worker, method, polls, status }: Target, seconds: number): Promise<Load> {
  const before = await account(worker);
  let connection = 0;
  const result = await autocannon({
    url: worker.url.href,
    method,
    connections: CONNECTIONS,
    duration: seconds,
    setupClient: (client) => {
      // Each connection begins with another of them: feeds are asked for in turn, not each by all connections at once.
      const first = connection++ % polls.length;
      client.setRequests(
        [...polls.slice(first), ...polls.slice(0, first)].map(({ path, headers }) => ({
          method,
          path,
          headers,
        })),
      );
      if (method === "HEAD") expectNoBody(client);
    },
  });
  const after = await account(worker);
  const count = result.statusCodeStats?.[`${status}`]?.count ?? 0;
  if (result.errors > 0 || count === 0 || count !== result.requests.total) {
    const { path = "" } = polls[0] ?? {};
    throw new Error(`${method} ${path}: ${count} of ${result.requests.total} answers were ${status}`);
  }
  const others = after.busy - before.busy - (after.worker - before.worker) - (after.own - before.own);
  return {
    cpuMicroseconds: (after.worker - before.worker) / count,
    perSecond: count / result.duration,
    p99Milliseconds: result.latency.p99,
    isDisturbed: others > QUIET_SHARE * seconds * MICROSECONDS_PER_SECOND,
  };
}

/** Microseconds of processor time until now: of a Worker, of this program, of the whole machine. */
async function account(worker: Running): Promise<{ worker: number; own: number; busy: number }> {
  const { user, system } = process.cpuUsage();
  const [usage, busy] = await Promise.all([worker.usage(), busyMicroseconds()]);
  return { worker: usage.cpuMicroseconds, own: user + system, busy };
}

/** Tells autocannon's parser that the response to HEAD ends with its header section: it would wait for a body. */
function expectNoBody(client: autocannon.Client): void {
  const parser: unknown = Reflect.get(client, "parser");
  client.on("headers", () => {
    if (typeof parser === "object" && parser !== null) Reflect.set(parser, "body_bytes", 0);
  });
}
