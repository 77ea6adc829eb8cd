/** Responses with public representations: preconditions first, rendering last. */
import { BRIEF_CACHING } from "./caching.ts";
import { acceptsGzip, isCompressible } from "./compression.ts";
import { entityTag, evaluate, type Validators } from "./conditional.ts";
import { formatHttpDate } from "./http-date.ts";
import type { Body, Fields, IsolateCache, Render } from "./isolate-cache.ts";
import { Refusal } from "./problems.ts";

export type Representation = Validators & {
  /** Names it in the cache: a KV key. */
  name: string;
  mediaType: string;
  /** The request's header fields that chose it (RFC 9110, section 12.5.5), without Accept-Encoding. */
  vary?: string | undefined;
  /**
   * Whether an earlier change may still be on its way, so that another content may get the same second. Last-Modified is then a
   * second earlier: a client that sends it back without an entity tag gets the whole response again.
   */
  isSettling?: boolean;
  /** Further header fields, which a 304 repeats: caching, Link, CORS. The same for the same name and validators. */
  fields: () => Fields;
  /** Makes the body; called for a GET whose body isn't cached. */
  render: Render;
};

/**
 * Answers a GET or HEAD.
 * @throws Refusal "precondition-failed" when If-Match or If-Unmodified-Since doesn't hold
 */
export function respond(
  request: Request,
  representation: Representation,
  cache: IsolateCache,
  now: number,
): Response | Promise<Response> {
  const { mediaType, render, lastModified, isSettling } = representation;
  const vary = varyOf(representation);
  const tag = entityTag(representation);
  const name = `${representation.name} ${tag}`;
  const status = evaluate(request.headers, representation, now);
  if (status === 412) throw new Refusal("precondition-failed");
  const headers: Fields = {
    ...cache.fields(name, () => fieldsOf(representation, tag)),
    // Cloudflare adds Date to every response; the local runtime doesn't (RFC 9110, section 6.6.1).
    Date: cache.date(now),
  };
  if (vary !== undefined) headers["Vary"] = vary;
  if (isSettling === true && lastModified !== undefined) {
    headers["Last-Modified"] = formatHttpDate(lastModified - 1000);
  }
  if (status === 304) return new Response(null, { status, headers });
  headers["Content-Type"] = `${mediaType}; charset=utf-8`;
  const isCompressed = isCompressible(mediaType) && acceptsGzip(request);
  if (isCompressed) headers["Content-Encoding"] = "gzip";
  const encodeBody = isCompressed ? "manual" : "automatic";
  if (request.method === "HEAD") return new Response(null, { headers, encodeBody });
  const body = isCompressed ? cache.compressed(name, render) : cache.body(name, render);
  const answer = ({ bytes, isProvisional }: Body): Response =>
    new Response(bytes, { headers: isProvisional ? provisional(headers) : headers, encodeBody });
  return body instanceof Promise ? body.then(answer) : answer(body);
}

function fieldsOf({ fields, lastModified }: Representation, tag: string): Fields {
  return {
    ...fields(),
    ETag: tag,
    ...(lastModified !== undefined && { "Last-Modified": formatHttpDate(lastModified) }),
  };
}

function varyOf({ vary, mediaType }: Representation): string | undefined {
  if (!isCompressible(mediaType)) return vary;
  return vary === undefined ? "Accept-Encoding" : `${vary}, Accept-Encoding`;
}

/** A provisional body gets no validators: a cache must not reuse it for the edition that they name. */
function provisional({ ETag: _tag, "Last-Modified": _date, ...headers }: Fields): Fields {
  return { ...headers, ...BRIEF_CACHING };
}
