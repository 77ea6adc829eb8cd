/** The directory of feeds for editors, with each feed's readers in a line. */
import { env } from "cloudflare:workers";
import { expect, test, vi } from "vitest";
import { createApp } from "../../../src/app.ts";
import { all, parse, texts } from "../../support/reading/html.ts";
import { edit, get, put } from "../../support/newsroom.ts";
import { FEEDLY, listReaders } from "../../support/reading/readers.ts";
import { ORIGIN, site } from "../../support/site.ts";
import { wire } from "../../support/stories/wire.ts";

/** The lines of a page that name the readers of a feed. */
async function lines(response: Response): Promise<string[]> {
  return texts(all(await parse(await response.text()), "p", { class: "faint readers" }));
}

async function poll(path: string): Promise<void> {
  await get(path, { "User-Agent": FEEDLY });
  await vi.waitUntil(async () => (await listReaders()).readers.length > 0, { timeout: 10_000 });
}

test("only an editor who is signed in sees the readers of a feed", async () => {
  await put("bridge", wire());
  await poll("/sections/politics/rss.xml");
  const [editors, everybodys] = [await edit("GET", "/feeds"), await get("/feeds")];
  expect([await lines(editors), await lines(everybodys)]).toEqual([["Feedly 462 subscribers"], []]);
});

test("no cache stores an editor's page, and the public page names in Vary the fields that distinguish the two", async () => {
  const [editors, everybodys] = [await edit("GET", "/feeds"), await get("/feeds")];
  expect([editors.headers.get("Cache-Control"), editors.headers.get("ETag")]).toEqual([
    "private, no-store, no-transform",
    null,
  ]);
  expect(everybodys.headers.get("Cache-Control")).toBe("public, max-age=60");
  for (const { headers } of [editors, everybodys]) {
    expect(headers.get("Vary")).toBe("Authorization, Cf-Access-Jwt-Assertion, Cookie");
  }
});

test("an unknown token is refused, on this page too", async () => {
  const response = await get("/feeds", { Authorization: "Bearer none" });
  expect([response.status, response.headers.get("WWW-Authenticate")?.startsWith("Bearer")]).toEqual([
    401,
    true,
  ]);
});

test("while the Audience is down an editor sees the feeds, without their readers", async () => {
  const log = vi.spyOn(console, "error").mockReturnValue();
  const AUDIENCE = new Proxy(env.AUDIENCE, {
    get: () => () => ({ subscribers: () => Promise.reject(new Error("The Audience is down")) }),
  });
  const request = new Request(`${ORIGIN}/feeds`, {
    headers: { Authorization: `Bearer ${env.EDITOR_TOKEN}` },
  });
  const ctx = { waitUntil: () => undefined, passThroughOnException: () => undefined, props: {} };
  const response = await createApp(site, "build", undefined).fetch(request, { ...env, AUDIENCE }, ctx);
  expect([response.status, (await response.text()).includes("/sections/politics/rss.xml")]).toEqual([
    200,
    true,
  ]);
  expect(log).toHaveBeenCalledOnce();
});
