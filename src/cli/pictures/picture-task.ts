/** Pictures → the tasks that upload them and set them on articles. */
import * as v from "valibot";
import type { MediaDescription } from "../../article/media.ts";
import { UploadedPicture, type SiteResponse } from "../transport/responses.ts";
import type { Outcome, Task } from "../transport/task.ts";
import { readPicture } from "./picture-file.ts";

/** What is said of an upload. `proposals`: whether the file's own texts count where nothing else is said. */
export type Said = MediaDescription & { proposals?: boolean };

/** Makes the task that uploads a picture. The same bytes are always the same picture, so sending them twice does no harm. */
export function pictureTask(
  path: string,
  said: Said,
  read: () => Promise<Uint8Array<ArrayBuffer>> = () => readPicture(path),
): Task {
  return {
    name: path,
    identity: `picture ${path}`,
    request: async () => ({
      method: "POST",
      path: `/api/media${queryOf(said)}`,
      // The bytes tell the type.
      headers: { "Content-Type": "application/octet-stream" },
      body: await read(),
      isIdempotent: true,
    }),
    outcomeOf: uploadOutcome,
  };
}

/**
 * Makes the task that sets the picture of an article.
 * @param name for people
 * @param media the picture's id
 * @param isSilent whether readers needn't read the article again
 */
export function settingTask(name: string, article: string, media: string, isSilent = false): Task {
  return {
    name,
    identity: `id ${article}`,
    request: async () => ({
      method: "POST",
      path: `/api/articles/${encodeURIComponent(article)}/picture${isSilent ? "?silent" : ""}`,
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ media }),
      isIdempotent: true,
    }),
  };
}

/** The outcome of an upload: 201 says that the picture is new (RFC 9110, section 15.3.2). */
export function uploadOutcome({ status, body }: SiteResponse): Outcome | undefined {
  const picture = v.safeParse(UploadedPicture, body);
  if (!picture.success) return undefined;
  return { kind: status === 201 ? "uploaded" : "kept-already", picture: picture.output };
}

function queryOf({ proposals = false, ...texts }: Said): string {
  const query = new URLSearchParams();
  for (const [name, text] of Object.entries(texts)) if (text !== undefined) query.set(name, text);
  const parts = [...(query.size > 0 ? [query.toString()] : []), ...(proposals ? ["proposals"] : [])];
  return parts.length === 0 ? "" : `?${parts.join("&")}`;
}
