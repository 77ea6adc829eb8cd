/** Kept pictures in exports and imports: what is said of them comes with the copy, their bytes by themselves. */
import * as v from "valibot";
import { expect, test } from "vitest";
import { CopiedMedia } from "../../../src/api/handlers/copied-media.ts";
import { exportAll } from "../../../src/api/handlers/export.ts";
import { clear } from "../../support/clear.ts";
import {
  documentOf,
  pictureOf,
  problemOf,
  putJson,
  type ShownMedia,
  upload,
  uploaded,
} from "../../support/media.ts";
import { act, desk, edit, get, settle, tokenOf } from "../../support/newsroom.ts";
import { idOf, makePng } from "../../support/pictures.ts";
import { exported, importBody, importLines } from "../../support/stories/copies.ts";
import { startAnotherIsolate } from "../../support/worker.ts";

const decoder = new TextDecoder();

async function startAnew(): Promise<void> {
  await clear();
  startAnotherIsolate();
}

/** An article with a picture, and another in its body. @returns both files, and the copy */
async function newsroom() {
  const [picture, inBody] = [await makePng(500, 300), await makePng(450, 300)];
  const media = await uploaded(picture, "?alt=A%20bridge&credit=Sam%20Poe");
  const other = await uploaded(inBody);
  await putJson("bridge", {
    image: { media: media.id },
    content_html: `<p><img src="${other.url}" alt="Map"></p>`,
  });
  await putJson("bridge", { title: "The bridge is open", image: { media: media.id } });
  return { picture, inBody, media, other, copy: await exported() };
}

test("a copy tells of pictures before it tells of articles", async () => {
  const { copy, media } = await newsroom();
  const lines = copy
    .trimEnd()
    .split("\n")
    .map((line): Record<string, unknown> => JSON.parse(line));
  expect(lines.map((line) => Object.keys(line)[0]).slice(0, 4)).toEqual([
    "media",
    "media",
    "revision",
    "revision",
  ]);
  expect(lines).toContainEqual({
    media: expect.objectContaining({ id: media.id, alt: "A bridge", credit: "Sam Poe" }),
  });
  expect(lines.at(-1)).toEqual({ end: { articles: 1, lines: lines.length - 1 } });
});

test("a picture that comes while the export is read has a line, and every other has one alone", async () => {
  const pictures = await Promise.all([1, 2].map((shade) => makePng(9, 9, { shade })));
  const ids = await Promise.all(pictures.map(idOf));
  // In an export pictures are in the order of their ids: the later one comes where the export has been.
  const [later = new Uint8Array(), earlier = new Uint8Array()] =
    (ids[0] ?? "") < (ids[1] ?? "") ? pictures : pictures.toReversed();
  await uploaded(earlier);
  await putJson("ash", {});
  // Nothing between the export and its reader: it goes no further than is read.
  const reader = (await exportAll(desk())).body?.getReader();
  const first = await reader?.read();
  await putJson("bridge", { image: { media: (await uploaded(later)).id } });
  let text = decoder.decode(first?.value);
  for (let next = await reader?.read(); next?.value !== undefined; next = await reader?.read())
    text += decoder.decode(next.value);
  const lines = text
    .trimEnd()
    .split("\n")
    .map((line): { media?: { id: string }; end?: { lines: number } } => JSON.parse(line));
  expect(lines.flatMap(({ media }) => media?.id ?? []).toSorted()).toEqual(ids.toSorted());
  expect(text).toContain('"id":"bridge"');
  expect(lines.at(-1)?.end?.lines).toBe(lines.length - 1);
});

test.each(["before", "after"])("with the bytes uploaded %s the import all is as it was", async (when) => {
  const { picture, inBody, media, copy } = await newsroom();
  const original = await pictureOf("bridge");
  const sizes = media.sizes.map(({ url }) => new URL(url).pathname);
  await startAnew();
  const uploadAll = async (): Promise<void> => {
    for (const bytes of [picture, inBody]) expect((await upload(bytes)).status).toBe(201);
  };
  if (when === "before") await uploadAll();
  const { answers } = await importBody(copy);
  if (when === "after") await uploadAll();
  await settle();
  expect(answers.filter(({ problem, warnings }) => problem !== undefined || warnings !== undefined)).toEqual(
    [],
  );
  expect(await pictureOf("bridge")).toEqual(original);
  for (const path of [new URL(media.url).pathname, ...sizes]) expect((await get(path)).status).toBe(200);
  expect(await exported()).toBe(copy);
  const { answers: again } = await importBody(copy);
  expect(new Set(again.map(({ change }) => change))).toEqual(new Set(["unchanged"]));
  // It is known to be used.
  expect((await edit("DELETE", `/api/media/${media.id}`)).status).toBe(409);
});

test("a copy of another site can be imported again after its pictures were deleted here", async () => {
  const { picture, inBody, media, other, copy } = await newsroom();
  const foreign = copy.replaceAll(new URL(media.url).origin, "https://other.example");
  await startAnew();
  for (const bytes of [picture, inBody]) await upload(bytes);
  await importBody(foreign);
  expect((await edit("DELETE", "/api/articles/bridge?media=delete")).status).toBe(200);
  expect((await edit("GET", `/api/media/${media.id}`)).status).toBe(404);
  expect((await edit("DELETE", `/api/media/${other.id}`)).status).toBe(200);
  const revisions = foreign.split("\n").filter((line) => line.startsWith('{"revision"'));
  const { answers } = await importLines(revisions.map((line): unknown => JSON.parse(line)));
  expect(answers.map(({ change, problem }) => problem ?? change)).toEqual(revisions.map(() => "unchanged"));
});

test("a picture without its bytes is told to be missing, and no document may name it", async () => {
  const { media, copy } = await newsroom();
  await startAnew();
  await importBody(copy);
  const found = await (
    await edit("GET", `/api/media/${media.id}`)
  ).json<{ media: ShownMedia; uses: string[] }>();
  expect(found).toMatchObject({ media: { alt: "A bridge", isMissing: true }, uses: ["bridge"] });
  expect((await get(new URL(media.url).pathname)).status).toBe(404);
  expect((await putJson("ferry", { image: { media: media.id } })).status).toBe(422);
  // A copy of the copy says so, and can be imported like any other.
  expect(copy).not.toContain("isMissing");
  const second = await exported();
  const missing = second
    .match(/^\{"media":.*"isMissing":true\}\}$/gm)
    ?.map((line): unknown => JSON.parse(line));
  expect(missing).toHaveLength(2);
  // As the document describes it.
  expect(missing?.map((line) => v.parse(CopiedMedia, line))).toEqual(missing);
  const { answers } = await importBody(second);
  expect(new Set(answers.map(({ change }) => change))).toEqual(new Set(["unchanged"]));
});

test("an import's line with a picture resolves it, and one with an unknown picture is refused", async () => {
  const { id } = await uploaded(await makePng(9, 9), "?alt=A%20bridge");
  const { answers } = await importLines([uploadLine(id, "bridge"), uploadLine("0".repeat(64), "ferry")]);
  expect(answers).toMatchObject([
    { change: "created", id: "bridge" },
    { problem: { type: expect.stringMatching(/no-such-media$/), media: "0".repeat(64) } },
  ]);
  expect(await pictureOf("bridge")).toMatchObject({ media: id, alt: "A bridge", width: 9 });
});

test("a line of a picture needs the right of an administrator, and must be whole", async () => {
  const { copy } = await newsroom();
  const [first = ""] = copy.split("\n");
  const headers = { "Content-Type": "application/x-ndjson", ...(await tokenOf("Desk", ["publish"])) };
  const answer = await (await edit("POST", "/api/import", first, headers)).text();
  expect(answer).toContain("/problems/forbidden");
  for (const broken of [first.replace('"width":', '"w":'), first.replace("image/png", "image/svg+xml")]) {
    const { answers } = await importBody(broken);
    expect(answers).toMatchObject([{ problem: { type: expect.stringMatching(/invalid-document$/) } }]);
  }
});

function uploadLine(media: string, id: string): Record<string, unknown> {
  return { ...JSON.parse(documentOf({ image: { media } })), id };
}

test("an import takes no text away that was written since, and fills in what is missing", async () => {
  const { copy, media } = await newsroom();
  const fields = { alt: "The new bridge", caption: "Open at last" };
  expect((await edit("PUT", `/api/media/${media.id}`, JSON.stringify(fields))).status).toBe(200);
  await importBody(copy);
  const { media: kept } = await (await edit("GET", `/api/media/${media.id}`)).json<{ media: ShownMedia }>();
  expect(kept).toMatchObject({ ...fields, credit: "Sam Poe" });
});

test("a copied article whose picture isn't here can be hidden, and published only with it", async () => {
  const { media, inBody, picture, copy } = await newsroom();
  await startAnew();
  await importBody(copy);
  const later = { published: "2031-12-24T08:00:00Z" };
  expect(await (await act("bridge", "publish", later)).json()).toMatchObject({
    change: "rescheduled",
    article: { status: "scheduled" },
  });
  const refusal = await problemOf(await act("bridge", "publish", { published: "2031-11-20T08:00:00Z" }));
  expect(refusal).toMatchObject({ http: 422, code: "no-such-media", media: media.id });
  for (const bytes of [inBody, picture]) await upload(bytes);
  expect((await act("bridge", "publish", { published: "2031-11-20T08:00:00Z" })).status).toBe(200);
});
