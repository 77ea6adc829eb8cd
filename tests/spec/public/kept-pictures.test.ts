/** Files of kept pictures that change while a request is under way. */
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { type MediaFault, mediaFaults } from "../../support/faulty-media.ts";
import { stored, uploaded } from "../../support/media.ts";
import { get } from "../../support/newsroom.ts";
import { makePng } from "../../support/pictures.ts";

describe.each([
  ["a part of it", { Range: "bytes=0-9" }],
  ["it under a condition", { "If-Match": "*" }],
])("a request for %s", (_, headers) => {
  test("gets the whole file with its own validators where it comes anew in between", async () => {
    const path = new URL((await uploaded(await makePng(9, 9))).url).pathname;
    const anew = await makePng(9, 9, { shade: 7 });
    let gets = 0;
    mediaFaults.onCall = async (method, key): Promise<MediaFault> => {
      if (method === "get" && gets++ === 0) await env.MEDIA.put(key, anew);
      return "none";
    };
    const response = await get(path, headers);
    expect([response.status, new Uint8Array(await response.arrayBuffer())]).toEqual([200, anew]);
    expect(response.headers.get("Content-Length")).toBe(String(anew.length));
    const known = { "If-None-Match": response.headers.get("ETag") ?? "" };
    expect((await get(path, known)).status).toBe(304);
  });

  test("is a 404 where the file is deleted in between", async () => {
    const path = new URL((await uploaded(await makePng(9, 9))).url).pathname;
    mediaFaults.onCall = async (method): Promise<MediaFault> => {
      if (method === "get") await env.MEDIA.delete(await stored());
      return "none";
    };
    expect((await get(path, headers)).status).toBe(404);
  });
});
