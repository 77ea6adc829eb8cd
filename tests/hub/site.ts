/** A site with a hub, to which the tests publish wire documents. */
import { type LocalWorker, type Spread, startWorker } from "../support/local-worker.ts";

export type Site = Pick<LocalWorker, "origin" | "api" | typeof Symbol.asyncDispose> & {
  /** Publishes a wire document under an id. @throws Error when it is refused */
  publish: (id: string, document: string) => Promise<void>;
};

/** Starts Dateline with a hub that takes callbacks on this machine. */
export async function startSite(spread: Spread = "couriers"): Promise<Site> {
  const worker = await startWorker({ spread });
  return {
    origin: worker.origin,
    api: worker.api,
    publish: async (id, document) => {
      await worker.send("PUT", `/api/articles/${id}`, "text/plain", document);
    },
    [Symbol.asyncDispose]: () => worker[Symbol.asyncDispose](),
  };
}
