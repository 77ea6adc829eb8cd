/** Addresses of pictures in a body: those that nobody keeps here are refused in tags, and free in texts. */
import { expect, test } from "vitest";
import { problemOf, putJson, uploaded } from "../../support/media.ts";
import { makePng } from "../../support/pictures.ts";
import { ORIGIN } from "../../support/site.ts";

const UNKNOWN = "0".repeat(64);
const ADDRESS = `${ORIGIN}/media/${UNKNOWN}.jpg`;

test("a size of a picture elsewhere that leads to a picture that isn't kept here is refused", async () => {
  const html = `<p><img src="https://photos.example/a.jpg" srcset="${ADDRESS} 2x" alt=""></p>`;
  const refusal = await problemOf(await putJson("bridge", { content_html: html }));
  expect(refusal).toMatchObject({ http: 422, code: "no-such-media", media: UNKNOWN });
});

test("a text that shows how to write a picture is no picture", async () => {
  const html = `<p>Write src="${ADDRESS}" there.</p>`;
  expect((await putJson("bridge", { content_html: html })).status).toBe(201);
});

test("the sizes that a kept picture gets don't depend on those that the document gives it", async () => {
  const { url } = await uploaded(await makePng(9, 9));
  const html = `<p><img src="${url}" srcset="${ADDRESS} 2x" alt=""></p>`;
  expect((await putJson("bridge", { content_html: html })).status).toBe(201);
});
