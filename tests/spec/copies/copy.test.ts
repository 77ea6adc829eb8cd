import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { clear } from "../../support/clear.ts";
import { actOut, everythingPublic, history, START } from "../../support/stories/chronicle.ts";
import { exported, importBody } from "../../support/stories/copies.ts";
import { get, put, settle } from "../../support/newsroom.ts";
import { sized } from "../../support/size.ts";
import { wire } from "../../support/stories/wire.ts";
import { startAnotherIsolate } from "../../support/worker.ts";

const RUNS = sized(3, 15);
const LONG = 240_000;

/** A fresh installation: no ledger, no KV, no isolate cache. */
async function startAnew(): Promise<void> {
  await clear();
  startAnotherIsolate();
}

test(
  "a copy of any newsroom in a fresh installation is the same to every reader, byte for byte, and goes on from there",
  async () => {
    await fc.assert(
      fc.asyncProperty(history, async (steps) => {
        await startAnew();
        vi.setSystemTime(START);
        await actOut(steps);
        const copy = await exported();
        const original = await everythingPublic();
        await startAnew();
        const { answers } = await importBody(copy);
        await settle();
        expect(answers.filter(({ problem }) => problem !== undefined)).toEqual([]);
        expect(await everythingPublic()).toEqual(original);
        expect(await exported()).toBe(copy);
        const { answers: again } = await importBody(copy);
        expect(new Set(again.map(({ change }) => change))).toEqual(new Set(["unchanged"]));
        expect((await put("new", wire({ headline: "It goes on" }))).status).toBe(201);
        expect(await (await get("/feed.json")).text()).toContain("It goes on");
      }),
      { numRuns: RUNS },
    );
  },
  LONG,
);
