/** A feed whose only article is hidden: nobody gets its last edition any more, and everybody its next one. */
import { runInDurableObject } from "cloudflare:test";
import { describe, expect, test, vi } from "vitest";
import { hubFaults, type JobFault } from "../../support/faulty-hub.ts";
import {
  advance,
  deliveries,
  HOUR,
  hub,
  isUpToDate,
  MINUTE,
  type Parameters,
  SECOND,
  subscribe,
} from "../../support/hub.ts";
import { act } from "../../support/newsroom.ts";
import { putStory, type Story, story } from "../../support/stories/stories.ts";
import type { BehaviourInput } from "../../support/subscribers/behaviour.ts";

const TOKEN: Parameters = [["hub.verify_token", "subscribe"]];
const SECRET = "The plan that leaked";

/** Feeds that are there as long as one article is, and a union that needs one of them. */
const TOPICS = [
  "/sections/harbour/rss.xml",
  "/authors/ada-marlow/atom.xml",
  "/tags/cranes/feed.json",
  "/sections/harbour+politics/rss.xml",
];

/** The only article of these feeds. */
function plan(changes: Partial<Story>): Promise<Response> {
  const only = { sections: ["Harbour"], authors: [{ name: "Ada Marlow" }], tags: ["Cranes"] };
  return putStory(story("plan", { ...only, ...changes }));
}

type Hiding = { hide: () => Promise<unknown>; release: () => Promise<unknown> };

const HIDINGS: readonly [string, Hiding][] = [
  [
    "goes back under embargo",
    {
      hide: () => plan({ date_published: new Date(Date.now() + 3 * HOUR).toISOString() }),
      release: () => advance(2 * HOUR),
    },
  ],
  [
    "becomes a draft",
    { hide: () => plan({ draft: true }), release: () => act("plan", "publish").then(() => advance(MINUTE)) },
  ],
];

type Way = { delivery: BehaviourInput["delivery"]; more: Parameters; job: JobFault; first: number };

/** How an edition is sent once more: its last attempt, and the deliveries of it before the article is hidden. */
const WAYS: readonly [string, Way][] = [
  ["retry", { delivery: [500, 200], more: [], job: "none", first: 1 }],
  ["search", { delivery: 200, more: [], job: "lost", first: 0 }],
  ["echo", { delivery: 200, more: TOKEN, job: "none", first: 1 }],
];

const CASES = TOPICS.flatMap((topic) =>
  HIDINGS.flatMap(([hiding, how]) =>
    WAYS.map(([way, sent]): [string, string, string, Hiding, Way] => [topic, hiding, way, how, sent]),
  ),
);

/** The number of the editions that the hub keeps. */
function editions(): Promise<number> {
  return runInDurableObject(
    hub(),
    (_instance, { storage }) => storage.sql.exec<{ n: number }>("SELECT count(*) AS n FROM edition").one().n,
  );
}

describe("a feed without articles", () => {
  test.each(CASES)(
    "(%s, whose article %s) is sent by no %s, and again when the article is released",
    async (topic, _hiding, _way, { hide, release }, { delivery, more, job, first }) => {
      vi.spyOn(console, "error").mockReturnValue();
      await plan({});
      await advance(5 * SECOND);
      const one = await subscribe(topic, { delivery }, more);
      hubFaults.onJob = () => job;
      await plan({ content_text: SECRET });
      await advance(10 * SECOND);
      hubFaults.onJob = () => "none";
      hubFaults.messages.length = 0;
      await hide();
      await advance(HOUR + 30 * MINUTE);
      expect([(await deliveries(one)).length, hubFaults.messages, await editions()]).toEqual([first, [], 0]);
      await release();
      expect((await deliveries(one)).length).toBeGreaterThan(first);
      expect(await isUpToDate(one, topic)).toBe(true);
    },
  );
});
