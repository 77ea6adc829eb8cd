/** Content coding (RFC 9110, section 8.4) for what Cloudflare's edge doesn't compress by itself. */
import { LRUCache } from "lru-cache";
import Negotiator from "negotiator";
import * as v from "valibot";

// The edge compresses RSS, HTML and XML, but not these ("Content compression", Cloudflare's documentation).
const COMPRESSED_HERE = new Set(["application/atom+xml", "application/feed+json", "text/x-opml"]);

/** The form in which a body is sent (section 8.4.1). */
export type Coding = "identity" | "gzip";

// What clients send: some dozens of fields, each as long as a list of all codings at most.
const MAX_KEPT = 100;
const MAX_KEPT_LENGTH = 200;

/** Whether a field prefers gzip. */
const preferences = new LRUCache<string, boolean>({ max: MAX_KEPT });

const Properties = v.object({ clientAcceptEncoding: v.optional(v.string()) });

/** Whether this Worker compresses representations of this media type, for clients that accept gzip. */
export function isCompressible(mediaType: string): boolean {
  return COMPRESSED_HERE.has(mediaType);
}

/** The form in which a client gets a representation of this media type. */
export function codingFor(request: Request, mediaType: string): Coding {
  return isCompressible(mediaType) && acceptsGzip(request) ? "gzip" : "identity";
}

/** Whether a client prefers gzip to the plain bytes. Of two with the same weight, it gets the one that it names first (section 12.5.3). */
export function acceptsGzip({ headers, cf }: Request): boolean {
  // Cloudflare replaces the field by what its own edge accepts, and keeps the client's in `cf`.
  const field = readClientField(cf) ?? headers.get("Accept-Encoding");
  if (field === null) return false;
  const known = preferences.get(field);
  if (known !== undefined) return known;
  // The old name of gzip (section 8.4.1.3).
  const accepted = field.replaceAll(/\bx-gzip\b/gi, "gzip");
  const negotiator = new Negotiator({ headers: { "accept-encoding": accepted } });
  const preference = negotiator.encoding(["gzip", "identity"]) === "gzip";
  if (field.length <= MAX_KEPT_LENGTH) preferences.set(field, preference);
  return preference;
}

function readClientField(cf: unknown): string | undefined {
  const read = v.safeParse(Properties, cf);
  return read.success ? read.output.clientAcceptEncoding : undefined;
}

/** A body in gzip (RFC 1952). */
export function gzip(body: Blob): Promise<Blob> {
  return new Response(body.stream().pipeThrough(new CompressionStream("gzip"))).blob();
}
