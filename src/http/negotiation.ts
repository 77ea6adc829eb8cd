/** Content negotiation by Accept (RFC 9110, section 12.5.1). */
import Negotiator from "negotiator";

// In characters: ten times as long as browsers' fields.
const MAX_ACCEPT = 4000;

/**
 * The media type that a client prefers.
 * @param types that are offered; the first is taken where the client doesn't say, or gives several the same weight
 * @returns undefined where the client accepts none of them
 */
export function preferredType<T extends string>({ headers }: Request, types: readonly T[]): T | undefined {
  // A parameter such as Atom's `type=feed` (RFC 5023, section 12) makes no difference here.
  const accept =
    headers
      .get("Accept")
      ?.slice(0, MAX_ACCEPT)
      .replaceAll(/;\s*(?!q=)[^;,]*/gi, "") ?? null;
  const preferred = new Negotiator({ headers: accept === null ? {} : { accept } }).mediaType(types);
  return types.find((type) => type === preferred);
}
