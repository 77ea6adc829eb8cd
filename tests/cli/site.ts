/** A site for tests of the commands: real HTTP, without a Worker. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { TestContext } from "node:test";

export type Received = {
  method: string;
  /** Path and query. */
  path: string;
  headers: IncomingMessage["headers"];
  body: string;
};

export type Reply = {
  status?: number;
  headers?: Record<string, string>;
  /** A string is sent as it is, anything else as JSON. */
  body?: unknown;
  /** Whether the connection breaks after the body. */
  isCutOff?: boolean;
  /** Whether the answer never ends. */
  isOpen?: boolean;
};

export type Site = {
  origin: string;
  received: Received[];
  /** The most requests that were under way at the same time. */
  most: { atOnce: number };
  /** How many requests the other side broke off before they were answered. */
  brokenOff: () => number;
  /** Resolves when so many requests have come. */
  have: (count: number) => Promise<void>;
};

/**
 * Starts a site, which stops after the test.
 * @param answer makes the reply to each request; `index` counts from 0
 * @param host the address on which it listens
 */
export async function startSite(
  t: TestContext,
  answer: (request: Received, index: number) => Reply | Promise<Reply>,
  host = "127.0.0.1",
): Promise<Site> {
  const received: Received[] = [];
  const most = { atOnce: 0 };
  let brokenOff = 0;
  let underWay = 0;
  const waiting: { count: number; resolve: () => void }[] = [];
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = "", url: path = "", headers } = request;
    response.once("close", () => {
      if (!response.headersSent) brokenOff += 1;
    });
    underWay += 1;
    most.atOnce = Math.max(most.atOnce, underWay);
    const body = await textOf(request);
    const index = received.push({ method, path, headers, body }) - 1;
    for (const { count, resolve } of waiting) if (received.length >= count) resolve();
    const reply = await answer({ method, path, headers, body }, index);
    underWay -= 1;
    send(response, reply);
  };
  const server = createServer((request, response) => void handle(request, response));
  server.listen(0, host);
  await once(server, "listening");
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    origin: `http://${host}:${port}`,
    received,
    most,
    brokenOff: () => brokenOff,
    have: async (count) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.push({ count, resolve });
      if (received.length >= count) resolve();
      await promise;
    },
  };
}

function send(
  response: ServerResponse,
  { status = 200, headers = {}, body = {}, isCutOff, isOpen }: Reply,
): void {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  response.writeHead(status, { "Content-Type": "application/json", ...headers });
  if (isCutOff === true) response.write(text, () => response.destroy());
  else if (isOpen === true) response.write(text);
  else response.end(text);
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

/** The response to an upload that made or changed an article. */
export function accepted(change: string, id: string, more: Record<string, unknown> = {}): Reply {
  return {
    status: change === "created" ? 201 : 200,
    body: {
      change,
      article: { id, revision: 1, status: "published", url: `https://news.example/articles/${id}` },
      feeds: ["all", "section:politics"],
      warnings: [],
      ...more,
    },
  };
}

/** The response with a problem (RFC 9457). */
export function problem(status: number, title: string, more: Record<string, unknown> = {}): Reply {
  return {
    status,
    headers: { "Content-Type": "application/problem+json" },
    body: { type: "https://news.example/problems/x", title, status, ...more },
  };
}

/** Creates an article for every request: under its id for PUT, under `posted-n` for POST. */
export function createsAll({ path }: Received, index: number): Reply {
  const [, id] = /^\/api\/articles\/([^/?]+)/.exec(path) ?? [];
  return accepted("created", id ?? `posted-${index}`);
}
