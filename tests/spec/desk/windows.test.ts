/** The windows that the hub pulls from the Desk, while an import's backlog is still on its way to KV. */
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { importBody, ndjson } from "../../support/stories/copies.ts";
import { at, desk, put, settle } from "../../support/newsroom.ts";
import { wire } from "../../support/stories/wire.ts";

const NOON = Date.parse("2031-11-24T12:00:00Z");
const MINUTE = 60_000;

type Seen = { ids: string[]; changed: number; sequence: number };

/** The window of all articles, as the hub gets it now. */
async function pulled(): Promise<Seen> {
  const [value] = await desk().windows(["all"]);
  const { articles } = JSON.parse(value?.text ?? '{"articles":[]}');
  const ids = articles.map(({ id }: { id: string }) => id);
  return { ids, changed: value?.edition.changed ?? 0, sequence: value?.edition.sequence ?? 0 };
}

/** The edition of the same window that KV has. */
async function written(): Promise<unknown> {
  return (await env.ARTICLES.getWithMetadata("window:all")).metadata;
}

/** Imports two stories of the past and one under embargo, none of which KV has when this ends. */
async function leaveBacklog(): Promise<void> {
  const times = { old: "2031-11-20T12:00:00Z", older: "2031-11-19T12:00:00Z", later: "2031-11-25T12:00:00Z" };
  const stories = Object.entries(times).map(([id, time]) => ({ id, wire: wire({ headline: id, time }) }));
  await importBody(ndjson(stories));
}

test("a window that the hub pulls while a backlog is open has what is published, and nothing under embargo", async () => {
  at(NOON);
  await put("bridge", wire({ headline: "Bridge", time: "2031-11-24T11:00:00Z" }));
  await settle();
  await leaveBacklog();
  expect((await pulled()).ids).toEqual(["bridge", "old", "older"]);
});

test("an edition of a backlog has the date at which KV gets it, not the one at which the hub pulled it", async () => {
  at(NOON);
  await leaveBacklog();
  at(NOON + MINUTE);
  const { sequence } = await pulled();
  at(NOON + 2 * MINUTE);
  expect(await pulled()).toMatchObject({ sequence, changed: NOON + 2 * MINUTE });
  at(NOON + 3 * MINUTE);
  await settle();
  const now = await pulled();
  expect(await written()).toMatchObject({ sequence, changed: now.changed });
  expect(now.changed).toBeGreaterThanOrEqual(NOON + 3 * MINUTE);
});

test("an editor's edition has the date at which the hub pulled it first, and so has KV later", async () => {
  at(NOON);
  await put("bridge", wire({ headline: "Bridge", time: "2031-11-24T11:00:00Z" }));
  await put("tunnel", wire({ headline: "Tunnel", time: "2031-11-24T11:00:00Z" }));
  const first = await pulled();
  at(NOON + MINUTE);
  expect(await pulled()).toEqual(first);
  await settle();
  expect(await written()).toMatchObject({ sequence: first.sequence, changed: first.changed });
});
