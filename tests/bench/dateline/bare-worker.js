/** The bare Worker: answers every request alike, from constants, without storage. It shows what the platform alone can do. */
import { env } from "cloudflare:workers";

const { STATUS: status, FIELDS: headers, BODY: body = null } = env;

export default { fetch: () => new Response(body, { status, headers }) };
