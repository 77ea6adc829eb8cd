/** The control of the subscribers over HTTP, for tests in another process. README.md has the protocol. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import type { Roster } from "./roster.ts";

// A request that waits answers with what there is before a client could lose patience.
const WAIT_MILLISECONDS = 10_000;

/** Answers a request to `/control/<name>`. @param name empty for all */
export async function answerControl(
  request: IncomingMessage,
  response: ServerResponse,
  roster: Roster,
  name: string,
  query: URLSearchParams,
): Promise<void> {
  if (request.method === "PUT") {
    const body = await text(request);
    try {
      roster.behave(name, JSON.parse(body));
    } catch (error) {
      response.writeHead(400, { "Content-Type": "text/plain" }).end(String(error));
      return;
    }
    response.writeHead(204).end();
  } else if (request.method === "DELETE") {
    roster.forget(name === "" ? undefined : name);
    response.writeHead(204).end();
  } else {
    const after = Number(query.get("after") ?? -1);
    await roster.records
      .until(name, (received) => received.length > after, WAIT_MILLISECONDS)
      .catch(() => undefined);
    response
      .writeHead(200, { "Content-Type": "application/json" })
      .end(JSON.stringify(roster.records.of(name)));
  }
}
