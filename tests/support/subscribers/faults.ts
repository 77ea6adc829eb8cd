/** Replies that break off, crawl or never end. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Writable } from "node:stream";
import type { Fault } from "./behaviour.ts";

const DRIP_MILLISECONDS = 1000;
// As much as a socket takes at once.
const ENDLESS = Buffer.alloc(64 * 1024, " ");

/**
 * Replies with a fault.
 * @param text the body, or the beginning of an endless one
 */
export function sendFault(
  request: IncomingMessage,
  response: ServerResponse,
  fault: Fault,
  text: string,
): void {
  switch (fault) {
    case "never":
      return;
    case "reset":
      request.socket.resetAndDestroy();
      return;
    case "drip":
      response.writeHead(200, { "Content-Type": "text/plain" }).flushHeaders();
      drip(response, text);
      return;
    case "drip-head":
      drip(request.socket, `HTTP/1.1 200 OK\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
      return;
    case "endless":
      response.writeHead(200, { "Content-Type": "text/plain" });
      response.write(text);
      pour(response);
  }
}

/** Writes one byte a second, and ends after the last. */
function drip(to: Writable, text: string): void {
  const bytes = Buffer.from(text === "" ? "." : text);
  let sent = 0;
  const timer = setInterval(() => {
    to.write(bytes.subarray(sent, sent + 1));
    sent += 1;
    if (sent < bytes.length) return;
    clearInterval(timer);
    to.end();
  }, DRIP_MILLISECONDS);
  to.once("close", () => clearInterval(timer));
}

/** Writes for as long as the other side reads. */
function pour(response: ServerResponse): void {
  if (response.destroyed) return;
  const wait = response.write(ENDLESS) ? "turn" : "drain";
  if (wait === "turn") setImmediate(pour, response);
  else response.once("drain", () => pour(response));
}
