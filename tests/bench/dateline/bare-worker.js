/** The bare Worker: answers every request alike, from constants, without storage. It shows what the platform alone can do. */
import { env } from "cloudflare:workers";

const { STATUS: status, FIELDS: headers, BODY: bytes } = env;

// The body in the form in which Dateline keeps it, compressed already where it is sent so.
const body = bytes === undefined ? null : new Blob([bytes]);
const encodeBody = "content-encoding" in headers ? "manual" : "automatic";

export default { fetch: () => new Response(body?.stream(), { status, headers, encodeBody }) };
