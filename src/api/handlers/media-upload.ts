/** The handler of uploaded pictures: looked at, cleaned, kept, and registered at the Desk. */
import * as v from "valibot";
import {
  type Media,
  type MediaDescription,
  originalName,
  MAX_PICTURE_BYTES,
  PICTURE_TYPES,
} from "../../article/media.ts";
import type { Site } from "../../article/site.ts";
import type { KeptMedia } from "../../desk/commands/media.ts";
import { among, requireType } from "../../http/content-type.ts";
import { Refusal } from "../../http/problems.ts";
import { fileKey, hasFiles, type MediaBindings, putStream } from "../../media/bucket.ts";
import { type Incoming, withIncoming } from "../../media/incoming.ts";
import { makeSizes } from "../../media/sizes.ts";
import type { Issue } from "../../upload/issue.ts";
import { flag } from "../decode.ts";
import { problemOf } from "../desk-refusals.ts";
import { descriptionOf, mediaView, textsOf, withCleanCredit } from "../media-views.ts";
import type { Call } from "../operations/operation.ts";
import { DESCRIPTION_QUERY } from "../schemas/media.ts";

/** The media types that an upload may declare: its bytes say what it is. */
export const UPLOAD_TYPES = [...PICTURE_TYPES, "application/octet-stream"] as const;

export const MediaUploadQuery = v.strictObject({
  ...DESCRIPTION_QUERY,
  proposals: v.pipe(
    flag,
    v.description("Takes what the file's own metadata says where nothing else is said."),
  ),
});

type MediaUpload = Call & { query: v.InferOutput<typeof MediaUploadQuery> };

// As often somebody may remove the picture while it is uploaded.
const MAX_ATTEMPTS = 3;

/** The bucket of pictures. @throws Refusal "media-unavailable" where the site has none */
export function bucketOf({ MEDIA }: MediaBindings): R2Bucket {
  if (MEDIA === undefined) throw new Refusal("media-unavailable");
  return MEDIA;
}

/**
 * Keeps a picture. The same bytes again make what is missing.
 * @throws Refusal
 */
export async function uploadMedia({ url }: Pick<Site, "url">, call: MediaUpload): Promise<Response> {
  const { request, query, bindings } = call;
  const bucket = bucketOf(bindings);
  requireType(
    request,
    among(UPLOAD_TYPES),
    UPLOAD_TYPES,
    "The header field Accept lists the accepted types. Send the file's own bytes, without a Content-Encoding.",
  );
  const length = lengthOf(request);
  await call.desk.open();
  const body = request.body ?? new Blob([]).stream();
  return withIncoming(bucket, body, length, async (incoming) => {
    if (!incoming.ok) {
      const { reason, detail, found = "" } = incoming;
      throw new Refusal("invalid-picture", { issues: [{ field: "document", reason, detail, found }] });
    }
    const warnings: Issue[] = [];
    const found = withCleanCredit(incoming.proposed, []);
    const description = withCleanCredit(descriptionOf(query), warnings);
    const said = { description, proposed: query.proposals ? found : {} };
    const { kept, failed } = await keep(bucket, call, incoming, said);
    const { media, isNew } = kept;
    return Response.json(
      {
        media: mediaView(url, media),
        proposed: textsOf(found),
        warnings: [...warnings, ...failed.map(sizeWarning)],
      },
      isNew ? { status: 201, headers: { Location: `/api/media/${media.id}` } } : {},
    );
  });
}

/** Writes the files that are missing, and has the Desk keep the picture; again, where somebody has removed them meanwhile. */
async function keep(
  bucket: R2Bucket,
  { desk, actor, bindings: { IMAGES } }: MediaUpload,
  { file, read }: Incoming,
  said: { description: MediaDescription; proposed: MediaDescription },
): Promise<{ kept: KeptMedia; failed: number[] }> {
  const name = originalName(file.id, file.type);
  const begun = await desk.beginMedia({ id: file.id, type: file.type }, actor);
  if (!begun.ok) throw problemOf(begun);
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    if (!(await hasFiles(bucket, [name])))
      await putStream(bucket, fileKey(name), await read(), file.length, file.type);
    const { sizes, failed } = await makeSizes(bucket, IMAGES, file, sizesOf(begun.known));
    const kept = await desk.keepMedia({ ...file, upload: begun.upload, sizes, ...said }, actor);
    if (kept.ok) return { kept, failed };
    if (kept.reason !== "files-missing") throw problemOf(kept);
  }
  throw new Error(`The files of ${file.id} went again and again`);
}

function sizesOf(known: Media | undefined): Media["sizes"] {
  return known?.sizes ?? [];
}

/** The length of the body in bytes. @throws Refusal "length-required" or "too-large" */
function lengthOf({ headers }: Request): number {
  const field = headers.get("Content-Length");
  if (field === null || !/^\d+$/.test(field)) throw new Refusal("length-required");
  const length = Number(field);
  if (length > MAX_PICTURE_BYTES) throw new Refusal("too-large", { members: { max: MAX_PICTURE_BYTES } });
  return length;
}

function sizeWarning(width: number): Issue {
  return {
    field: "image",
    reason: "size-not-made",
    detail:
      "A smaller size could not be made. Readers get a larger one; upload the same file again to try again.",
    found: `${width} px`,
  };
}
