/** Uploads of pictures: kept once, clean, with their sizes and what is said of them. */
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { MAX_PICTURE_BYTES } from "../../../src/article/media.ts";
import { mediaFaults } from "../../support/faulty-media.ts";
import { problemOf, putJson, type ShownMedia, stored, upload, uploaded } from "../../support/media.ts";
import { edit, get, request, shown, tokenOf } from "../../support/newsroom.ts";
import { AVIF, GIF, idOf, makePng, TURNED, WEBP, withText } from "../../support/pictures.ts";
import { ORIGIN } from "../../support/site.ts";

test("a picture is kept, and served at the address in the answer", async () => {
  const png = await makePng(40, 30);
  const id = await idOf(png);
  const response = await upload(png);
  expect([response.status, response.headers.get("Location")]).toEqual([201, `/api/media/${id}`]);
  expect(await response.json()).toEqual({
    media: {
      id,
      url: `${ORIGIN}/media/${id}.png`,
      type: "image/png",
      width: 40,
      height: 30,
      length: png.length,
      sizes: [],
      created: "2031-11-24T12:00:00.000Z",
    },
    proposed: {},
    warnings: [],
  });
  const served = await get(`/media/${id}.png`);
  expect([served.status, served.headers.get("Content-Type")]).toEqual([200, "image/png"]);
  expect(new Uint8Array(await served.arrayBuffer())).toEqual(png);
  expect(await stored()).toEqual([`media/${id}.png`]);
});

test("a condition that doesn't hold is told in the words of a file, to every site", async () => {
  const { url } = await uploaded(await makePng(9, 9));
  const response = await request(new URL(url).pathname, { headers: { "If-Match": '"another"' } });
  expect([response.status, response.headers.get("Access-Control-Allow-Origin")]).toEqual([412, "*"]);
  expect((await problemOf(response))["detail"]).toContain("file");
});

test("the same bytes again are the same picture, and so are the same pixels with other metadata", async () => {
  const png = await makePng(40, 30);
  const { id } = await uploaded(png);
  expect((await upload(png)).status).toBe(200);
  const again = await upload(withText(png, "Taken at 53.5 N 10.0 E"));
  expect([again.status, (await again.json<{ media: ShownMedia }>()).media.id]).toEqual([200, id]);
  expect(await stored()).toEqual([`media/${id}.png`]);
});

const PLACE = "Taken at 53.5 N 10.0 E";
// The version of EXIF, as its entry has it (CIPA DC-008, section 4.6.5): nobody needs it to show the picture.
const EXIF_VERSION = "\x07\0\x04\0\0\x000210";

function textOf(bytes: BufferSource | undefined): string {
  return new TextDecoder("latin1").decode(bytes);
}

test.each([
  ["the text of a PNG", async () => withText(await makePng(500, 300), PLACE), PLACE],
  ["the EXIF of a JPEG", () => Promise.resolve(TURNED), EXIF_VERSION],
])("private metadata, %s, is in nothing that is served or stored", async (_name, made, secret) => {
  const file = await made();
  expect(textOf(file)).toContain(secret);
  const { url, sizes } = await uploaded(file);
  const paths = [url, ...sizes.map((size) => size.url)].map((address) => new URL(address).pathname);
  const keys = await stored();
  expect([keys.length, paths.length]).toEqual([2, 2]);
  const texts = await Promise.all([
    ...keys.map(async (key) => textOf(await (await env.MEDIA.get(key))?.arrayBuffer())),
    ...paths.map(async (path) => textOf(await (await get(path)).arrayBuffer())),
  ]);
  expect(texts.filter((text) => text.includes(secret))).toEqual([]);
});

test.each([
  ["webp", WEBP, [400]],
  ["avif", AVIF, [400]],
  // Its size would stand still.
  ["gif", GIF, []],
])("a picture in the format %s is kept as it is, and served", async (format, bytes, widths) => {
  const media = await uploaded(bytes);
  const { id, type, width, height, url } = media;
  expect({ type, width, height, url }).toEqual({
    type: `image/${format}`,
    width: 420,
    height: 20,
    url: `${ORIGIN}/media/${id}.${format}`,
  });
  expect(media.sizes.map((size) => size.width)).toEqual(widths);
  const response = await get(new URL(url).pathname);
  expect([response.headers.get("Content-Type"), await response.bytes()]).toEqual([`image/${format}`, bytes]);
});

test("what the bytes are counts, and not what the request says", async () => {
  const { type, url } = await uploaded(await makePng(20, 20));
  const response = await upload(await makePng(20, 20), "", { "Content-Type": "image/jpeg" });
  expect((await response.json<{ media: ShownMedia }>()).media).toMatchObject({ type, url });
  expect(type).toBe("image/png");
});

describe("smaller sizes", () => {
  test("are made below the picture's own width, with their true measures", async () => {
    const { id, sizes } = await uploaded(await makePng(1600, 900));
    expect(sizes.map(({ url, type, width, height }) => ({ url, type, width, height }))).toEqual([
      { url: `${ORIGIN}/media/${id}-1200w.webp`, type: "image/webp", width: 1200, height: 675 },
      { url: `${ORIGIN}/media/${id}-400w.webp`, type: "image/webp", width: 400, height: 225 },
    ]);
    for (const { url, length, type } of sizes) {
      const served = await get(new URL(url).pathname);
      expect(served.headers.get("Content-Type")).toBe(type);
      expect((await served.arrayBuffer()).byteLength).toBe(length);
    }
  });

  test("are never larger than the original", async () => {
    const { sizes } = await uploaded(await makePng(400, 300));
    expect(sizes).toEqual([]);
  });

  test("are missing without Images, and made when the same bytes come again with it", async () => {
    const png = await makePng(500, 300);
    mediaFaults.lacking = ["IMAGES"];
    expect((await uploaded(png)).sizes).toEqual([]);
    mediaFaults.lacking = [];
    expect((await uploaded(png)).sizes.map(({ width }) => width)).toEqual([400]);
  });

  test("that Images can't make are a warning, and the picture is kept", async () => {
    const png = await makePng(500, 300);
    mediaFaults.isImagesFailing = true;
    const response = await upload(png);
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({
      media: { sizes: [] },
      warnings: [{ field: "image", reason: "size-not-made", found: "400 px" }],
    });
    mediaFaults.isImagesFailing = false;
    expect((await uploaded(png)).sizes.map(({ width }) => width)).toEqual([400]);
  });
});

describe("what is said of a picture", () => {
  test("comes with the query, and can be replaced later", async () => {
    const media = await uploaded(
      await makePng(9, 9),
      "?alt=A%20bridge&credit=Sam%20Poe&caption=Open&licence=CC0",
    );
    expect(media).toMatchObject({ alt: "A bridge", credit: "Sam Poe", caption: "Open", licence: "CC0" });
    const described = await edit("PUT", `/api/media/${media.id}`, '{"alt":"","credit":"Ann Roe"}');
    const { alt, credit, caption } = await described.json<ShownMedia>();
    expect([alt, credit, caption]).toEqual(["", "Ann Roe", undefined]);
  });

  test("stays when the same bytes come again without a word", async () => {
    const png = await makePng(9, 9);
    await uploaded(png, "?alt=A%20bridge&credit=Sam%20Poe");
    expect(await uploaded(png, "?alt=The%20bridge")).toMatchObject({ alt: "The bridge", credit: "Sam Poe" });
  });

  test("is bounded", async () => {
    const long = "a".repeat(1001);
    expect(await problemOf(await upload(await makePng(9, 9), `?credit=${long}`))).toMatchObject({
      http: 400,
      code: "invalid-query",
    });
    const { id } = await uploaded(await makePng(9, 9));
    const described = await edit("PUT", `/api/media/${id}`, JSON.stringify({ licence: long }));
    expect(await problemOf(described)).toMatchObject({ http: 422, code: "invalid-document" });
  });
});

describe("an upload is refused, and nothing of it stays,", () => {
  test("where it is no picture", async () => {
    const response = await upload(
      Uint8Array.from(new TextEncoder().encode("<svg xmlns='http://www.w3.org/2000/svg'/>")),
    );
    expect(await problemOf(response)).toMatchObject({
      http: 422,
      code: "invalid-picture",
      issues: [{ field: "document", reason: expect.any(String), detail: expect.stringMatching(/\.$/) }],
    });
    expect(await stored()).toEqual([]);
  });

  test("where it is cut short or empty", async () => {
    const png = await makePng(40, 30);
    for (const bytes of [png.slice(0, -14), png.slice(0, 0)]) {
      expect(await problemOf(await upload(bytes))).toMatchObject({ http: 422, code: "invalid-picture" });
    }
    expect(await stored()).toEqual([]);
  });

  test("where its length is unknown", async () => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const png = await makePng(9, 9);
    const writer = writable.getWriter();
    void writer.write(png).then(() => writer.close());
    const response = await edit("POST", "/api/media", readable, { "Content-Type": "image/png" });
    expect(await problemOf(response)).toMatchObject({ http: 411, code: "length-required" });
    expect(mediaFaults.calls).toEqual([]);
  });

  test("where it is too long, before anything is stored", async () => {
    const response = await upload(new Uint8Array(MAX_PICTURE_BYTES + 1));
    expect(await problemOf(response)).toMatchObject({ http: 413, code: "too-large", max: MAX_PICTURE_BYTES });
    expect(mediaFaults.calls).toEqual([]);
  });

  test.each([-1, 1])("where its length is another (%i)", async (difference) => {
    const png = await makePng(9, 9);
    const response = await upload(png, "", { "Content-Length": String(png.length + difference) });
    expect(await problemOf(response)).toMatchObject({
      http: 422,
      code: "invalid-picture",
      issues: [{ reason: "wrong-length", found: `${png.length + difference} bytes` }],
    });
    expect(await stored()).toEqual([]);
  });

  test("where its type is none of a picture's", async () => {
    const response = await upload(await makePng(9, 9), "", { "Content-Type": "image/svg+xml" });
    expect(response.headers.get("Accept")).toContain("image/avif");
    expect(await problemOf(response)).toMatchObject({
      http: 415,
      code: "unsupported-media-type",
      detail: expect.not.stringContaining("UTF-8"),
    });
  });

  test("without the right to publish", async () => {
    const headers = await tokenOf("Desk", ["withdraw"]);
    expect((await upload(await makePng(9, 9), "", headers)).status).toBe(403);
    expect((await request("/api/media", { method: "POST", body: await makePng(9, 9) })).status).toBe(401);
    expect(await stored()).toEqual([]);
  });
});

test("a token for some sections may keep pictures, and change those that no other section uses", async () => {
  const headers = await tokenOf("Sport", ["publish", "withdraw"], ["sports"]);
  const response = await upload(await makePng(9, 9), "", headers);
  const { media } = await response.json<{ media: ShownMedia }>();
  await putJson("bridge", { image: { media: media.id } });
  for (const [method, body] of [
    ["DELETE", undefined],
    ["PUT", '{"alt":"Another"}'],
  ] as const) {
    const refusal = await problemOf(await edit(method, `/api/media/${media.id}`, body, headers));
    expect(refusal).toMatchObject({ http: 403, code: "forbidden", section: "politics" });
  }
  expect((await edit("DELETE", `/api/media/${media.id}`)).status).toBe(409);
  const own = await uploaded(await makePng(8, 8));
  await putJson("match", { image: { media: own.id }, sections: ["Sports"] });
  expect((await edit("PUT", `/api/media/${own.id}`, "{}", headers)).status).toBe(200);
  expect((await edit("DELETE", `/api/media/${own.id}`, undefined, headers)).status).toBe(409);
  const withdrawn = await edit("DELETE", "/api/articles/bridge?media=delete", undefined, headers);
  expect(withdrawn.status).toBe(403);
  expect((await shown("bridge")).status).toBe("published");
});

test("the same bytes again change no text of a picture that another section than the token's uses", async () => {
  const headers = await tokenOf("Sport", ["publish"], ["sports"]);
  const png = await makePng(9, 9);
  const { id } = await uploaded(png, "?alt=The%20bridge");
  await putJson("bridge", { image: { media: id } });
  for (const query of ["?alt=Another", "?credit=Sam%20Poe"]) {
    const refusal = await problemOf(await upload(png, query, headers));
    expect(refusal).toMatchObject({ http: 403, code: "forbidden", section: "politics" });
  }
  for (const query of ["", "?alt=The%20bridge"]) expect((await upload(png, query, headers)).status).toBe(200);
  const { media } = await (await edit("GET", `/api/media/${id}`)).json<{ media: ShownMedia }>();
  expect([media.alt, media.credit]).toEqual(["The bridge", undefined]);
});

test("pictures are listed, the newest first, part by part", async () => {
  const ids: string[] = [];
  for (const shade of [1, 2, 3]) ids.push((await uploaded(await makePng(9, 9, { shade }))).id);
  const listed: string[] = [];
  for (let cursor = ""; ;) {
    const response = await edit("GET", `/api/media?limit=2${cursor}`);
    const { media, next } = await response.json<{ media: ShownMedia[]; next?: string }>();
    listed.push(...media.map(({ id }) => id));
    if (next === undefined) break;
    cursor = `&cursor=${next}`;
  }
  // Of one instant, the greater id comes first.
  expect(listed).toEqual(ids.toSorted().toReversed());
});

test("without the bucket every operation on pictures answers one problem, and all else works", async () => {
  mediaFaults.lacking = ["MEDIA", "IMAGES"];
  const id = "0".repeat(64);
  const answers = [
    await upload(await makePng(9, 9)),
    await edit("GET", "/api/media"),
    await edit("GET", `/api/media/${id}`),
    await edit("PUT", `/api/media/${id}`, "{}"),
    await edit("DELETE", `/api/media/${id}`),
  ];
  for (const answer of answers)
    expect(await problemOf(answer)).toMatchObject({ http: 501, code: "media-unavailable" });
  expect((await putJson("bridge", { image: { url: "https://photos.example/a.jpg" } })).status).toBe(201);
  expect((await get(`/media/${id}.png`)).status).toBe(404);
  expect((await get("/articles/bridge")).status).toBe(200);
});

test("what was done with a picture stands in the audit", async () => {
  const { id } = await uploaded(await makePng(9, 9));
  await edit("PUT", `/api/media/${id}`, '{"alt":"A bridge"}');
  await edit("DELETE", `/api/media/${id}`);
  const { entries } = await (
    await edit("GET", `/api/audit?media=${id}`)
  ).json<{ entries: { action: string }[] }>();
  expect(entries.map(({ action }) => action)).toEqual(["media-removed", "media-described", "media-kept"]);
});
