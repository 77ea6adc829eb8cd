/** Public documents that have no date of their own: pages, lists, descriptions. */
import type { Context } from "hono";
import type { IsolateCache } from "./isolate-cache.ts";
import { type Representation, respond } from "./representation.ts";

/** What one is; `fields` are those of caching at least. */
export type UndatedDocument = Pick<
  Representation,
  "name" | "edition" | "variant" | "mediaType" | "fields" | "render"
> &
  Pick<Partial<Representation>, "vary">;

export class UndatedDocuments {
  readonly #cache: IsolateCache;
  readonly #build: string;

  /** @param build names this deployment: part of every entity tag */
  constructor(cache: IsolateCache, build: string) {
    this.#cache = cache;
    this.#build = build;
  }

  /** Answers a GET or HEAD; see `respond`. */
  respond(c: Context, now: number, document: UndatedDocument): Response | Promise<Response> {
    const representation = { ...document, build: this.#build, lastModified: undefined };
    return respond(c.req.raw, representation, this.#cache, now);
  }
}
