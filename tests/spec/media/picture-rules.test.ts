/** The rules for an article's picture that the newsroom sets, and for what is said of kept pictures. */
import { describe, expect, test } from "vitest";
import { MAX_ADDRESS, MAX_RECORD_BYTES } from "../../../src/article/bounds.ts";
import { clear } from "../../support/clear.ts";
import { pictureOf, problemOf, putJson, type ShownMedia, upload, uploaded } from "../../support/media.ts";
import { act, edit } from "../../support/newsroom.ts";
import { makePng, withXmp } from "../../support/pictures.ts";
import { ORIGIN } from "../../support/site.ts";
import { exported, importBody } from "../../support/stories/copies.ts";
import { startAnotherIsolate } from "../../support/worker.ts";

type Changed = {
  change: string;
  article: { revision: number; image?: Record<string, unknown> };
  warnings: { reason: string }[];
};

const ELSEWHERE = "https://photos.example/bridge.jpg";
const CREDIT = "Sam Poe sam@courier.example";

/** Sets an article's picture. */
async function setPicture(id: string, body: unknown): Promise<Changed> {
  return (await act(id, "picture", body)).json<Changed>();
}

describe("a picture that is set by the rules for a document's", () => {
  test("comes by https, and without the e-mail address in its credit", async () => {
    await putJson("bridge");
    const { article, warnings } = await setPicture("bridge", {
      url: ELSEWHERE.replace("https", "http"),
      credit: CREDIT,
    });
    expect(article.image).toEqual({ url: ELSEWHERE, credit: "Sam Poe" });
    expect(warnings.map(({ reason }) => reason).toSorted()).toEqual(["email-removed", "raised-to-https"]);
  });

  test.each([
    ["by http", (name: string) => `${ORIGIN.replace("https", "http")}/media/${name}`],
    ["from the root of the site", (name: string) => `/media/${name}`],
  ])("is the kept one by its address %s", async (_name, written) => {
    const { id, url } = await uploaded(await makePng(9, 9), "?alt=A%20bridge");
    await putJson("bridge");
    const { article } = await setPicture("bridge", { url: written(`${id}.png`) });
    expect(article.image).toMatchObject({ media: id, url, alt: "A bridge" });
  });

  test.each(["/bridge.jpg", "//photos.example/bridge.jpg", "/media/bridge.jpg"])(
    "is refused for %s",
    async (url) => {
      await putJson("bridge");
      expect((await act("bridge", "picture", { url })).status).toBe(422);
    },
  );
});

test.each([
  ["by its address", () => ({ alt: "A bridge", credit: "Sam Poe", url: ELSEWHERE })],
  ["by its id", (id: string) => ({ caption: "Open", alt: "A bridge", media: id })],
])("a picture that is set twice %s makes one revision", async (_name, named) => {
  const { id } = await uploaded(await makePng(500, 300));
  await putJson("bridge");
  const changed = await setPicture("bridge", named(id));
  expect([changed.change, changed.article.revision]).toEqual(["picture-changed", 2]);
  const again = await setPicture("bridge", named(id));
  expect([again.change, again.article.revision]).toEqual(["unchanged", 2]);
});

describe("the newsroom's picture stays while its document says the same of another one", () => {
  test.each([
    [
      "is described anew",
      (id: string) => edit("PUT", `/api/media/${id}`, '{"alt":"Another","credit":"Ann Roe"}'),
    ],
    ["loses its description", (id: string) => edit("PUT", `/api/media/${id}`, "{}")],
    ["is deleted", (id: string) => edit("DELETE", `/api/media/${id}`)],
  ])("that %s", async (_name, change) => {
    const first = await uploaded(await makePng(9, 9), "?alt=One&credit=Sam%20Poe");
    const second = await uploaded(await makePng(8, 8), "?alt=Two");
    await putJson("bridge", { image: { media: first.id, caption: "Open" } });
    await putJson("bridge", { title: "The bridge is open", image: { media: first.id, caption: "Open" } });
    await setPicture("bridge", { media: second.id });
    expect((await change(first.id)).status).toBe(200);
    for (const title of ["The bridge opens", "It opens"]) {
      const image = { url: `/media/${first.id}.png`, caption: "Open" };
      const revised = await putJson("bridge", { title, image });
      expect([revised.status, await pictureOf("bridge")]).toEqual([
        200,
        expect.objectContaining({ media: second.id, alt: "Two" }),
      ]);
    }
  });

  test("but not where it says another text", async () => {
    const first = await uploaded(await makePng(9, 9), "?alt=One");
    await putJson("bridge", { image: { media: first.id } });
    await setPicture("bridge", { url: ELSEWHERE });
    await putJson("bridge", { image: { media: first.id, alt: "One" }, title: "It opens" });
    expect(await pictureOf("bridge")).toMatchObject({ media: first.id });
  });

  test("also after its picture was filled in by a later publication", async () => {
    const first = await uploaded(await makePng(9, 9));
    await putJson("bridge", { image: { media: first.id } }, "?draft");
    await edit("PUT", `/api/media/${first.id}`, '{"alt":"One"}');
    await act("bridge", "publish");
    await setPicture("bridge", { url: ELSEWHERE });
    await putJson("bridge", { image: { media: first.id }, title: "It opens" });
    expect(await pictureOf("bridge")).toMatchObject({ url: ELSEWHERE });
  });
});

// The record holds a body twice, as HTML and as text.
const longBody = (room: number): string => `<p>${"a".repeat((MAX_RECORD_BYTES - 300 - room) / 2)}</p>`;

/** What was accepted is in an export that an import takes. */
async function checkCopy(): Promise<void> {
  const copy = await exported();
  const { answers } = await importBody(copy);
  expect(answers.map(({ change }) => change)).not.toContain(undefined);
  await clear();
  startAnotherIsolate();
  expect((await importBody(copy)).answers.filter(({ problem }) => problem !== undefined)).toEqual([]);
}

describe("an article that is nearly too long", () => {
  test("gets of its picture's description what fits", async () => {
    const caption = "c".repeat(9000);
    const { id } = await uploaded(await makePng(9, 9), "?credit=Sam%20Poe");
    await edit("PUT", `/api/media/${id}`, JSON.stringify({ caption, credit: "Sam Poe" }));
    const response = await putJson("bridge", { image: { media: id }, content_html: longBody(4000) });
    expect(response.status).toBe(201);
    expect(await pictureOf("bridge")).toMatchObject({ media: id, credit: "Sam Poe" });
    expect(await pictureOf("bridge")).not.toHaveProperty("caption");
    await checkCopy();
  });

  test("is refused where its picture doesn't fit", async () => {
    const { id } = await uploaded(await makePng(1600, 900));
    const named = { image: { media: id } };
    const lengths = Array.from({ length: 40 }, (_, index) => index * 20);
    const answers = new Set<string>();
    for (const room of lengths) {
      const response = await putJson(`bridge-${room}`, { ...named, content_html: longBody(room) });
      const { issues = [] } = await response.json<{ issues?: { reason: string }[] }>();
      answers.add([response.status, ...issues.map(({ reason }) => reason)].join(" "));
    }
    expect(answers).toEqual(new Set(["201", "422 too-long"]));
    await checkCopy();
  });

  test("takes no picture that doesn't fit", async () => {
    await putJson("bridge", { content_html: longBody(2000) });
    const refusal = await act("bridge", "picture", { url: ELSEWHERE, caption: "c".repeat(9000) });
    expect(await problemOf(refusal)).toMatchObject({
      http: 422,
      code: "invalid-document",
      issues: [{ field: "body", reason: "too-long" }],
    });
    expect(await pictureOf("bridge")).toBeUndefined();
  });
});

test("an address that is too long once it is written as browsers do is refused", async () => {
  await putJson("bridge");
  const url = `${ELSEWHERE}?${"ä".repeat(700)}`;
  const refusal = await act("bridge", "picture", { url });
  expect(await problemOf(refusal)).toMatchObject({
    http: 422,
    code: "invalid-document",
    issues: [{ field: "image", reason: "too-long" }],
  });
  const http = `${ELSEWHERE.replace("https", "http")}?`.padEnd(MAX_ADDRESS, "a");
  expect((await putJson("ferry", { image: { url: http } })).status).toBe(422);
});

test("no e-mail address stays in the credit of a kept picture", async () => {
  const png = withXmp(await makePng(9, 9), CREDIT);
  const proposing = await (await upload(png)).json<{ media: ShownMedia; proposed: { credit?: string } }>();
  expect([proposing.media.credit, proposing.proposed.credit]).toEqual([undefined, "Sam Poe"]);
  expect((await uploaded(png, "?proposals")).credit).toBe("Sam Poe");
  const response = await upload(png, `?credit=${encodeURIComponent(CREDIT)}`);
  expect(await response.json()).toMatchObject({
    media: { credit: "Sam Poe" },
    warnings: [{ reason: "email-removed", field: "image" }],
  });
  const described = await edit("PUT", `/api/media/${proposing.media.id}`, JSON.stringify({ credit: CREDIT }));
  expect((await described.json<ShownMedia>()).credit).toBe("Sam Poe");
});
