/** Public documents without a date of their own: pages, lists, descriptions. */
import type { Instant } from "../article/article.ts";
import type { IsolateCache, Rendered } from "./isolate-cache.ts";
import { isAnyOutdated, type VersionedValue } from "../store/edition.ts";
import { type Representation, respond } from "./representation.ts";

/** A document before it is rendered; `fields` are those of caching at least. */
export type UndatedDocument = Pick<Representation, "name" | "edition" | "variant" | "mediaType" | "fields"> &
  Pick<Partial<Representation>, "vary"> & {
    /** What it shows of KV. */
    values: readonly Pick<VersionedValue, "isOutdated">[];
    render: () => string;
  };

export type UndatedDocuments = {
  /** Answers a GET or HEAD; see `respond`. */
  respond: (request: Request, now: Instant, document: UndatedDocument) => Response | Promise<Response>;
};

/** @param build names this deployment: part of every entity tag */
export function undatedDocuments(cache: IsolateCache, build: string): UndatedDocuments {
  return {
    respond: (request, now, document) => {
      const isOutdated = isAnyOutdated(document.values);
      const render = (): Rendered => ({ text: document.render(), isProvisional: false });
      const dateless = { ...document, render, build, lastModified: undefined, isOutdated };
      return respond(request, dateless, cache, now);
    },
  };
}
