/** A Desk that finds the ledger of a newer release: readers are served, everything else is refused with one problem. */
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { makePng } from "../../support/pictures.ts";
import { TOPICS } from "../../../src/api/operations/operations.ts";
import { expectDescribed } from "../../support/description.ts";
import { alarm, at, desk, edit, get, put, request, settle, sweep, tokenOf } from "../../support/newsroom.ts";
import { feedTitles } from "../../support/reading/public.ts";
import { site } from "../../support/site.ts";
import { wire } from "../../support/stories/wire.ts";

const NOON = Date.parse("2031-11-24T12:00:00Z");
const NEWER = 99;
/** The topics of the API that the hub answers alone. */
const OF_HUB: ReadonlySet<string> = new Set(["subscriptions", "webhooks"]);

let jane: { Authorization: string };
let logged: unknown[][];

/** The present ledger: all rows of all tables. */
async function dumped(): Promise<unknown> {
  return runInDurableObject(desk(), (_instance, { storage: { sql } }) => {
    const tables = sql
      .exec<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'")
      .toArray();
    return tables
      .filter(({ name }) => !name.startsWith("_cf"))
      .map(({ name }) => [name, sql.exec(`SELECT * FROM ${name}`).toArray()]);
  });
}

beforeEach(async () => {
  at(NOON);
  jane = await tokenOf("Jane Roe", ["publish"]);
  await put("bridge", wire());
  await put("fall", wire({ time: "2031-11-24T12:01:00Z", headline: "Ministry falls" }));
  await settle();
  await runInDurableObject(desk(), (_instance, { storage }) => {
    storage.sql.exec("UPDATE ledger SET version = ?", NEWER);
  });
  await evictDurableObject(desk());
  logged = vi.spyOn(console, "error").mockImplementation(() => undefined).mock.calls;
});

/** The log lines about a newer ledger. */
function warnings(): unknown[] {
  return logged.flat().filter((line) => typeof line === "string" && line.includes('"newer-ledger"'));
}

describe("while the ledger comes from a newer release", () => {
  test("readers get feeds, pages and articles as before", async () => {
    expect(await feedTitles()).toEqual(["Harbour bridge reopens"]);
    for (const path of [
      "/",
      "/articles/bridge",
      "/sections/politics",
      "/archive/1.1/rss.xml",
      "/sitemap.xml",
      "/feeds",
    ]) {
      expect([path, (await get(path)).status]).toEqual([path, 200]);
    }
  });

  test("every operation of the API that needs the Desk answers one problem, and changes nothing", async () => {
    const before = await dumped();
    const [section] = site.sections;
    if (section === undefined) throw new Error("The site has no section");
    const ofDesk = TOPICS.filter(({ id }) => !OF_HUB.has(id))
      .flatMap(({ operations }) => operations)
      .filter(({ id, access }) => access !== "everybody" && id !== "listReaders");
    for (const { id, method, example } of ofDesk) {
      const type = example.body && { "Content-Type": example.body.type };
      const fields = { ...example.fields, ...type };
      const body =
        example.body && ("text" in example.body ? example.body.text(section) : await makePng(8, 8));
      const response = await edit(method.toUpperCase(), example.address, body, fields);
      expect([id, response.status]).toEqual([id, 503]);
      await expectDescribed(id, response);
    }
    expect(await dumped()).toEqual(before);
  });

  test("editors still get the lists of readers and of subscriptions, which other objects have", async () => {
    const paths = ["/api/health", "/api/readers", "/api/subscriptions"];
    const answers = await Promise.all(paths.map((path) => edit("GET", path)));
    expect(answers.map(({ status }) => status)).toEqual([503, 200, 200]);
  });

  test("the holder of a token gets the same problem, and a stranger gets a 401", async () => {
    const answers = await Promise.all([
      request("/api/articles/bridge", { headers: jane }),
      request("/api/articles/bridge"),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([503, 401]);
  });

  test("the log says what to do, when the Desk starts and at every sweep", async () => {
    await sweep();
    await sweep();
    expect(warnings()).toHaveLength(3);
    expect(warnings()[0]).toContain("Deploy that release again");
    expect(logged).toHaveLength(3);
  });

  test("nothing is released, and the alarm stays set for the newer release", async () => {
    await sweep();
    at(NOON + 120_000);
    await runDurableObjectAlarm(desk());
    expect((await get("/articles/fall")).status).toBe(404);
    expect(await alarm()).toBe(NOON + 180_000);
  });

  test("the ledger stays as the newer release left it, with its version", async () => {
    await put("tunnel", wire());
    await sweep();
    const [row] = await runInDurableObject(desk(), (_instance, { storage }) =>
      storage.sql.exec<{ version: number }>("SELECT version FROM ledger").toArray(),
    );
    expect(row).toEqual({ version: NEWER });
    expect(await env.ARTICLES.get("article:tunnel")).toBeNull();
  });
});
