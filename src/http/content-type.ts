/** What a request's body is said to be. */
import type { Context } from "hono";
import { Refusal } from "./problems.ts";

/**
 * @param find what reads a Content-Type; undefined for one that isn't taken
 * @param accepted the media types that are
 * @throws Refusal "unsupported-media-type", also for a Content-Encoding
 */
export function requireType<T>(
  c: Context,
  find: (contentType: string) => T | undefined,
  accepted: readonly string[],
): T {
  const found = find(c.req.header("Content-Type") ?? "");
  const coding = c.req.header("Content-Encoding")?.toLowerCase() ?? "identity";
  if (found !== undefined && coding === "identity") return found;
  const types = accepted.join(", ");
  throw new Refusal("unsupported-media-type", {
    headers: { Accept: types, "Accept-Post": types, "Accept-Encoding": "identity" },
    members: { accepted: types },
  });
}
