/** The one way in which a public representation is answered: preconditions first, rendering last. */
import { entityTag, evaluate, type Validators } from "./conditional.ts";
import { formatHttpDate } from "./http-date.ts";
import type { Fields, Memory } from "./memory.ts";
import { Refusal } from "./problems.ts";

export type Representation = Validators & {
  /** What it represents, for the memory: a KV key. */
  name: string;
  mediaType: string;
  /** The request's header fields that chose it (RFC 9110, section 12.5.5). */
  vary?: string | undefined;
  /** Further header fields, which a 304 repeats: caching, Link, CORS. The same for the same name and validators. */
  fields: () => Fields;
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
  const { vary, mediaType, render } = representation;
  const tag = entityTag(representation);
  const name = `${representation.name} ${tag}`;
  const status = evaluate(request.headers, representation, now);
  if (status === 412) throw new Refusal("precondition-failed");
  const headers: Fields = {
    ...memory.fields(name, () => fieldsOf(representation, tag)),
    // Cloudflare dates every response; the local runtime doesn't (RFC 9110, section 6.6.1).
    Date: memory.date(now),
  };
  if (vary !== undefined) headers["Vary"] = vary;
  if (status === 304) return new Response(null, { status, headers });
  headers["Content-Type"] = `${mediaType}; charset=utf-8`;
  if (request.method === "HEAD") return new Response(null, { headers });
  return new Response(memory.body(name, render), { headers });
}

function fieldsOf({ fields, lastModified }: Representation, tag: string): Fields {
  return {
    ...fields(),
    ETag: tag,
    ...(lastModified !== undefined && { "Last-Modified": formatHttpDate(lastModified) }),
  };
}
