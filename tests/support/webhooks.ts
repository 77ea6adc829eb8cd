/** Webhooks of the tests: real receivers over HTTP, and the hub's clock, which the test moves. */
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { Webhook } from "standardwebhooks";
import { at, desk, edit } from "./newsroom.ts";
import { isDelivery, type Received } from "./subscribers/received.ts";
import { type RemoteSubscriber, subscriber } from "./subscribers/control.ts";
import type { BehaviourInput } from "./subscribers/behaviour.ts";
import { send } from "./tokens.ts";

// Far more than a receiver takes that answers. A round takes a millisecond or so.
const MAX_ROUNDS = 3000;

export type Grant = { name?: string; events?: string[]; sections?: string[]; format?: string };

/** A webhook as the API shows it. */
export type ShownWebhook = {
  id: string;
  state: string;
  lane: string;
  waiting: number;
  lastSuccess?: string;
  lastFailure?: string;
  failingSince?: string;
  pausedSince?: string;
};

export type LogEntry = {
  time: string;
  event: string;
  type: string;
  article: string;
  attempt: number;
  result: string;
  status?: number;
  reason?: string;
};

/** A delivery as its receiver reads it. */
export type Told = {
  id: string;
  type: string;
  article: string;
  revision: number;
  data: Record<string, unknown>;
};

export type TestWebhook = {
  id: string;
  secret: string;
  behave: RemoteSubscriber["behave"];
  /** All deliveries, the oldest first. */
  posts: () => Promise<Received[]>;
  /** The same as the receiver reads them. */
  told: () => Promise<Told[]>;
  /** The same in a few words: `published bridge 1`. */
  gist: () => Promise<string[]>;
};

/** Makes a webhook, as an administrator does, with a receiver of its own. */
export async function makeWebhook(
  { name = "Partner", ...grant }: Grant = {},
  behaviour?: BehaviourInput,
): Promise<TestWebhook> {
  const { callback: url, behave, received } = await subscriber(behaviour);
  const response = await send("POST", "/api/webhooks", { name, url, ...grant });
  if (response.status !== 201) throw new Error(await response.text());
  const { id, secret } = await response.json<{ id: string; secret: string }>();
  const posts = async (): Promise<Received[]> => (await received()).filter(isDelivery);
  const told = async (): Promise<Told[]> => (await posts()).map(read);
  const gist = async (): Promise<string[]> =>
    (await told()).map(({ type, article, revision }) => `${type} ${article} ${revision}`);
  return { id, secret, behave, posts, told, gist };
}

function read({ headers, body }: Received): Told {
  const fields = new Headers(headers);
  const { type, data } = JSON.parse(body.text);
  return {
    id: fields.get("webhook-id") ?? "",
    type: String(type).replace("article.", ""),
    article: String(data.id),
    revision: Number(data.revision),
    data,
  };
}

/** Verifies a delivery as a receiver does that uses the package `standardwebhooks`. @throws where the signature is wrong */
export function verify(secret: string, { headers, body }: Received): unknown {
  return new Webhook(secret).verify(body.text, Object.fromEntries(new Headers(headers)));
}

export function hub(): Env["HUB"] extends DurableObjectNamespace<infer T> ? DurableObjectStub<T> : never {
  return env.HUB.getByName("hub");
}

/** Lets the Desk tell the hub, and the hub deliver, until nothing is due or under way now. The clock stands. */
export async function deliverAll(): Promise<void> {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    await runDurableObjectAlarm(desk());
    await runDurableObjectAlarm(hub());
    if ((await untold()) === 0 && (await underWay()) === 0) return;
    // Lets the couriers' connections go on.
    await scheduler.wait(1);
  }
  throw new Error("The hub is never done");
}

/** Begins what is due, and waits until so many deliveries have come to a receiver, which may not have answered yet. */
export async function beginDelivery({ posts }: TestWebhook, count: number): Promise<void> {
  await runDurableObjectAlarm(desk());
  await runDurableObjectAlarm(hub());
  while ((await posts()).length < count) await scheduler.wait(1);
}

/** Lets all be delivered, moves the clock to the hub's next alarm, and so on until an instant. */
export async function deliverUntil(instant: number): Promise<void> {
  await deliverAll();
  while (Date.now() < instant) {
    const next = await runInDurableObject(hub(), (_hub, { storage }) => storage.getAlarm());
    at(Math.min(instant, Math.max(next ?? instant, Date.now() + 1)));
    await deliverAll();
  }
}

function untold(): Promise<number> {
  return runInDurableObject(
    desk(),
    (_desk, { storage }) => storage.sql.exec<{ n: number }>("SELECT count(*) AS n FROM event").one().n,
  );
}

function underWay(): Promise<number> {
  const now = Date.now();
  return runInDurableObject(
    hub(),
    (_hub, { storage }) =>
      storage.sql
        .exec<{ n: number }>(
          `SELECT count(*) AS n FROM delivery JOIN webhook ON webhook.id = delivery.webhook
           WHERE begun = 1 OR (due <= ?1 AND (slow = 0 OR coalesce(probe, 0) <= ?1))`,
          now,
        )
        .one().n,
  );
}

export async function listWebhooks(): Promise<ShownWebhook[]> {
  return (await (await edit("GET", "/api/webhooks")).json<{ webhooks: ShownWebhook[] }>()).webhooks;
}

/** The log of a webhook, the newest attempt first. */
export async function logOf(id: string): Promise<LogEntry[]> {
  const response = await edit("GET", `/api/webhooks/${id}/deliveries`);
  return (await response.json<{ deliveries: LogEntry[] }>()).deliveries;
}
