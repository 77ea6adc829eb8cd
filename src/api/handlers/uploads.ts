/** The editor's uploads: documents in, articles out; or, as a dry run, what they would be. */
import type { Context } from "hono";
import * as v from "valibot";
import { MAX_NAME } from "../../article/bounds.ts";
import { isId } from "../../article/identity.ts";
import type { Site } from "../../article/site.ts";
import type { Accepted, WriteRequest } from "../../desk/messages.ts";
import type { Principal } from "../../desk/principal.ts";
import { ACCEPTED_TYPES, formatOf } from "../../upload/formats.ts";
import type { Issue, Parsed, Upload } from "../../upload/issue.ts";
import { cleaned } from "../../upload/paragraphs.ts";
import { dryRunResponse, forget, uploadResponse } from "../write-response.ts";
import type { IsolateCache } from "../../http/isolate-cache.ts";
import { bodyBy } from "../authorised-body.ts";
import { flag, readQuery } from "../decode.ts";
import { theDesk } from "../../desk/stub.ts";
import { requireType } from "../../http/content-type.ts";
import { writeRequestOf } from "../write-request.ts";
import { acceptedOrThrow } from "../desk-refusals.ts";
import { Refusal } from "../../http/problems.ts";

type ApiContext = Context<{ Bindings: Env }>;

const sectionName = v.pipe(v.string(), v.maxLength(MAX_NAME), v.transform(cleaned), v.nonEmpty());

export const UploadQuery = v.strictObject({
  "dry-run": v.pipe(
    flag,
    v.description(
      "Changes nothing, and answers what would be: the item in each format, and each aggregator's verdict.",
    ),
  ),
  draft: v.pipe(flag, v.description("Keeps the article as a draft, which no reader sees.")),
  silent: v.pipe(
    flag,
    v.description("Leaves `updated` as it is: readers get the new text without being told to read again."),
  ),
  section: v.optional(
    v.pipe(
      v.array(sectionName),
      v.description(
        "The name or the id of a section for a document that names none; may stand there more than once.",
      ),
    ),
    [],
  ),
});

export class UploadHandlers {
  readonly #site: Site;
  readonly #cache: IsolateCache;

  constructor(site: Site, cache: IsolateCache) {
    this.#site = site;
    this.#cache = cache;
  }

  /** PUT /api/articles/:id creates or revises the article with this id. */
  async put(c: ApiContext, actor: Principal, id: string): Promise<Response> {
    if (!isId(id)) throw new Refusal("invalid-id");
    return this.#upload(c, actor, id);
  }

  /** POST /api/articles takes the id from the document, or makes it from date and headline. */
  async post(c: ApiContext, actor: Principal): Promise<Response> {
    return this.#upload(c, actor, undefined);
  }

  async #upload(c: ApiContext, actor: Principal, id: string | undefined): Promise<Response> {
    const query = readQuery(c.req.queries(), UploadQuery, ["section"]);
    const { bytes, parsed } = await this.#read(c, actor, query.section);
    const { upload, warnings } = accept(parsed);
    const writeRequest = await writeRequestOf(c.req.raw, actor, bytes, query["dry-run"]);
    const accepted = await this.#take(c, upload, agreedId(id, upload), writeRequest, query);
    const noticed = [...warnings, ...guidWarning(upload, accepted)];
    if (writeRequest.isDryRun) return dryRunResponse(this.#site, accepted, noticed);
    forget(this.#cache, accepted);
    return uploadResponse(this.#site, accepted, noticed);
  }

  /** Of who may withdraw and not publish, nothing is read but a withdrawal. */
  async #read(
    c: ApiContext,
    actor: Principal,
    sections: readonly string[],
  ): Promise<{ bytes: Uint8Array; parsed: Parsed }> {
    const { parse, parseWithdrawal } = requireType(c.req.raw, formatOf, ACCEPTED_TYPES);
    const withdrawsAlone = actor.rights.includes("withdraw") && !actor.rights.includes("publish");
    if (withdrawsAlone && parseWithdrawal !== undefined) {
      const bytes = await bodyBy(c, actor, "withdraw", "withdraw");
      const parsed = parseWithdrawal(bytes);
      if (parsed !== undefined) return { bytes, parsed };
    }
    const bytes = await bodyBy(c, actor, "publish", "publish");
    return { bytes, parsed: parse(bytes, this.#site, sections) };
  }

  async #take(
    c: ApiContext,
    upload: Upload,
    id: string | undefined,
    writeRequest: WriteRequest,
    { draft: isDraft, silent: isSilent }: v.InferOutput<typeof UploadQuery>,
  ): Promise<Accepted> {
    const desk = theDesk(c.env);
    if (upload.action === "withdraw") {
      const known = id ?? (upload.guid === undefined ? undefined : await desk.idOf(upload.guid));
      if (known === undefined)
        throw new Refusal("not-found", { detail: "There is no article with this guid." });
      return acceptedOrThrow(
        await desk.act(known, { kind: "withdraw", reason: upload.reason }, writeRequest),
      );
    }
    return acceptedOrThrow(
      await desk.publish(
        {
          draft: upload.draft,
          id,
          guid: upload.guid,
          isDraft: isDraft || upload.action === "keep-as-draft",
          isSilent,
          authority: this.#site.authority,
        },
        writeRequest,
      ),
    );
  }
}

/** @throws Refusal for a document with errors */
function accept(parsed: Parsed): Extract<Parsed, { ok: true }> {
  if (parsed.ok) return parsed;
  const { issues, warnings } = parsed;
  throw new Refusal(isUnreadable(issues) ? "unreadable-document" : "invalid-document", { issues, warnings });
}

/** Whether a document's issues are that it can't be read at all. */
export function isUnreadable(issues: readonly Issue[]): boolean {
  return issues.some(({ field, reason }) => field === "encoding" && reason === "not-utf-8");
}

/** @throws Refusal when the address and the document name different articles */
function agreedId(id: string | undefined, upload: Upload): string | undefined {
  if (id === undefined || upload.id === undefined || id === upload.id) return id ?? upload.id;
  throw new Refusal("invalid-document", {
    issues: [
      {
        path: "/id",
        field: "id",
        reason: "id-differs",
        detail: "The document names another article than the address does.",
        found: upload.id,
      },
    ],
  });
}

/** A guid is made once and never again. */
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
