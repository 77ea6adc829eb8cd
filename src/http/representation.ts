/** The one way in which a public representation is answered: preconditions first, rendering last. */
import { entityTag, evaluate, type Validators } from "./conditional.ts";
import { formatHttpDate } from "./http-date.ts";
import type { Memory } from "./memory.ts";
import { Refusal } from "./problems.ts";

export type Representation = Validators & {
  /** What it represents, for the memory: a KV key. */
  name: string;
  mediaType: string;
  /** Header fields that a 304 repeats: caching, Vary, Link, CORS. */
  headers: Record<string, string>;
  /** Makes the body; called for a GET whose body isn't in memory. */
  render: () => string;
};

/**
 * Answers a GET or HEAD.
 * @throws Refusal "precondition-failed" when If-Match or If-Unmodified-Since doesn't hold
 */
export function respond(
  request: Request,
  representation: Representation,
  memory: Memory,
  now: number,
): Response {
  const { lastModified, mediaType, name, render } = representation;
  const tag = entityTag(representation);
  const headers = {
    ...representation.headers,
    ETag: tag,
    ...(lastModified !== undefined && { "Last-Modified": formatHttpDate(lastModified) }),
  };
  const status = evaluate(request.headers, representation, now);
  if (status === 412) throw new Refusal("precondition-failed");
  if (status === 304) return new Response(null, { status, headers });
  const full = { ...headers, "Content-Type": `${mediaType}; charset=utf-8` };
  if (request.method === "HEAD") return new Response(null, { headers: full });
  return new Response(memory.body(`${name} ${tag}`, render), { headers: full });
}
