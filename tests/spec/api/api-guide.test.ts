/** The guide to the API: a page for people, with examples that work. */
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { PROBLEMS } from "../../../src/http/problems.ts";
import { readCurl } from "../../support/reading/curl.ts";
import { expectDescribed, OPERATIONS, textOf } from "../../support/description.ts";
import { get, request } from "../../support/newsroom.ts";
import { ORIGIN } from "../../support/site.ts";
import { BRIDGE } from "../../support/pictures.ts";
import { parseXml } from "../../support/reading/xml.ts";

/** The command lines of the page, in its order, as a browser shows them. */
async function examples(): Promise<string[]> {
  const html = await (await get("/api")).text();
  return [...html.matchAll(/<pre[^>]*><code>([^]*?)<\/code><\/pre>/g)]
    .map(([, code = ""]) => parseXml(`<code>${code}</code>`).text)
    .filter((code) => code.startsWith("curl"));
}

/** Makes the request of a command line. */
function run(command: string): Promise<Response> {
  const { url, method, headers, body } = readCurl(command, { TOKEN: env.EDITOR_TOKEN });
  const sent = body === "@bridge.png" ? BRIDGE : body;
  return request(url, { method, headers, ...(sent !== undefined && { body: sent }) });
}

test("every example of the guide works on a new site, one after the other, and the answers are as described", async () => {
  const commands = await examples();
  expect(commands).toHaveLength(OPERATIONS.length);
  for (const [index, command] of commands.entries()) {
    const response = await run(command);
    expect([command, Math.floor(response.status / 100)]).toEqual([command, 2]);
    const without = command.includes("dry-run") ? "ETag" : undefined;
    await expectDescribed(OPERATIONS[index]?.id ?? "", response, without);
  }
});

test("no line of the guide's import is refused", async () => {
  const command = (await examples()).find((text) => text.includes("/api/import")) ?? "";
  expect(await textOf(await run(command))).toContain('{"summary":{"lines":2,"refused":0,"created":2}}');
});

test("every example has the site's own address, and the token in a variable", async () => {
  const commands = await examples();
  expect(commands.filter((command) => !command.includes(`'${ORIGIN}/api`))).toEqual([]);
  expect(commands.filter((command) => command.includes(env.EDITOR_TOKEN))).toEqual([]);
});

test("the guide names every operation, every query parameter and every problem type", async () => {
  const html = await (await get("/api")).text();
  const missing = [
    ...OPERATIONS.flatMap(({ id, summary }) => [`id="${id}"`, summary.replaceAll("'", "&#39;")]),
    ...OPERATIONS.flatMap(({ query }) =>
      Object.keys(query?.entries ?? {}).map((name) => `<code>${name}</code>`),
    ),
    ...Object.keys(PROBLEMS).map((code) => `href="/problems/${code}"`),
  ].filter((text) => !html.includes(text));
  expect(missing).toEqual([]);
});

test("every link within the guide has its target", async () => {
  const html = await (await get("/api")).text();
  const targets = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
  expect(targets.length).toBeGreaterThan(0);
  expect(targets.filter((id) => !html.includes(`id="${id}"`))).toEqual([]);
});

test("the guide is open to everybody, has no script, and links to the OpenAPI document", async () => {
  const response = await get("/api");
  expect(response.status).toBe(200);
  expect(response.headers.get("Content-Type")).toBe("text/html; charset=utf-8");
  expect(response.headers.get("Link")).toBe(
    '</api/openapi.json>; rel="service-desc"; type="application/json"',
  );
  expect(await response.text()).not.toContain("<script");
});

test.each(["/api", "/api/openapi.json"])(
  "caches may keep %s, and its entity tag confirms it",
  async (path) => {
    const first = await get(path);
    const tag = first.headers.get("ETag") ?? "";
    expect(first.headers.get("Cache-Control")).toMatch(/^public, max-age=\d+$/);
    const again = await get(path, { "If-None-Match": tag });
    expect([again.status, await again.text(), again.headers.get("ETag")]).toEqual([304, "", tag]);
  },
);

test.each(["/api", "/api/openapi.json"])("HEAD of %s is its GET without the body", async (path) => {
  const [head, whole] = await Promise.all([request(path, { method: "HEAD" }), get(path)]);
  expect([head.status, await head.text()]).toEqual([200, ""]);
  for (const name of ["Content-Type", "ETag", "Link", "Cache-Control"]) {
    expect(head.headers.get(name)).toBe(whole.headers.get(name));
  }
});

test("/api/ redirects to the guide", async () => {
  const response = await get("/api/");
  expect([response.status, response.headers.get("Location")]).toEqual([301, "/api"]);
});
