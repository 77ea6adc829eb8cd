/** Fetches the bytes of a kept picture. */
import { mediaPath, originalName, type PictureType } from "../../article/media.ts";
import type { Interruption } from "../transport/interruption.ts";
import { IncompleteResponse, send } from "../transport/request.ts";
import { readSiteResponse, reasonsOf } from "../transport/responses.ts";
import type { Site } from "../transport/site.ts";
import { areBytesOf } from "./picture-file.ts";

export type Fetched = { ok: true; bytes: Uint8Array } | { ok: false; reason: string };

/**
 * Fetches a picture's original. Bytes whose SHA-256 isn't the id were damaged on the way: they are fetched again.
 * @throws Unanswered, Interrupted
 */
export function fetchPicture(
  { id, type }: { id: string; type: PictureType },
  site: Site,
  interruption: Interruption,
): Promise<Fetched> {
  const path = mediaPath(originalName(id, type));
  return send(
    site,
    { method: "GET", path, isIdempotent: true },
    interruption,
    async (response): Promise<Fetched> => {
      if (!response.ok) return { ok: false, reason: reasonsOf(await readSiteResponse(response)).join(" ") };
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (areBytesOf(id, bytes)) return { ok: true, bytes };
      throw new IncompleteResponse(`The bytes of ${path} are not those of this picture`);
    },
  );
}
