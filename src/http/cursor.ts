/** A list's cursor: where a page of articles ended, opaque to clients. Pure. */
import { decodeBase64Url, encodeBase64Url } from "hono/utils/encode";
import type { Instant } from "../article/article.ts";
import { isId } from "../article/identity.ts";

type Position = { published: Instant; id: string };

export function writeCursor({ published, id }: Position): string {
  return encodeBase64Url(new TextEncoder().encode(`${published} ${id}`).buffer);
}

/** @returns undefined for what no list ever gave */
export function readCursor(cursor: string): Position | undefined {
  try {
    const [published = "", id = ""] = new TextDecoder().decode(decodeBase64Url(cursor)).split(" ");
    return /^-?\d{1,15}$/.test(published) && isId(id) ? { published: Number(published), id } : undefined;
  } catch {
    return undefined;
  }
}
