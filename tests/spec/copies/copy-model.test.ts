/** Any newsroom's copy, cut anywhere, against a model made from its lines. */
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { actOut, everythingPublic, history, IDS, START } from "../../support/stories/chronicle.ts";
import { clear } from "../../support/clear.ts";
import { exported, importBody } from "../../support/stories/copies.ts";
import { edit, get, listed, settle } from "../../support/newsroom.ts";
import { everythingInKv } from "../../support/reading/public.ts";
import { sized } from "../../support/size.ts";
import { startAnotherIsolate } from "../../support/worker.ts";

const RUNS = sized(2, 20);
const LONG = 240_000;

type Line = { revision?: { past: boolean; article: { id: string; status: string } } };

/** A fresh installation: no ledger, no KV, no isolate cache. On a busy machine a ledger sometimes outlives its deletion. */
async function startAnew(): Promise<void> {
  do {
    await clear();
    startAnotherIsolate();
  } while ((await listed()).length + (await everythingInKv()).length > 0);
}

/** The status of each article that these lines of a copy bring whole. */
function entered(lines: readonly string[]): Map<string, string> {
  return new Map(
    lines
      .map((line): Line => JSON.parse(line))
      .flatMap(({ revision }) =>
        revision?.past === false ? [[revision.article.id, revision.article.status] as const] : [],
      ),
  );
}

/** The articles that KV names anywhere. */
async function inKv(): Promise<string[]> {
  const text = JSON.stringify(await everythingInKv());
  return IDS.filter((id) => text.includes(`article:${id}`) || text.includes(`:${id}\\`));
}

test(
  "a copy of any newsroom, cut anywhere, brings exactly its whole articles, and brings all when it is sent again",
  async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.double({ min: 0, max: 1, noNaN: true }), async (steps, share) => {
        await startAnew();
        vi.setSystemTime(START);
        await actOut(steps);
        const copy = await exported();
        const original = await everythingPublic();
        const lines = copy.trimEnd().split("\n");
        const cut = lines.slice(0, Math.floor(share * lines.length));
        await startAnew();
        await importBody(cut.map((line) => `${line}\n`).join(""));
        await settle();
        const here = entered(cut);
        expect((await listed()).toSorted()).toEqual([...here.keys()].toSorted());
        expect((await inKv()).filter((id) => !here.has(id))).toEqual([]);
        for (const id of IDS) {
          const status = here.get(id) ?? "missing";
          const page = (await get(`/articles/${id}`)).status;
          const article = (await edit("GET", `/api/articles/${id}`)).status;
          expect([id, page === 200, article]).toEqual([
            id,
            status === "published" || status === "expired",
            status === "missing" ? 404 : 200,
          ]);
        }
        const { answers } = await importBody(copy);
        await settle();
        expect(answers.filter(({ problem }) => problem !== undefined)).toEqual([]);
        expect(await everythingPublic()).toEqual(original);
        expect(await exported()).toBe(copy);
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  },
  LONG,
);
