/** Prepared responses: what most requests for a representation get, made before they come. */
import { codingFor, type Coding } from "./compression.ts";
import { entityTag } from "./conditional.ts";
import type { IsolateCache } from "./isolate-cache.ts";
import { contentFields, encodingOf, fieldsOf, nameOf, type Representation } from "./representation.ts";

export class PreparedResponse {
  readonly #cache: IsolateCache;
  readonly #mediaType: string;
  readonly #name: string;
  readonly #tag: string;
  /** Of a 304, and of the whole response in each form. A response copies them more cheaply than it reads a record of names. */
  readonly #headers: Record<Coding | "unchanged", Headers>;
  #date = "";

  constructor(representation: Representation, cache: IsolateCache) {
    const { mediaType } = representation;
    const name = nameOf(representation);
    const fields = fieldsOf(representation, name, cache);
    this.#cache = cache;
    this.#mediaType = mediaType;
    this.#name = name;
    this.#tag = entityTag(representation);
    this.#headers = {
      unchanged: new Headers(fields),
      identity: new Headers({ ...fields, ...contentFields(mediaType, "identity") }),
      gzip: new Headers({ ...fields, ...contentFields(mediaType, "gzip") }),
    };
  }

  /**
   * Answers a GET or HEAD as `respond` would.
   * @returns undefined where that has to decide: preconditions other than the representation's own entity tag, a body that isn't cached
   */
  answer(request: Request, now: number): Response | undefined {
    const { method, headers } = request;
    if (method !== "GET" && method !== "HEAD") return undefined;
    if (headers.has("If-Match") || headers.has("If-Unmodified-Since")) return undefined;
    const tag = headers.get("If-None-Match");
    if (tag === this.#tag) return new Response(null, { status: 304, headers: this.#dated("unchanged", now) });
    if (tag !== null || headers.has("If-Modified-Since")) return undefined;
    const coding = codingFor(request, this.#mediaType);
    const body = method === "HEAD" ? null : this.#cache.cached(this.#name, coding)?.stream();
    if (body === undefined) return undefined;
    return new Response(body, { headers: this.#dated(coding, now), encodeBody: encodingOf(coding) });
  }

  #dated(kind: Coding | "unchanged", now: number): Headers {
    const date = this.#cache.date(now);
    if (date !== this.#date) {
      this.#date = date;
      for (const headers of Object.values(this.#headers)) headers.set("Date", date);
    }
    return this.#headers[kind];
  }
}
