/** Content coding (RFC 9110, sections 8.4, 8.8.3.3 and 12.5.3): the standard's demands beyond the choice of a coding. */
import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { edit, get, put } from "../support/newsroom.ts";
import { ORIGIN } from "../support/site.ts";
import { wire } from "../support/stories/wire.ts";
import worker from "../support/worker.ts";

const CODED = ["/atom.xml", "/feed.json", "/feeds.opml"];
// RFC 1952, section 2.3.1: the identification of a gzip member, and deflate, its one compression method.
const GZIP_HEADER = [0x1f, 0x8b, 8];

/** Asks the Worker directly: the runtime would decode a coded body on the way. */
async function ask(path: string, fields: Record<string, string>, method = "GET"): Promise<Response> {
  const ctx = createExecutionContext();
  const request = new Request<unknown, IncomingRequestCfProperties>(`${ORIGIN}${path}`, {
    method,
    headers: fields,
  });
  const response = await worker.fetch(request, env, ctx);
  await waitOnExecutionContext(ctx);
  return response;
}

async function publish(): Promise<void> {
  await put("harbour-bridge", wire());
}

function codingOf({ headers }: Response): string | null {
  return headers.get("Content-Encoding");
}

test.each(CODED)("[RFC 9110 8.4.1.3] %s in gzip is one gzip member of deflated data", async (path) => {
  await publish();
  const bytes = new Uint8Array(await (await ask(path, { "Accept-Encoding": "gzip" })).arrayBuffer());
  expect([...bytes.subarray(0, 3)]).toEqual(GZIP_HEADER);
});

test.each(CODED)(
  "[RFC 9110 8.4.1.3] %s is the same for a client that accepts x-gzip as for one that accepts gzip",
  async (path) => {
    await publish();
    const [old, present] = [
      await ask(path, { "Accept-Encoding": "x-gzip" }),
      await ask(path, { "Accept-Encoding": "gzip" }),
    ];
    expect([codingOf(old), codingOf(present)]).toEqual(["gzip", "gzip"]);
  },
);

test.each(CODED)(
  "[RFC 9110 8.4] the media type of %s is that of the data before they were coded",
  async (path) => {
    await publish();
    const [coded, plain] = [await ask(path, { "Accept-Encoding": "gzip" }), await ask(path, {})];
    expect(coded.headers.get("Content-Type")).toBe(plain.headers.get("Content-Type"));
  },
);

test.each(CODED)("[RFC 9110 8.4.1] %s without a coding doesn't name the coding identity", async (path) => {
  await publish();
  expect(codingOf(await ask(path, { "Accept-Encoding": "identity" }))).toBeNull();
});

test.each(CODED)(
  "[RFC 9110 8.6] the Content-Length of %s in gzip, where there is one, counts the coded bytes",
  async (path) => {
    await publish();
    for (const method of ["GET", "HEAD"]) {
      const coded = await ask(path, { "Accept-Encoding": "gzip" });
      const { byteLength } = await coded.arrayBuffer();
      const length = (await ask(path, { "Accept-Encoding": "gzip" }, method)).headers.get("Content-Length");
      expect([null, String(byteLength)]).toContain(length);
    }
  },
);

test.each(CODED)(
  "[RFC 9110 8.8.3.3] %s has a weak tag, since its bytes differ by coding, and no strong tag matches it",
  async (path) => {
    await publish();
    const tag = (await ask(path, { "Accept-Encoding": "gzip" })).headers.get("ETag") ?? "";
    const strong = tag.replace(/^W\//, "");
    const range = await ask(path, { "Accept-Encoding": "gzip", "If-Range": tag, Range: "bytes=0-9" });
    const match = await get(path, { "If-Match": strong });
    expect([tag.startsWith('W/"'), range.status, match.status]).toEqual([true, 200, 412]);
  },
);

test.each(CODED)(
  "[RFC 9110 8.8.3.3] a tag of %s in gzip matches for a client that takes no gzip, and a tag without gzip for one that does",
  async (path) => {
    await publish();
    for (const [first, then] of [
      ["gzip", "identity"],
      ["identity", "gzip"],
    ]) {
      const tag = (await ask(path, { "Accept-Encoding": first ?? "" })).headers.get("ETag") ?? "";
      const again = await ask(path, { "Accept-Encoding": then ?? "", "If-None-Match": tag });
      expect(again.status).toBe(304);
    }
  },
);

test.each([["no list of codings", ";;;q=x,, =gz"]])(
  "[RFC 9110 12.5.3] a client whose Accept-Encoding is %s gets the feed without a coding",
  async (_what, accepted) => {
    await publish();
    const response = await ask("/atom.xml", { "Accept-Encoding": accepted });
    expect([response.status, codingOf(response)]).toEqual([200, null]);
    expect(await response.text()).toContain("<feed");
  },
);

test.each([["white space around list members and weights", " br ;q=0.2 ,\tgzip ; q=0.9 "]])(
  "[RFC 9110 5.6.1, 12.4.2, 12.5.3] %s is read as the grammar says",
  async (_what, accepted) => {
    await publish();
    expect(codingOf(await ask("/atom.xml", { "Accept-Encoding": accepted }))).toBe("gzip");
  },
);

test("[RFC 9110 12.5.5] the Vary of the list of feeds names Accept-Encoding, with and without a coding", async () => {
  for (const accepted of ["gzip", "identity"]) {
    const vary = (await ask("/feeds.opml", { "Accept-Encoding": accepted })).headers.get("Vary") ?? "";
    expect(vary.toLowerCase().split(/\s*,\s*/)).toContain("accept-encoding");
  }
});

test("[RFC 9110 12.5.3, 15.5.16] an upload in a coding is refused with 415 and the codings that are supported", async () => {
  const document = new Blob([wire()]).stream().pipeThrough(new CompressionStream("gzip"));
  const body = await new Response(document).arrayBuffer();
  const response = await edit("PUT", "/api/articles/harbour-bridge", body, { "Content-Encoding": "gzip" });
  expect([response.status, response.headers.get("Accept-Encoding")]).toEqual([415, "identity"]);
});

test("[RFC 9110 15.4.5] a 304 has no Content-Encoding and no body", async () => {
  await publish();
  const tag = (await ask("/atom.xml", { "Accept-Encoding": "gzip" })).headers.get("ETag") ?? "";
  const response = await ask("/atom.xml", { "Accept-Encoding": "gzip", "If-None-Match": tag });
  expect([response.status, codingOf(response), await response.text()]).toEqual([304, null, ""]);
});
