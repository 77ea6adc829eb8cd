/** Uploads of pictures: kept once, clean, with their addresses. */
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { edit, get } from "../../support/newsroom.ts";
import { idOf, makePng, withText } from "../../support/pictures.ts";
import { ORIGIN } from "../../support/site.ts";

function upload(
  bytes: Uint8Array<ArrayBuffer>,
  query = "",
  headers: Record<string, string> = {},
): Promise<Response> {
  return edit("POST", `/api/media${query}`, bytes, { "Content-Type": "image/png", ...headers });
}

test("a picture is kept, and served at the address in the answer", async () => {
  const png = await makePng(40, 30);
  const id = await idOf(png);
  const response = await upload(png);
  expect([response.status, response.headers.get("Location")]).toEqual([201, `/api/media/${id}`]);
  const { media, warnings } = await response.json<{ media: { url: string }; warnings: unknown[] }>();
  expect(media).toEqual({
    id,
    url: `${ORIGIN}/media/${id}.png`,
    type: "image/png",
    width: 40,
    height: 30,
    length: png.length,
    sizes: [],
    created: "2031-11-24T12:00:00.000Z",
  });
  expect(warnings).toEqual([]);
  const served = await get(`/media/${id}.png`);
  expect(served.status).toBe(200);
  expect(new Uint8Array(await served.arrayBuffer())).toEqual(png);
});
