/** The subscribers of these tests: they do what their behaviour says. */
import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { after, before, describe, test } from "node:test";
import { startSubscribers, type Subscribers } from "../support/subscribers/subscribers.ts";

const CHALLENGE = "hub.mode=subscribe&hub.challenge=hush";

let subscribers: Subscribers;

before(async () => {
  subscribers = await startSubscribers();
});

after(async () => subscribers[Symbol.asyncDispose]());

/** Sends a verification. */
function verify(name: string): Promise<Response> {
  return fetch(`${subscribers.callback(name)}?${CHALLENGE}`, { redirect: "manual" });
}

/** Sends a delivery. */
function deliver(name: string): Promise<Response> {
  return fetch(subscribers.callback(name), { method: "POST", body: "news", redirect: "manual" });
}

/** Sends a request on a connection of its own, to see when each byte of the answer comes. */
function open(name: string, method: string): Socket {
  const { hostname, port, pathname } = new URL(subscribers.callback(name));
  const socket = connect(Number(port), hostname);
  socket.write(`${method} ${pathname}?${CHALLENGE} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n\r\n`);
  return socket;
}

/** The first piece of an answer that a socket reads. */
async function firstPiece(socket: Socket): Promise<string> {
  const [piece] = await once(socket, "data");
  return String(piece);
}

describe("a subscriber", { concurrency: true }, () => {
  test("confirms and takes every delivery unless a test says otherwise", async () => {
    const verification = await verify("good");
    deepEqual([verification.status, await verification.text()], [200, "hush"]);
    equal((await deliver("good")).status, 204);
    deepEqual(
      subscribers.received("good").map(({ method, path }) => `${method} ${path}`),
      [`GET /callback/good?${CHALLENGE}`, "POST /callback/good"],
    );
  });

  for (const [verification, status, body] of [
    ["wrong", 200, "hush-and-more"],
    ["with-newline", 200, "hush\n"],
    [404, 404, "hush"],
  ] as const) {
    test(`answers a verification with ${verification}`, async () => {
      const name = `verification-${verification}`;
      subscribers.behave(name, { verification });
      const response = await verify(name);
      deepEqual([response.status, await response.text()], [status, body]);
    });
  }

  test("redirects a verification to an address that confirms it, and tells that it was asked there", async () => {
    subscribers.behave("moved", { verification: "redirect" });
    equal((await verify("moved")).status, 302);
    const followed = await fetch(`${subscribers.callback("moved")}?${CHALLENGE}`);
    equal(await followed.text(), "hush");
    equal(subscribers.received("moved").at(-1)?.path, `/echo/moved?${CHALLENGE}`);
  });

  test("confirms nothing that lacks what it expects", async () => {
    subscribers.behave("strict", { expects: { "hub.verify_token": "subscribe-1" } });
    equal((await verify("strict")).status, 404);
    const complete = `${subscribers.callback("strict")}?${CHALLENGE}&hub.verify_token=subscribe-1`;
    equal((await fetch(complete)).status, 200);
  });

  test("gives its replies one after the other, the last for good", async () => {
    subscribers.behave("moody", {
      delivery: [{ answer: 429, headers: { "Retry-After": "60" } }, 500, 200],
    });
    const first = await deliver("moody");
    deepEqual([first.status, first.headers.get("Retry-After")], [429, "60"]);
    const others = [await deliver("moody"), await deliver("moody"), await deliver("moody")];
    deepEqual(
      others.map(({ status }) => status),
      [500, 200, 200],
    );
  });

  test("redirects a delivery to itself for ever", async () => {
    subscribers.behave("loop", { delivery: "redirect-loop" });
    const response = await deliver("loop");
    deepEqual([response.status, response.headers.get("Location")], [307, subscribers.callback("loop")]);
  });

  test("resets the connection", async () => {
    subscribers.behave("reset", { delivery: "reset" });
    const socket = open("reset", "POST");
    const [error] = await once(socket, "error");
    match(String(error), /ECONNRESET/);
  });

  test("never answers, and keeps the request in mind", async () => {
    subscribers.behave("never", { delivery: "never" });
    const controller = new AbortController();
    const pending = fetch(subscribers.callback("never"), { method: "POST", signal: controller.signal });
    await subscribers.until("never", (received) => received.length === 1);
    controller.abort();
    await rejects(pending, { name: "AbortError" });
  });

  test("sends the head at once and its body byte by byte", async () => {
    subscribers.behave("drip", { verification: "drip" });
    const socket = open("drip", "GET");
    match(await firstPiece(socket), /^HTTP\/1\.1 200 OK\r\n[^]*\r\n\r\n$/);
    match(await firstPiece(socket), /^1\r\nh\r\n$/);
    socket.destroy();
  });

  test("sends even the head byte by byte", async () => {
    subscribers.behave("drip-head", { delivery: "drip-head" });
    const socket = open("drip-head", "POST");
    equal(await firstPiece(socket), "H");
    socket.destroy();
  });

  test("sends more than anybody wants to read, after the challenge", async () => {
    subscribers.behave("endless", { verification: "endless" });
    const response = await verify("endless");
    let read = "";
    for await (const chunk of response.body ?? []) {
      read += Buffer.from(chunk).toString();
      if (read.length > 1_000_000) break;
    }
    ok(read.startsWith("hush  "));
  });

  test("is controlled from another process", async () => {
    const control = `${subscribers.origin}/control/remote`;
    const behaviour = JSON.stringify({ delivery: { answer: 503, delayMilliseconds: 1 } });
    equal((await fetch(control, { method: "PUT", body: behaviour })).status, 204);
    const waiting = fetch(`${control}?after=0`);
    equal((await deliver("remote")).status, 503);
    const [received] = JSON.parse(await (await waiting).text());
    deepEqual([received.method, received.body.text, received.body.bytes], ["POST", "news", 4]);
    equal((await fetch(control, { method: "DELETE" })).status, 204);
    equal(await (await fetch(control)).text(), "[]");
  });

  test("keeps the first line, the size and the time of a request where that is enough", async () => {
    await using short = await startSubscribers("short");
    await fetch(short.callback("brief"), { method: "POST", body: "news" });
    const [received] = short.received("brief");
    deepEqual(
      [received?.path, received?.headers, received?.body],
      ["/callback/brief", [], { text: "", sha256: "", bytes: 4 }],
    );
  });
});
