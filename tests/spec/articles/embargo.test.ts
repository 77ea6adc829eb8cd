import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test, vi } from "vitest";
import { at, desk, edit, get, put, settle, sweep, withdraw } from "../../support/newsroom.ts";
import { everythingPublic } from "../../support/reading/public.ts";
import { wire } from "../../support/stories/wire.ts";

const NOON = Date.parse("2026-11-24T12:00:00Z");
const MINUTE = 60_000;

const scheduled = wire({
  sections: "Politics Harvest",
  time: "2026-11-24T12:00:00Z",
  headline: "Ministry falls",
});

/** All that the public sees of a newsroom in which "fall" is under embargo. */
function seen(): Promise<unknown[]> {
  return everythingPublic(["politics", "harvest"], ["fall"]);
}

describe("an article whose dateline lies in the future", () => {
  test("is accepted, and shown to editors as scheduled", async () => {
    at(NOON - MINUTE);
    const response = await put("fall", scheduled);
    expect(response.status).toBe(201);
    const stored = await (
      await edit("GET", "/api/articles/fall")
    ).json<{ status: string; published: string }>();
    expect({ status: stored.status, published: stored.published }).toEqual({
      status: "scheduled",
      published: "2026-11-24T12:00:00.000Z",
    });
    const list = await (
      await edit("GET", "/api/articles")
    ).json<{ articles: { id: string; status: string }[] }>();
    expect(list.articles.map(({ id, status }) => [id, status])).toEqual([["fall", "scheduled"]]);
  });

  test("changes nothing that the public can see: no feed, page, count or validator", async () => {
    at(NOON - MINUTE);
    await put("open", wire());
    await settle();
    const before = await seen();
    await put("fall", scheduled);
    await put("fall", scheduled.replace("noon", "one"));
    await settle();
    expect(await seen()).toEqual(before);
  });

  test("leaves nothing in KV that a leak could come from", async () => {
    at(NOON - MINUTE);
    await put("fall", scheduled);
    const { keys } = await env.ARTICLES.list();
    expect(keys).toEqual([]);
  });

  test("is released by the alarm at its minute, under its own time", async () => {
    at(NOON - MINUTE);
    await put("fall", scheduled);
    at(NOON);
    expect(await runDurableObjectAlarm(desk())).toBe(true);
    const feed = await (await get("/sections/harvest/feed.json")).json<{ items: Record<string, string>[] }>();
    expect(
      feed.items.map(({ title, date_published, date_modified }) => [title, date_published, date_modified]),
    ).toEqual([["Ministry falls", "2026-11-24T12:00:00.000Z", "2026-11-24T12:00:00.000Z"]]);
    expect((await get("/articles/fall")).status).toBe(200);
  });

  test("stays under embargo when an alarm comes too early, and keeps its alarm", async () => {
    at(NOON - MINUTE);
    await put("fall", scheduled);
    at(NOON - 1);
    await runDurableObjectAlarm(desk());
    expect((await get("/articles/fall")).status).toBe(404);
    at(NOON);
    expect(await runDurableObjectAlarm(desk())).toBe(true);
    expect(await (await get("/rss.xml")).text()).toContain("Ministry falls");
  });

  test("may have a dateline further ahead than any alarm can be set", async () => {
    const log = vi.spyOn(console, "error");
    expect((await put("fall", scheduled.replace("2026-11-24", "9998-11-24"))).status).toBe(201);
    const alarm = await runInDurableObject(desk(), (_instance, { storage }) => storage.getAlarm());
    expect(alarm).toBeGreaterThan(Date.now());
    expect(log).not.toHaveBeenCalled();
  });

  test("is released by the cron sweep when its alarm was lost", async () => {
    at(NOON - MINUTE);
    await put("fall", scheduled);
    at(NOON + MINUTE);
    await sweep();
    expect(await (await get("/rss.xml")).text()).toContain("Ministry falls");
  });

  test("never leaves a trace when it is withdrawn before its time", async () => {
    at(NOON - MINUTE);
    await put("open", wire());
    await settle();
    const before = await seen();
    await put("fall", scheduled);
    expect((await withdraw("fall")).status).toBe(200);
    at(NOON + MINUTE);
    await settle();
    expect(await seen()).toEqual(before);
  });
});

test("an article that was public and is given a future dateline leaves every public place until then", async () => {
  at(NOON - 10 * MINUTE);
  await put("fall", scheduled.replace("2026-11-24", "2026-11-23"));
  await settle();
  expect((await get("/articles/fall")).status).toBe(200);
  expect(await (await put("fall", scheduled)).json()).toMatchObject({
    change: "revised",
    article: { status: "scheduled" },
  });
  await settle();
  expect(await (await get("/rss.xml")).text()).not.toContain("Ministry falls");
  expect((await get("/articles/fall")).status).toBe(404);
  at(NOON);
  await settle();
  expect(await (await get("/rss.xml")).text()).toContain("Ministry falls");
});
