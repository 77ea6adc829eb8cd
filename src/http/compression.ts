/** Content coding (RFC 9110, section 8.4) for what Cloudflare's edge doesn't compress by itself. */
import Negotiator from "negotiator";
import * as v from "valibot";

// Not among the types that the edge compresses ("Content compression", Cloudflare's documentation); RSS, HTML and XML are.
const COMPRESSED_HERE = new Set(["application/atom+xml", "application/feed+json", "text/x-opml"]);

const Properties = v.object({ clientAcceptEncoding: v.optional(v.string()) });

/** Whether a representation of this media type is served compressed to whoever takes that. */
export function isCompressible(mediaType: string): boolean {
  return COMPRESSED_HERE.has(mediaType);
}

/** Whether a client prefers gzip to the plain bytes; of two that it likes the same, it is sent the one that it names first (section 12.5.3). */
export function acceptsGzip({ headers, cf }: Request): boolean {
  // Cloudflare puts what its own edge takes into the field, and keeps what the client said beside it.
  const accepted = readClientField(cf) ?? headers.get("Accept-Encoding");
  if (accepted === null) return false;
  // Its old name (section 8.4.1.3).
  const field = accepted.replaceAll(/\bx-gzip\b/gi, "gzip");
  return new Negotiator({ headers: { "accept-encoding": field } }).encoding(["gzip", "identity"]) === "gzip";
}

function readClientField(cf: unknown): string | undefined {
  const read = v.safeParse(Properties, cf);
  return read.success ? read.output.clientAcceptEncoding : undefined;
}

/** The bytes in gzip (RFC 1952). */
export async function gzip(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
