/** Starts Workers on Miniflare, each with a socket of its own: Miniflare's entry port would cost more than the Worker. */
import { cp, readFile } from "node:fs/promises";
import { constants, setPriority } from "node:os";
import { join } from "node:path";
import { convertV4MiniflareOptions, Miniflare, type V4WorkerOptions } from "miniflare";
import { unstable_readConfig } from "wrangler";
import { type Usage, usageOf, workerds } from "./accounting.ts";
import { SITE_URL, TOKEN } from "./client.ts";

/** A Worker that runs until the block ends that uses it. */
export type Running = AsyncDisposable & {
  url: URL;
  /** What its process has used. */
  usage: () => Promise<Usage>;
  /** Where V8's inspector listens, of a Worker that was started with one. */
  inspector: () => Promise<URL>;
};

/** The response that the bare Worker gives. */
export type Answer = { status: number; fields: Record<string, string>; body: Uint8Array | undefined };

const CONFIGURATION = join(import.meta.dirname, "../../../wrangler.toml");

/** How news is handed to those who send it to subscribers. */
export type Spread = "couriers" | "queues";

type Options = {
  /** With queues as in wrangler.toml's comment, or without. */
  spread?: Spread;
  /** Whether V8's inspector listens: it costs the Worker some speed. */
  isInspected?: boolean;
};

const CONSUMER = { maxBatchSize: 1, maxBatchTimeout: 0, maxRetries: 3 };
const QUEUES = {
  queueProducers: { PUSH: { queueName: "push" }, PUSH_SLOW: { queueName: "push-slow" } },
  queueConsumers: { push: CONSUMER, "push-slow": CONSUMER },
};

// Strangers are counted by their address, and here all have the same.
const UNLIMITED = { limit: 1_000_000, period: 60 } as const;

/** The Durable Objects by their bindings. */
const OBJECTS = { DESK: "Desk", AUDIENCE: "Audience", HUB: "Hub" } as const;

/** One of two processes that make up Dateline: its name, the Durable Objects that live in the other, how they find each other, and the processor's priority. */
type Place = {
  name: string;
  other: string;
  elsewhere: readonly (keyof typeof OBJECTS)[];
  registry: string;
  priority: number;
};

/**
 * Starts Dateline with the bindings of wrangler.toml.
 * @param script as bundled
 * @param storage directory that keeps KV and the Durable Objects from one start to the next
 */
export function startDateline(script: string, storage: string, options: Options = {}): Promise<Running> {
  return startPlace(script, storage, options);
}

/** Dateline in two processes. */
export type Apart = AsyncDisposable & {
  /** The readers' and editors' Worker, the Desk and the Audience. */
  desk: Running;
  /** The hub, and the Worker that takes the requests of subscribers. */
  hub: Running;
};

/**
 * Starts Dateline with the hub in a process of its own: on Cloudflare a Durable Object has a thread of its own, and none is short of
 * processors. Here the hub gets what the others leave of them.
 * @param storage of a Dateline that has run in one process, and has ended; what KV has now, both have
 */
export async function startApart(script: string, storage: string): Promise<Apart> {
  const ofHub = `${storage}-hub`;
  const registry = `${storage}-registry`;
  await cp(join(storage, "kv"), join(ofHub, "kv"), { recursive: true });
  const { PRIORITY_LOW, PRIORITY_NORMAL } = constants.priority;
  const desk = await startPlace(
    script,
    storage,
    {},
    {
      name: "desk",
      other: "hub",
      elsewhere: ["HUB"],
      registry,
      priority: PRIORITY_NORMAL,
    },
  );
  const hub = await startPlace(
    script,
    ofHub,
    {},
    {
      name: "hub",
      other: "desk",
      elsewhere: ["DESK", "AUDIENCE"],
      registry,
      priority: PRIORITY_LOW,
    },
  );
  return {
    desk,
    hub,
    [Symbol.asyncDispose]: async () => {
      await hub[Symbol.asyncDispose]();
      await desk[Symbol.asyncDispose]();
    },
  };
}

function startPlace(
  script: string,
  storage: string,
  { spread = "couriers", isInspected = false }: Options,
  place?: Place,
): Promise<Running> {
  const durableObjects = Object.fromEntries(
    Object.entries(OBJECTS).map(([binding, className]) => {
      const isElsewhere = place?.elsewhere.some((each) => each === binding) === true;
      return [binding, { className, useSQLite: true, ...(isElsewhere && { scriptName: place.other }) }];
    }),
  );
  return start(
    {
      modules: [{ type: "ESModule", path: "index.js", contents: script }],
      kvNamespaces: ["ARTICLES"],
      r2Buckets: ["MEDIA"],
      images: { binding: "IMAGES" },
      durableObjects,
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
    { ...place, isInspected },
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

async function start(
  worker: V4WorkerOptions,
  storage?: string,
  { name = "worker", registry, priority, isInspected = false }: Partial<Place> & Options = {},
): Promise<Running> {
  const { compatibility_date: compatibilityDate, compatibility_flags: compatibilityFlags } =
    unstable_readConfig({ config: CONFIGURATION });
  const others = await workerds();
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      // No look-up of this machine's location, no log line for each request.
      cf: false,
      logRequests: false,
      ...(storage !== undefined && { resourcePersistencePath: storage }),
      ...(registry !== undefined && { unsafeDevRegistryPath: registry }),
      ...(isInspected && { inspectorPort: 0 }),
      workers: [
        {
          name,
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
  if (priority !== undefined) setPriority(Number(id), priority);
  return {
    url: await miniflare.unsafeGetDirectURL(name),
    usage: async () => usageOf(id),
    inspector: () => miniflare.getInspectorURL(),
    [Symbol.asyncDispose]: () => miniflare.dispose(),
  };
}
