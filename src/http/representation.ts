/** Responses with public representations: preconditions first, rendering last. */
import { BRIEF_CACHING } from "./caching.ts";
import { codingFor, type Coding, isCompressible } from "./compression.ts";
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
  /** Whether a later edition is known than this one, for which there is no text yet: it has no validators then, and may be kept briefly. */
  isOutdated: boolean;
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
  const { mediaType, render, isOutdated } = representation;
  const status = isOutdated ? 200 : evaluate(request.headers, representation, now);
  if (status === 412) throw new Refusal("precondition-failed");
  const name = nameOf(representation);
  // Cloudflare adds Date to every response; the local runtime doesn't (RFC 9110, section 6.6.1).
  const headers = { ...fieldsOf(representation, name, cache), Date: cache.date(now) };
  if (status === 304) return new Response(null, { status, headers });
  const coding = codingFor(request, mediaType);
  Object.assign(headers, contentFields(mediaType, coding));
  const encodeBody = encodingOf(coding);
  const told = (isProvisional: boolean): ResponseInit => ({
    headers: isProvisional || isOutdated ? withoutValidators(headers) : headers,
    encodeBody,
  });
  if (request.method === "HEAD") return new Response(null, told(false));
  const body = cache.body(name, coding, render);
  const answer = ({ blob, isProvisional }: Body): Response =>
    new Response(blob.stream(), told(isProvisional));
  return body instanceof Promise ? body.then(answer) : answer(body);
}

/** The name of a representation's body in the cache. */
export function nameOf(representation: Representation): string {
  return `${representation.name} ${entityTag(representation)}`;
}

/**
 * The header fields of a 304, which the whole response has too (RFC 9110, section 15.4.5); without Date.
 * @param name of the representation: see `nameOf`
 */
export function fieldsOf(representation: Representation, name: string, cache: IsolateCache): Fields {
  const { fields, lastModified, isSettling, mediaType, vary } = representation;
  const known = cache.fields(name, () => ({
    ...fields(),
    ETag: entityTag(representation),
    ...(lastModified !== undefined && { "Last-Modified": formatHttpDate(lastModified) }),
  }));
  const varied = [vary, isCompressible(mediaType) ? "Accept-Encoding" : undefined].filter(Boolean).join(", ");
  return {
    ...known,
    ...(varied !== "" && { Vary: varied }),
    ...(isSettling === true &&
      lastModified !== undefined && { "Last-Modified": formatHttpDate(lastModified - 1000) }),
  };
}

/** The header fields of the whole response alone. */
export function contentFields(mediaType: string, coding: Coding): Fields {
  return {
    "Content-Type": `${mediaType}; charset=utf-8`,
    ...(coding === "gzip" && { "Content-Encoding": "gzip" }),
  };
}

/** Whether the runtime is to compress a body, or has one that is compressed. */
export function encodingOf(coding: Coding): "manual" | "automatic" {
  return coding === "gzip" ? "manual" : "automatic";
}

/** Of a provisional or outdated body, which a cache must not reuse for the edition that they name. */
function withoutValidators({ ETag: _tag, "Last-Modified": _date, ...headers }: Fields): Fields {
  return { ...headers, ...BRIEF_CACHING };
}
