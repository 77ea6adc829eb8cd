/** R2 that never answers while the files of a picture are removed: nothing that is due waits for it. */
import { runDurableObjectAlarm } from "cloudflare:test";
import { expect, test, vi } from "vitest";
import { type MediaFault, mediaFaults } from "../../support/faulty-media.ts";
import { putJson, stored, uploaded } from "../../support/media.ts";
import { alarm, at, desk, edit, get } from "../../support/newsroom.ts";
import { makePng } from "../../support/pictures.ts";

const MINUTE = 60_000;
const PATIENCE = { timeout: MINUTE, interval: 1 };

test("an embargo ends on time, and an editor is answered, while R2 takes no removal", async () => {
  const { id } = await uploaded(await makePng(9, 9));
  let isReleased = false;
  mediaFaults.onCall = async (method, key): Promise<MediaFault> => {
    if (method === "delete" && key.startsWith("media/")) await vi.waitUntil(() => isReleased, PATIENCE);
    return "none";
  };
  const due = Date.now() + MINUTE;
  await putJson("bridge", { date_published: new Date(due).toISOString() });
  expect((await edit("DELETE", `/api/media/${id}`)).status).toBe(200);
  // The first alarm meets the removal that R2 doesn't end.
  await runDurableObjectAlarm(desk());
  expect(await alarm()).toBeLessThanOrEqual(due);
  at(due);
  await runDurableObjectAlarm(desk());
  expect((await get("/articles/bridge")).status).toBe(200);
  isReleased = true;
  await vi.waitUntil(async () => (await stored()).length === 0, PATIENCE);
});
