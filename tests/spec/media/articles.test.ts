/** Pictures of articles: named, resolved, changed by the newsroom, known to be used, and deleted. */
import { describe, expect, test } from "vitest";
import { pictureOf, problemOf, putJson, stored, upload, uploaded } from "../../support/media.ts";
import { act, at, edit, get, post, settle, sweep, tokenOf } from "../../support/newsroom.ts";
import { exported } from "../../support/stories/copies.ts";
import { makePng } from "../../support/pictures.ts";
import { ORIGIN } from "../../support/site.ts";

const UNKNOWN = "0".repeat(64);
const ELSEWHERE = "https://photos.example/bridge.jpg";

type Image = Record<string, unknown> | undefined;

async function htmlOf(id: string): Promise<string> {
  return (await (await edit("GET", `/api/articles/${id}`)).json<{ html: string }>()).html;
}

async function usesOf(id: string): Promise<string[]> {
  return (await (await edit("GET", `/api/media/${id}`)).json<{ uses: string[] }>()).uses;
}

describe("an article's picture", () => {
  test("gets what is known of a kept one: address, measures, sizes, and what nobody else says", async () => {
    const media = await uploaded(await makePng(1600, 900), "?alt=A%20bridge&credit=Sam%20Poe&caption=Open");
    await putJson("bridge", { image: { media: media.id, credit: "Ann Roe" } });
    expect(await pictureOf("bridge")).toEqual({
      url: media.url,
      media: media.id,
      type: "image/png",
      width: 1600,
      height: 900,
      length: media.length,
      sizes: media.sizes,
      alt: "A bridge",
      credit: "Ann Roe",
      caption: "Open",
    });
  });

  test.each([
    ["its id", (id: string) => ({ media: id })],
    ["the address of its original", (id: string) => ({ url: `${ORIGIN}/media/${id}.png` })],
    ["the address of a size", (id: string) => ({ url: `${ORIGIN}/media/${id}-400w.webp` })],
  ])("is the same by %s", async (_name, named) => {
    const { id, url } = await uploaded(await makePng(500, 300));
    await putJson("bridge", { image: named(id) });
    expect(await pictureOf("bridge")).toMatchObject({ media: id, url, width: 500 });
    expect(await usesOf(id)).toEqual(["bridge"]);
  });

  test("of another site stays as it is", async () => {
    const address = `https://elsewhere.example/media/${UNKNOWN}.png`;
    await putJson("bridge", { image: { url: address } });
    expect(await pictureOf("bridge")).toEqual({ url: address });
  });

  test.each([
    ["by its id", { image: { media: UNKNOWN } }],
    ["by its address", { image: { url: `${ORIGIN}/media/${UNKNOWN}.png` } }],
    ["in the body", { content_html: `<p><img src="${ORIGIN}/media/${UNKNOWN}.png" alt=""></p>` }],
    ["by a link", { content_html: `<p><a href="/media/${UNKNOWN}.png">Map</a></p>` }],
    [
      "as an attachment",
      { attachments: [{ url: `${ORIGIN}/media/${UNKNOWN}.png`, mime_type: "image/png" }] },
    ],
  ])("that isn't kept here is refused %s, and nothing changes", async (_name, more) => {
    const refusal = await problemOf(await putJson("bridge", more));
    expect(refusal).toMatchObject({ http: 422, code: "no-such-media", media: UNKNOWN });
    expect((await edit("GET", "/api/articles/bridge")).status).toBe(404);
  });

  test("is in a dry run as it would be published", async () => {
    const { id } = await uploaded(await makePng(1600, 900));
    const response = await putJson("bridge", { image: { media: id } }, "?dry-run");
    const { article } = await response.json<{ article: { image: Image } }>();
    expect(article.image).toMatchObject({ media: id, width: 1600, height: 900 });
    expect(await usesOf(id)).toEqual([]);
  });
});

test("a picture in a body gets its measures and sizes, and the rest of the body stays", async () => {
  const { id, url, sizes } = await uploaded(await makePng(500, 300));
  const body = `<p>Look &amp; see:</p>\n<p><img src="${url}" alt="A &quot;bridge&quot; &lt;"></p>\n<p><img src="${ELSEWHERE}" alt="x"></p>`;
  await putJson("bridge", { content_html: body });
  const html = await htmlOf("bridge");
  expect(html).toContain(
    `<img src="${url}" alt="A &quot;bridge&quot; <" width="500" height="300" srcset="${sizes[0]?.url} 400w, ${url} 500w"`,
  );
  expect(html).toContain(`<img src="${ELSEWHERE}" alt="x">`);
  expect(await usesOf(id)).toEqual(["bridge"]);
});

describe("a picture that the newsroom sets", () => {
  test("makes a revision of its own, and an event of its name in the audit", async () => {
    const { id } = await uploaded(await makePng(9, 9), "?alt=A%20bridge");
    await putJson("bridge");
    const changed = await act("bridge", "picture", { media: id, caption: "Open" });
    expect(await changed.json()).toMatchObject({
      change: "picture-changed",
      article: { revision: 2, image: { media: id, alt: "A bridge", caption: "Open" } },
    });
    const again = await act("bridge", "picture", { media: id, caption: "Open" });
    expect(await again.json()).toMatchObject({ change: "unchanged", article: { revision: 2 } });
    const removed = await act("bridge", "picture", null);
    expect((await removed.json<{ article: { image?: Image } }>()).article.image).toBeUndefined();
    const { entries } = await (
      await edit("GET", "/api/audit?article=bridge")
    ).json<{ entries: { action: string; note?: string }[] }>();
    expect(entries.map(({ action, note }) => [action, note])).toEqual([
      ["picture-changed", "none"],
      ["picture-changed", id],
      ["created", undefined],
    ]);
  });

  test.each([
    ["says the same of the picture", { url: ELSEWHERE, alt: "x" }, { url: ELSEWHERE, alt: "x" }, true],
    ["still has none", undefined, undefined, true],
    ["has another picture", { url: ELSEWHERE }, { url: `${ELSEWHERE}?2` }, false],
    ["says something else of it", { url: ELSEWHERE }, { url: ELSEWHERE, alt: "x" }, false],
    ["has none any more", { url: ELSEWHERE }, undefined, false],
  ])("and the next document %s", async (_name, before, after, stays) => {
    const { id } = await uploaded(await makePng(9, 9));
    await putJson("bridge", { image: before });
    await act("bridge", "picture", { media: id });
    const revised = await putJson("bridge", { title: "The bridge is open", image: after });
    expect(revised.status).toBe(200);
    const image = await pictureOf("bridge");
    expect(stays ? image?.["media"] : image).toEqual(stays ? id : after);
    // And so it goes on.
    await putJson("bridge", { title: "The bridge opens", image: after });
    expect((await pictureOf("bridge"))?.["media"]).toBe(stays ? id : undefined);
  });

  test("stays though its document names a kept picture by its address, with texts from its description", async () => {
    const [first, second] = [
      await uploaded(await makePng(9, 9), "?alt=One"),
      await uploaded(await makePng(8, 8)),
    ];
    await putJson("bridge", { image: { url: first.url } });
    await act("bridge", "picture", { media: second.id });
    await putJson("bridge", { title: "The bridge is open", image: { media: first.id } });
    expect(await pictureOf("bridge")).toMatchObject({ media: second.id });
  });

  test("stays though its document names a picture that was deleted since", async () => {
    const [first, second] = [await uploaded(await makePng(9, 9)), await uploaded(await makePng(8, 8))];
    await putJson("bridge", { image: { media: first.id } });
    await act("bridge", "picture", { media: second.id });
    expect((await edit("DELETE", `/api/media/${first.id}`)).status).toBe(200);
    await putJson("bridge", { title: "The bridge is open", image: { media: first.id } });
    expect(await pictureOf("bridge")).toMatchObject({ media: second.id });
  });

  test.each([
    ["both", { media: UNKNOWN, url: ELSEWHERE }],
    ["neither", { alt: "x" }],
    ["no address", { url: "javascript:alert(1)" }],
    ["an unknown member", { url: ELSEWHERE, licence: "CC0" }],
  ])("is refused for %s", async (_name, body) => {
    await putJson("bridge");
    expect(await problemOf(await act("bridge", "picture", body))).toMatchObject({ http: 422 });
    expect(await pictureOf("bridge")).toBeUndefined();
  });

  test("is refused where it isn't kept here", async () => {
    await putJson("bridge");
    const refusal = await problemOf(await act("bridge", "picture", { media: UNKNOWN }));
    expect(refusal).toMatchObject({ http: 422, code: "no-such-media", media: UNKNOWN });
  });

  test("honours If-Match and Idempotency-Key", async () => {
    await putJson("bridge");
    const late = await act("bridge", "picture", { url: ELSEWHERE }, { "If-Match": '"7"' });
    expect(late.status).toBe(412);
    const key = { "Idempotency-Key": "one" };
    const once = await (await act("bridge", "picture", { url: ELSEWHERE }, key)).json();
    expect(await (await act("bridge", "picture", { url: ELSEWHERE }, key)).json()).toEqual(once);
  });

  test("needs the right to publish, in the article's section", async () => {
    await putJson("bridge");
    for (const headers of [
      await tokenOf("Withdraws", ["withdraw"]),
      await tokenOf("Sport", ["publish"], ["sports"]),
    ]) {
      expect((await act("bridge", "picture", { url: ELSEWHERE }, headers)).status).toBe(403);
    }
  });
});

describe("a picture that is used", () => {
  test.each([
    ["as the picture", (id: string) => ({ image: { media: id } })],
    [
      "in the body",
      (id: string) => ({ content_html: `<p><img src="${ORIGIN}/media/${id}.png" alt=""></p>` }),
    ],
    ["by a link", (id: string) => ({ content_html: `<p><a href="${ORIGIN}/media/${id}.png">Map</a></p>` })],
    [
      "as an attachment",
      (id: string) => ({ attachments: [{ url: `${ORIGIN}/media/${id}.png`, mime_type: "image/png" }] }),
    ],
  ])("%s can't be deleted", async (_name, named) => {
    const { id } = await uploaded(await makePng(9, 9));
    await putJson("bridge", named(id), "?draft");
    await putJson("ferry", named(id));
    const refusal = await problemOf(await edit("DELETE", `/api/media/${id}`));
    expect(refusal).toMatchObject({
      http: 409,
      code: "media-in-use",
      media: id,
      articles: ["bridge", "ferry"],
    });
    expect((await get(`/media/${id}.png`)).status).toBe(200);
    // A revision without it, and a withdrawal, set it free.
    await putJson("bridge", {}, "?draft");
    expect((await edit("DELETE", `/api/media/${id}`)).status).toBe(409);
    await edit("DELETE", "/api/articles/ferry");
    expect((await edit("DELETE", `/api/media/${id}`)).status).toBe(200);
    expect([(await get(`/media/${id}.png`)).status, await stored()]).toEqual([404, []]);
  });

  test("is deleted with its article when that is asked, unless another uses it", async () => {
    const [own, shared] = [await uploaded(await makePng(500, 300)), await uploaded(await makePng(8, 8))];
    const body = `<p><img src="${shared.url}" alt=""></p>`;
    await putJson("bridge", { image: { media: own.id }, content_html: body });
    await putJson("ferry", { content_html: body });
    const withdrawn = await edit("DELETE", "/api/articles/bridge?media=delete");
    expect(await withdrawn.json()).toMatchObject({ change: "withdrawn", deletedMedia: [own.id] });
    expect(await stored()).toEqual([`media/${shared.id}.png`]);
  });

  test("can be deleted with an article that was withdrawn before", async () => {
    const { id } = await uploaded(await makePng(9, 9));
    await putJson("bridge", { image: { media: id } });
    await edit("DELETE", "/api/articles/bridge");
    expect((await stored()).length).toBe(1);
    const again = await edit("DELETE", "/api/articles/bridge?media=delete");
    expect(await again.json()).toMatchObject({ change: "unchanged", deletedMedia: [id] });
    expect(await stored()).toEqual([]);
  });
});

describe("an article whose picture is gone", () => {
  test("comes back once the same bytes are uploaded again", async () => {
    const png = await makePng(9, 9);
    const { id } = await uploaded(png);
    await putJson("bridge", { image: { media: id } });
    await edit("DELETE", "/api/articles/bridge?media=delete");
    expect(await problemOf(await act("bridge", "reinstate"))).toMatchObject({
      http: 422,
      code: "no-such-media",
      media: id,
    });
    await upload(png);
    expect((await act("bridge", "reinstate")).status).toBe(200);
    expect(await usesOf(id)).toEqual(["bridge"]);
  });

  test("may lead to one that another site keeps", async () => {
    const address = `https://elsewhere.example/media/${UNKNOWN}.png`;
    const content = `<p><a href="${address}">${ORIGIN}/media/${UNKNOWN}.png</a></p>`;
    expect((await putJson("bridge", { content_html: content })).status).toBe(201);
  });

  test.each([
    ["in the body", (url: string) => ({ content_html: `<p><img src="${url}" alt=""></p>` })],
    ["by a link", (url: string) => ({ content_html: `<p><a href="${url}">Map</a></p>` })],
    ["as an attachment", (url: string) => ({ attachments: [{ url, mime_type: "image/png" }] })],
  ])("isn't restored without it %s", async (_name, named) => {
    const { id, url } = await uploaded(await makePng(9, 9));
    await putJson("bridge", named(url));
    await putJson("bridge");
    await edit("DELETE", `/api/media/${id}`);
    const restored = await act("bridge", "revisions/1/restore");
    expect(await problemOf(restored)).toMatchObject({ http: 422, code: "no-such-media", media: id });
  });
});

test("an article under embargo tells readers nothing of its picture before its minute, and then all", async () => {
  const { id } = await uploaded(await makePng(9, 9));
  const release = Date.parse("2031-12-24T08:00:00Z");
  const embargo = { image: { media: id }, date_published: new Date(release).toISOString() };
  const kept = [await putJson("bridge", embargo), await putJson("ferry", { image: { media: id } }, "?draft")];
  expect(kept.map(({ status }) => status)).toEqual([201, 201]);
  await settle();
  await sweep();
  expect(await naming(id)).toEqual([]);
  at(release);
  await settle();
  expect(await naming(id)).toEqual([
    "/",
    "/rss.xml",
    "/atom.xml",
    "/feed.json",
    "/sitemap-1.xml",
    "/articles/bridge",
  ]);
});

/** The public documents that hold a text. */
async function naming(text: string): Promise<string[]> {
  const paths = ["/", "/rss.xml", "/atom.xml", "/feed.json", "/sitemap.xml", "/sitemap-1.xml"];
  const found: string[] = [];
  for (const path of [...paths, "/articles/bridge", "/articles/ferry"])
    if ((await (await get(path)).text()).includes(text)) found.push(path);
  return found;
}

test("a document without pictures is stored as it always was", async () => {
  await post(
    "Politics 2031-11-20T08:00:00Z\n\nBridge opens\n\nAt last.\n\n\nBridge opens\n\nThe bridge is open.\n",
  );
  expect(await exported()).not.toContain('"pictured"');
});
