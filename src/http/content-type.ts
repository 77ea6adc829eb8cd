/** The declared media type of a request's body (RFC 9110, sections 8.3 and 8.4). */
import { Refusal } from "./problems.ts";

/**
 * Finds what reads a request's body by its Content-Type.
 * @param find returns undefined for a Content-Type that isn't taken
 * @param accepted the media types that are taken, for the refusal
 * @param detail of the refusal, where it isn't the general one
 * @throws Refusal "unsupported-media-type", also for a Content-Encoding
 */
export function requireType<T>(
  { headers }: Request,
  find: (contentType: string) => T | undefined,
  accepted: readonly string[],
  detail?: string,
): T {
  const found = find(headers.get("Content-Type") ?? "");
  const coding = headers.get("Content-Encoding")?.toLowerCase() ?? "identity";
  if (found !== undefined && coding === "identity") return found;
  const types = accepted.join(", ");
  throw new Refusal("unsupported-media-type", {
    headers: { Accept: types, "Accept-Post": types, "Accept-Encoding": "identity" },
    members: { accepted: types },
    ...(detail !== undefined && { detail }),
  });
}

/**
 * Finds a Content-Type among media types, in whatever case and with whatever parameters (RFC 9110, section 8.3.1): for `requireType`.
 * @param types in small letters
 */
export function among<T extends string>(types: readonly T[]): (contentType: string) => T | undefined {
  return (contentType) => {
    const own = contentType.toLowerCase().split(";")[0]?.trim();
    return types.find((known) => known === own);
  };
}
