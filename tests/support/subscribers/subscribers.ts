/** WebSub subscribers on one real HTTP server: each callback behaves as a test says, and remembers what came. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { BehaviourInput } from "./behaviour.ts";
import { answerControl } from "./control-server.ts";
import type { Received } from "./received.ts";
import { replyToDelivery, replyToVerification } from "./replies.ts";
import { type Detail, receive } from "./request-reader.ts";
import { Roster } from "./roster.ts";

const HOST = "127.0.0.1";
// A fan-out opens a thousand connections at once; Linux cuts this to net.core.somaxconn.
const BACKLOG = 4096;
// workerd keeps an idle connection for five seconds, as node does: neither may close one that the other is about to use.
const KEEP_ALIVE_MILLISECONDS = 60_000;

export type Subscribers = AsyncDisposable & {
  origin: string;
  /** The address of a callback. */
  callback: (name: string) => string;
  /** Sets the whole behaviour of a name; its replies begin with the first. */
  behave: (name: string, behaviour: BehaviourInput) => void;
  /** All requests to a name, the oldest first. */
  received: (name: string) => readonly Received[];
  /** How many of the requests to a name wait for the end of their answer: whoever sent them hasn't given them up. */
  open: (name: string) => number;
  /** Waits until the requests to a name meet a condition, and returns them. */
  until: (
    name: string,
    isReached: (received: readonly Received[]) => boolean,
  ) => Promise<readonly Received[]>;
  /** Forgets behaviour and requests of one name, or of all. */
  forget: (name?: string) => void;
};

/**
 * Starts the subscribers at a free port of this machine. Their callbacks are `/callback/<name>`; README.md has the
 * protocol by which a test in another process controls them.
 * @param detail how much of each request is kept
 */
export async function startSubscribers(detail: Detail = "whole"): Promise<Subscribers> {
  const roster = new Roster();
  const server = createServer((request, response) => {
    // A connection that the other side breaks off is no request.
    answer(request, response, roster, detail).catch(() => request.socket.destroy());
  });
  server.keepAliveTimeout = KEEP_ALIVE_MILLISECONDS;
  const origin = await listen(server);
  return {
    origin,
    callback: (name) => `${origin}/callback/${name}`,
    behave: (name, behaviour) => void roster.behave(name, behaviour),
    received: (name) => roster.records.of(name),
    open: (name) => roster.records.open(name),
    until: (name, isReached) => roster.records.until(name, isReached),
    forget: (name) => roster.forget(name),
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Listens at a free port. @returns the server's origin */
async function listen(server: Server): Promise<string> {
  server.listen({ host: HOST, port: 0, backlog: BACKLOG });
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port");
  return `http://${HOST}:${address.port}`;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  roster: Roster,
  detail: Detail,
): Promise<void> {
  const { pathname, search, searchParams, href } = new URL(
    request.url ?? "",
    `http://${request.headers.host}`,
  );
  const [, room, name = ""] = pathname.split("/");
  if (room === "control") return answerControl(request, response, roster, name, searchParams);
  const received = await receive(request, detail);
  if (detail !== "none") {
    roster.records.addOpen(name, 1);
    response.once("close", () => roster.records.addOpen(name, -1));
    roster.records.add(name, received);
  }
  const challenge = searchParams.get("hub.challenge") ?? "";
  if (room === "echo") response.end(challenge);
  else if (room !== "callback") response.writeHead(404).end();
  else if (request.method === "GET") {
    const reply = roster.named(name).nextVerification(searchParams);
    await pause(reply.delayMilliseconds);
    replyToVerification(request, response, reply, challenge, `/echo/${name}${search}`);
  } else {
    const reply = roster.named(name).nextDelivery();
    await pause(reply.delayMilliseconds);
    replyToDelivery(request, response, reply, href);
  }
}

/** Waits, and costs nothing where there is no time to wait. */
async function pause(milliseconds: number): Promise<void> {
  if (milliseconds > 0) await sleep(milliseconds);
}
