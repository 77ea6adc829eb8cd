/** Reads a request whole, as much of it as the records keep. */
import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Received } from "./received.ts";

/** How much of a request is kept: all of it, its first line, size and time, or nothing. */
export type Detail = "whole" | "short" | "none";

/** Reads a request to its end. @throws Error when the connection breaks */
export async function receive(request: IncomingMessage, detail: Detail): Promise<Received> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const buffer = Buffer.from(chunk);
    bytes += buffer.length;
    if (detail === "whole") chunks.push(buffer);
  }
  const { method = "", url: path = "" } = request;
  const at = Date.now();
  if (detail !== "whole") return { method, path, headers: [], body: { text: "", sha256: "", bytes }, at };
  const body = Buffer.concat(chunks);
  return {
    method,
    path,
    headers: pairsOf(request.rawHeaders),
    body: { text: body.toString("utf8"), sha256: createHash("sha256").update(body).digest("hex"), bytes },
    at,
  };
}

/** Names and values of node's flat list, in pairs. */
function pairsOf(raw: readonly string[]): [string, string][] {
  return raw.flatMap((name, index): [string, string][] =>
    index % 2 === 0 ? [[name, raw[index + 1] ?? ""]] : [],
  );
}
