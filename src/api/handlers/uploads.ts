/** The handler of uploads and of their dry runs. */
import * as v from "valibot";
import { MAX_NAME } from "../../article/bounds.ts";
import type { Site } from "../../article/site.ts";
import type { Accepted, WriteRequest } from "../../desk/messages.ts";
import { requireType } from "../../http/content-type.ts";
import { Refusal } from "../../http/problems.ts";
import { readBytes } from "../../http/request-body.ts";
import { ACCEPTED_TYPES, formatOf, MAX_UPLOAD_BYTES } from "../../upload/formats.ts";
import type { Issue, Parsed, Upload } from "../../upload/issue.ts";
import { cleaned } from "../../upload/paragraphs.ts";
import { requireRight } from "../access.ts";
import { flag } from "../decode.ts";
import { acceptedOrThrow } from "../desk-refusals.ts";
import type { Call, Services } from "../operations/operation.ts";
import { writeRequestOf } from "../write-request.ts";
import { dryRunResponse, forget, uploadResponse } from "../write-response.ts";

const sectionName = v.pipe(v.string(), v.maxLength(MAX_NAME), v.transform(cleaned), v.nonEmpty());

export const UploadQuery = v.strictObject({
  "dry-run": v.pipe(
    flag,
    v.description(
      "Changes nothing, and answers what the upload would do: the item in each format, and each aggregator's verdict.",
    ),
  ),
  draft: v.pipe(flag, v.description("Keeps the article as a draft, which no reader sees.")),
  silent: v.pipe(
    flag,
    v.description("Keeps `updated` as it is: readers get the new text, but are not told to read it again."),
  ),
  section: v.optional(
    v.pipe(
      v.array(sectionName),
      v.description("The name or the id of a section, for a document that names none. It may be repeated."),
    ),
    [],
  ),
});

type UploadCall = Call & { query: v.InferOutput<typeof UploadQuery> };

/**
 * Creates, revises or withdraws an article, as its document says.
 * @param id from the address; without one it is the document's, or made from date and headline
 */
export async function upload(
  { site, cache }: Pick<Services, "site" | "cache">,
  call: UploadCall,
  id?: string,
): Promise<Response> {
  const { bytes, parsed } = await read(site, call);
  const { upload: document, warnings } = accept(parsed);
  const writeRequest = await writeRequestOf(call.request, call.actor, bytes, call.query["dry-run"]);
  const accepted = await submit(site, call, document, agreedId(id, document), writeRequest);
  const noticed = [...warnings, ...guidWarning(document, accepted)];
  if (writeRequest.isDryRun) return dryRunResponse(site, accepted, noticed);
  forget(cache, accepted);
  return uploadResponse(site, accepted, noticed);
}

/** Reads the document. Of a sender who may withdraw and not publish, it reads nothing but a withdrawal. */
async function read(
  site: Site,
  { actor, request, query }: UploadCall,
): Promise<{ bytes: Uint8Array; parsed: Parsed }> {
  const { parse, parseWithdrawal } = requireType(request, formatOf, ACCEPTED_TYPES);
  const withdrawsAlone = !actor.rights.includes("publish");
  if (withdrawsAlone && parseWithdrawal !== undefined) {
    const bytes = await readBytes(request, MAX_UPLOAD_BYTES);
    const parsed = parseWithdrawal(bytes);
    if (parsed !== undefined) return { bytes, parsed };
  }
  requireRight(actor, { right: "publish", action: "publish" });
  const bytes = await readBytes(request, MAX_UPLOAD_BYTES);
  return { bytes, parsed: parse(bytes, site, query.section) };
}

async function submit(
  { authority }: Site,
  { desk, query: { draft: isDraft, silent: isSilent } }: UploadCall,
  document: Upload,
  id: string | undefined,
  writeRequest: WriteRequest,
): Promise<Accepted> {
  if (document.action === "withdraw") {
    const known = id ?? (document.guid === undefined ? undefined : await desk.idOf(document.guid));
    if (known === undefined)
      throw new Refusal("not-found", { detail: "There is no article with this guid." });
    return acceptedOrThrow(
      await desk.change(known, { kind: "withdraw", reason: document.reason }, writeRequest),
    );
  }
  return acceptedOrThrow(
    await desk.publish(
      {
        draft: document.draft,
        id,
        guid: document.guid,
        isDraft: isDraft || document.action === "keep-as-draft",
        isSilent,
        authority,
      },
      writeRequest,
    ),
  );
}

/** @throws Refusal "unreadable-document" or "invalid-document" for a document with errors */
function accept(parsed: Parsed): Extract<Parsed, { ok: true }> {
  if (parsed.ok) return parsed;
  const { issues, warnings } = parsed;
  throw new Refusal(isUnreadable(issues) ? "unreadable-document" : "invalid-document", { issues, warnings });
}

/** Whether issues say that a document can't be read at all. */
export function isUnreadable(issues: readonly Issue[]): boolean {
  return issues.some(({ field, reason }) => field === "encoding" && reason === "not-utf-8");
}

/** @throws Refusal "invalid-document" when the address and the document name different articles */
function agreedId(id: string | undefined, document: Upload): string | undefined {
  if (id === undefined || document.id === undefined || id === document.id) return id ?? document.id;
  throw new Refusal("invalid-document", {
    issues: [
      {
        path: "/id",
        field: "id",
        reason: "id-differs",
        detail: "The document has another id than the address.",
        found: document.id,
      },
    ],
  });
}

/** The warning about a guid in a document that the article doesn't get: a guid never changes. */
function guidWarning({ guid }: Upload, { article }: Accepted): Issue[] {
  if (guid === undefined || guid === article.guid) return [];
  return [
    {
      field: "guid",
      reason: "guid-kept",
      detail: "The article keeps the guid that it was first published under.",
      found: article.guid,
    },
  ];
}
