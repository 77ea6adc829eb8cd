/** A site of the real Worker, with the sample articles and their pictures. */
import * as v from "valibot";
import { type LocalWorker, startWorker, until } from "../support/local-worker.ts";
import { articles, type Kept, newestHeadline } from "./content/articles.ts";
import { type Drawn, drawPictures } from "./content/pictures.ts";
import { type Direction, SITE_FILES } from "./content/site-files.ts";
import { KINDS } from "./kinds.ts";

/** A site with articles, and one of the same owner without any. */
export type Sites = {
  direction: Direction;
  /** The origins of both. */
  full: string;
  empty: string;
};

/** Starts two sites in a direction, and fills one of them. @param running takes each of them once it runs */
export async function startSites(direction: Direction, running: AsyncDisposableStack): Promise<Sites> {
  const site = SITE_FILES[direction];
  const start = async (): Promise<LocalWorker> => running.use(await startWorker({ site }));
  const [full, empty] = await allStarted([start(), start()]);
  await fill(full, direction);
  return { direction, full: full.origin, empty: empty.origin };
}

/** Waits until each has started or failed: nothing starts any more then. @throws what the first failure threw */
export async function allStarted<T extends readonly unknown[] | []>(
  starts: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(starts);
  return Promise.all(starts);
}

/** Uploads pictures and articles, withdraws one, and waits until readers have them all. */
async function fill(worker: LocalWorker, direction: Direction): Promise<void> {
  const kept: Kept[] = [];
  for (const picture of await drawPictures()) kept.push(await keep(worker, picture));
  const items = articles(direction, kept);
  const lines = items.map((item) => `${JSON.stringify(item)}\n`).join("");
  const answer = await worker.send("POST", "/api/import", "application/x-ndjson", lines);
  const refused = answer.split("\n").filter((line) => line.includes('"refused"'));
  if (!answer.includes(`"created":${items.length}`)) throw new Error(`Refused: ${refused.join("\n")}`);
  await worker.send("DELETE", "/api/articles/withdrawn", "application/json");
  for (const { name, path, status, isOfEmptySite } of KINDS) {
    if (isOfEmptySite === true) continue;
    const isReady = async (): Promise<boolean> => {
      // As a browser that opens the page (Fetch Metadata, section 2.1).
      const response = await fetch(`${worker.origin}${path}`, { headers: { "Sec-Fetch-Dest": "document" } });
      const text = await response.text();
      return response.status === status && (path !== "/" || text.includes(newestHeadline(direction)));
    };
    await until(isReady, `${name} isn't at ${path}`);
  }
}

const KeptAnswer = v.object({ media: v.object({ id: v.string(), url: v.string() }) });

/** Uploads a picture. */
async function keep(worker: LocalWorker, { type, bytes }: Drawn): Promise<Kept> {
  const { media } = v.parse(KeptAnswer, JSON.parse(await worker.send("POST", "/api/media", type, bytes)));
  return { media: media.id, url: media.url };
}
