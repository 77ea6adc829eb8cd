/** One response, byte for byte: for a bare Worker to repeat, or for its entity tag. */
import { type IncomingMessage, request } from "node:http";
import { buffer } from "node:stream/consumers";
import type { Answer } from "../dateline/worker.ts";
import type { Poll, Target } from "./load.ts";

/** Header fields of one connection or one message, not of the response (RFC 9110, sections 7.6.1 and 8.6). */
const MESSAGE_FIELDS = new Set(["connection", "content-length", "keep-alive", "transfer-encoding"]);

/** A target's response to its first request, compressed as it comes: `fetch` would decompress it. */
export async function answerOf({ worker, method, polls }: Target): Promise<Answer> {
  const { path, headers } = polls[0] ?? { path: "/", headers: {} };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(new URL(path, worker.url).href, { method, headers }, resolve).on("error", reject).end();
  });
  const body = new Uint8Array(await buffer(response));
  const fields = Object.entries(response.headers).flatMap(([name, value]): [string, string][] =>
    MESSAGE_FIELDS.has(name) || value === undefined ? [] : [[name, String(value)]],
  );
  return {
    status: response.statusCode ?? NaN,
    fields: Object.fromEntries(fields),
    body: body.byteLength > 0 ? body : undefined,
  };
}

/** A target whose requests are conditional: each sends the entity tag of what it asked for. */
export async function conditional(target: Target): Promise<Target> {
  const polls = await Promise.all(
    target.polls.map(async (poll): Promise<Poll> => {
      const { fields } = await answerOf({ ...target, polls: [poll] });
      const tag = fields["etag"];
      if (tag === undefined) throw new Error(`${poll.path} has no entity tag`);
      return { ...poll, headers: { ...poll.headers, "If-None-Match": tag } };
    }),
  );
  return { ...target, polls, status: 304 };
}
