/** Failures around R2 and between requests: never a record without its files, never a file that stays. */
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test, vi } from "vitest";
import { type MediaFault, mediaFaults } from "../../support/faulty-media.ts";
import { putJson, stored, upload, uploaded } from "../../support/media.ts";
import { act, alarm, at, desk, edit, get, sweep } from "../../support/newsroom.ts";
import { idOf, makePng } from "../../support/pictures.ts";

const HOUR = 3_600_000;

/** The ids of the pictures that the API shows. */
async function listedMedia(): Promise<string[]> {
  const { media } = await (await edit("GET", "/api/media")).json<{ media: { id: string }[] }>();
  return media.map(({ id }) => id);
}

/** Ends with the alarms that are due, until nothing is to be removed any more. */
async function removeAll(): Promise<void> {
  await vi.waitUntil(
    async () => {
      vi.setSystemTime((await alarm()) ?? Date.now() + 1000);
      await runDurableObjectAlarm(desk());
      return runInDurableObject(
        desk(),
        (_instance, { storage }) => storage.sql.exec("SELECT id FROM media_removal").toArray().length === 0,
      );
    },
    { timeout: 20_000, interval: 0 },
  );
}

describe("R2 fails", () => {
  test.each([
    ["to take the upload", "incoming/"],
    ["to take the original", "media/"],
  ])("%s: nothing is kept, nothing stays, and the next attempt succeeds", async (_name, prefix) => {
    const png = await makePng(9, 9);
    mediaFaults.onCall = (method, key) => (method === "put" && key.startsWith(prefix) ? "fails" : "none");
    expect((await upload(png)).status).toBe(500);
    expect([await listedMedia(), await stored()]).toEqual([[], []]);
    mediaFaults.onCall = () => "none";
    expect((await upload(png)).status).toBe(201);
  });

  test("to take a size: the picture is kept without it", async () => {
    mediaFaults.onCall = (method, key) => (method === "put" && key.endsWith("-400w.webp") ? "fails" : "none");
    const { sizes } = await uploaded(await makePng(1600, 900));
    expect(sizes.map(({ width }) => width)).toEqual([1200]);
  });

  test("to remove the upload: the sweep does, an hour later", async () => {
    mediaFaults.onCall = (method, key) =>
      method === "delete" && key.startsWith("incoming/") ? "fails" : "none";
    const { id } = await uploaded(await makePng(9, 9));
    expect(await stored()).toEqual([expect.stringMatching(/^incoming\//), `media/${id}.png`]);
    mediaFaults.onCall = () => "none";
    await sweep();
    expect(await stored()).toHaveLength(1);
  });

  test.each(["fails", "succeeds-but-reports-failure"] as const)(
    "to remove a picture (%s): it is tried again until it is gone",
    async (fault) => {
      const { id } = await uploaded(await makePng(500, 300));
      let failures = 3;
      mediaFaults.onCall = (method) => (method === "delete" && failures-- > 0 ? fault : "none");
      expect((await edit("DELETE", `/api/media/${id}`)).status).toBe(200);
      expect(await listedMedia()).toEqual([]);
      await removeAll();
      expect(await stored()).toEqual([]);
    },
  );
});

test("an upload that was cut off leaves nothing that is ever served, and the sweep removes it after an hour", async () => {
  const now = Date.now();
  await env.MEDIA.put("incoming/cut-off", await makePng(9, 9));
  const { uploaded: came } = (await env.MEDIA.head("incoming/cut-off")) ?? { uploaded: new Date(now) };
  at(came.getTime() + HOUR - 1000);
  await sweep();
  expect(await stored()).toEqual(["incoming/cut-off"]);
  for (const path of ["/media/cut-off", "/incoming/cut-off", "/media/../incoming/cut-off", "/media/"])
    expect([path, (await get(path)).status]).toEqual([path, path === "/media/" ? 301 : 404]);
  at(came.getTime() + HOUR + 1000);
  await sweep();
  expect(await stored()).toEqual([]);
});

test("what a crash leaves between the files and the record is removed after an hour", async () => {
  const png = await makePng(9, 9);
  const id = await idOf(png);
  const actor = { name: "EDITOR_TOKEN", rights: ["publish"] as const };
  await desk().beginMedia({ id, type: "image/png" }, actor);
  await env.MEDIA.put(`media/${id}.png`, png);
  at(Date.now() + HOUR + 1000);
  await sweep();
  expect([await stored(), await listedMedia()]).toEqual([[], []]);
});

test("what a crash leaves is removed although another upload of the same bytes has ended meanwhile", async () => {
  const png = await makePng(9, 9);
  const id = await idOf(png);
  await desk().beginMedia({ id, type: "image/png" }, { name: "EDITOR_TOKEN", rights: ["publish"] });
  await uploaded(png);
  await edit("DELETE", `/api/media/${id}`);
  await env.MEDIA.put(`media/${id}.png`, png);
  at(Date.now() + HOUR + 1000);
  await sweep();
  expect([await stored(), await listedMedia()]).toEqual([[], []]);
});

test("a crash between files and record takes nothing from a picture that is kept already", async () => {
  const { id } = await uploaded(await makePng(9, 9));
  await desk().beginMedia({ id, type: "image/png" }, { name: "EDITOR_TOKEN", rights: ["publish"] });
  at(Date.now() + HOUR + 1000);
  await sweep();
  expect(await stored()).toEqual([`media/${id}.png`]);
});

/** Waits on a flag of the test: a promise of the test must not be awaited in another request. */
async function flagged(isSet: () => boolean): Promise<void> {
  while (!isSet()) await scheduler.wait(1);
}

/** Expects either both the record and its file, or neither. */
async function expectWhole(id: string): Promise<void> {
  await removeAll();
  const isKept = (await listedMedia()).includes(id);
  expect([isKept, await stored()]).toEqual([isKept, isKept ? [`media/${id}.png`] : []]);
  expect((await get(`/media/${id}.png`)).status).toBe(isKept ? 200 : 404);
}

describe("the same bytes come while their picture is deleted", () => {
  test("and the deletion in R2 is slow: the record comes after it, with the files", async () => {
    const png = await makePng(9, 9);
    const { id } = await uploaded(png);
    let isReleased = false;
    // Whether the removal was let go on, at each look at the file: the upload's, the Desk's, and both again.
    const looks: boolean[] = [];
    mediaFaults.onCall = async (method, key): Promise<MediaFault> => {
      if (method === "head" && key.startsWith("media/")) looks.push(isReleased);
      if (method === "delete" && key.startsWith("media/")) await flagged(() => isReleased);
      return "none";
    };
    const deleting = edit("DELETE", `/api/media/${id}`);
    await flagged(() => mediaFaults.calls.includes(`delete media/${id}.png`));
    const again = upload(png);
    // The upload has found the old file; the Desk waits for the removal before it looks for itself.
    await flagged(() => mediaFaults.keeping.length === 2);
    isReleased = true;
    expect([(await deleting).status, (await again).status]).toEqual([200, 201]);
    expect(looks).toEqual([false, true, true, true]);
    await expectWhole(id);
    expect(await listedMedia()).toEqual([id]);
  });

  test("while the upload is looked at: it writes the files again", async () => {
    const png = await makePng(9, 9);
    const { id } = await uploaded(png);
    let isSeen = false;
    let isDeleted = false;
    mediaFaults.onCall = async (method, key): Promise<MediaFault> => {
      if (method === "get" && key.startsWith("incoming/")) {
        // Between the first look at the upload and all that follows.
        isSeen = true;
        await flagged(() => isDeleted);
      }
      return "none";
    };
    const uploading = upload(png);
    await flagged(() => isSeen);
    expect((await edit("DELETE", `/api/media/${id}`)).status).toBe(200);
    isDeleted = true;
    expect((await uploading).status).toBe(201);
    await expectWhole(id);
    expect(await listedMedia()).toEqual([id]);
  });

  test("between the upload's look at the files and its record: it writes them again", async () => {
    const png = await makePng(9, 9);
    const { id } = await uploaded(png);
    let heads = 0;
    mediaFaults.onCall = async (method, key): Promise<MediaFault> => {
      // The second look is the Desk's own, before it makes the record.
      if (method === "head" && key.startsWith("media/") && ++heads === 2) await env.MEDIA.delete(key);
      return "none";
    };
    expect((await upload(png)).status).toBe(200);
    // The upload and the Desk look once more.
    expect(heads).toBe(4);
    await expectWhole(id);
    expect(await listedMedia()).toEqual([id]);
  });

  test("and the removal has failed before: the upload cancels it", async () => {
    const png = await makePng(9, 9);
    const { id } = await uploaded(png);
    mediaFaults.onCall = (method) => (method === "delete" ? "fails" : "none");
    await edit("DELETE", `/api/media/${id}`);
    mediaFaults.onCall = () => "none";
    expect((await upload(png)).status).toBe(201);
    await removeAll();
    await expectWhole(id);
    expect(await listedMedia()).toEqual([id]);
  });

  test("again and again, in every order: record and file agree in the end", async () => {
    const png = await makePng(9, 9);
    const id = await idOf(png);
    for (let round = 0; round < 10; round++) {
      const calls = [upload(png), edit("DELETE", `/api/media/${id}`), upload(png)];
      await Promise.all(round % 2 === 0 ? calls.toReversed() : calls);
      await expectWhole(id);
    }
  });
});

test("an article and the deletion of its picture at the same time: one of them is refused", async () => {
  for (let shade = 0; shade < 5; shade++) {
    const { id } = await uploaded(await makePng(9, 9, { shade }));
    await putJson(`story-${shade}`);
    const [pictured, deleted] = await Promise.all([
      act(`story-${shade}`, "picture", { media: id }),
      edit("DELETE", `/api/media/${id}`),
    ]);
    expect([
      [200, 409],
      [422, 200],
    ]).toContainEqual([pictured.status, deleted.status]);
  }
});
