/** Starts Workers on Miniflare, each with a socket of its own: Miniflare's entry port would cost more than the Worker. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { convertV4MiniflareOptions, Miniflare, type V4WorkerOptions } from "miniflare";
import { unstable_readConfig } from "wrangler";
import { type Usage, usageOf, workerds } from "./accounting.ts";
import { TOKEN } from "./client.ts";

/** A Worker that runs until the block ends that uses it. */
export type Running = AsyncDisposable & {
  url: URL;
  /** What its process has used. */
  usage: () => Promise<Usage>;
};

/** The response that the bare Worker gives. */
export type Answer = { status: number; fields: Record<string, string>; body: Uint8Array | undefined };

/** Not https, as the callbacks on this machine aren't. */
export const SITE_URL = "http://news.example";

const CONFIGURATION = join(import.meta.dirname, "../../../wrangler.toml");

/** How news is handed to those who send it to subscribers. */
export type Spread = "couriers" | "queues";

const CONSUMER = { maxBatchSize: 1, maxBatchTimeout: 0, maxRetries: 3 };
const QUEUES = {
  queueProducers: { PUSH: { queueName: "push" }, PUSH_SLOW: { queueName: "push-slow" } },
  queueConsumers: { push: CONSUMER, "push-slow": CONSUMER },
};

// Strangers are counted by their address, and here all have the same.
const UNLIMITED = { limit: 1_000_000, period: 60 } as const;

/**
 * Starts Dateline with the bindings of wrangler.toml.
 * @param script as bundled
 * @param storage directory that keeps KV and the Durable Objects from one start to the next
 * @param spread with queues as in wrangler.toml's comment, or without
 */
export function startDateline(
  script: string,
  storage: string,
  spread: Spread = "couriers",
): Promise<Running> {
  return start(
    {
      modules: [{ type: "ESModule", path: "index.js", contents: script }],
      kvNamespaces: ["ARTICLES"],
      durableObjects: {
        DESK: { className: "Desk", useSQLite: true },
        AUDIENCE: { className: "Audience", useSQLite: true },
        HUB: { className: "Hub", useSQLite: true },
      },
      bindings: {
        SITE_URL,
        EDITOR_TOKEN: TOKEN,
        ACCESS_TEAM_DOMAIN: "",
        ACCESS_AUDIENCE: "",
        HUB_ALLOW_LOOPBACK: "true",
      },
      ratelimits: {
        FAILED_ATTEMPTS: { namespace_id: "1", simple: { limit: 20, period: 60 } },
        HUB_REQUESTS: { namespace_id: "2", simple: UNLIMITED },
        HUB_CALLBACKS: { namespace_id: "3", simple: UNLIMITED },
      },
      versionMetadata: "VERSION",
      ...(spread === "queues" && QUEUES),
    },
    storage,
  );
}

/** Starts the bare Worker, which answers every request with `answer`. */
export async function startBare({ status, fields, body }: Answer): Promise<Running> {
  const contents = await readFile(join(import.meta.dirname, "bare-worker.js"), "utf8");
  return start({
    modules: [{ type: "ESModule", path: "bare-worker.js", contents }],
    bindings: { STATUS: status, FIELDS: fields },
    ...(body !== undefined && { dataBlobBindings: { BODY: body } }),
  });
}

async function start(worker: V4WorkerOptions, storage?: string): Promise<Running> {
  const { compatibility_date: compatibilityDate, compatibility_flags: compatibilityFlags } =
    unstable_readConfig({ config: CONFIGURATION });
  const others = await workerds();
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      // No look-up of this machine's location, no log line for each request.
      cf: false,
      logRequests: false,
      ...(storage !== undefined && { resourcePersistencePath: storage }),
      workers: [
        {
          name: "worker",
          ...(compatibilityDate !== undefined && { compatibilityDate }),
          compatibilityFlags,
          unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }],
          ...worker,
        },
      ],
    }),
  );
  await miniflare.ready;
  const [id = "unknown"] = (await workerds()).difference(others);
  return {
    url: await miniflare.unsafeGetDirectURL("worker"),
    usage: async () => usageOf(id),
    [Symbol.asyncDispose]: () => miniflare.dispose(),
  };
}
