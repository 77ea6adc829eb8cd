/** Copies that are cut after any line: readers see nothing of an article before its last revision is in. */
import { beforeEach, describe, expect, test, vi } from "vitest";
import { clear } from "../../support/clear.ts";
import { exported, importBody } from "../../support/stories/copies.ts";
import { act, at, edit, listed, settle, withdraw } from "../../support/newsroom.ts";
import { everythingPublic } from "../../support/reading/public.ts";
import { sized } from "../../support/size.ts";
import { putStory, story } from "../../support/stories/stories.ts";
import { startAnotherIsolate } from "../../support/worker.ts";

const NOON = Date.parse("2031-11-24T12:00:00Z");
const LONG = 240_000;
// The number of lines between two cuts.
const STRIDE = sized(13, 2);
const LATER = "2031-12-24T12:00:00Z";
const SECTIONS = ["politics", "sport"];
const IDS = [
  "corrected",
  "draft",
  "embargoed",
  "expired",
  "hidden",
  "moved",
  "reinstated",
  "twice",
  "withdrawn",
];
/** Articles of which readers may see nothing, except that they are gone. */
const SECRET = new Set(["draft", "embargoed", "hidden", "twice", "withdrawn"]);

/** A word that stands in every revision of an article, and nowhere else. */
function mark(id: string): string {
  return `zq${id}zq`;
}

async function upload(id: string, changes: Parameters<typeof story>[1] = {}): Promise<void> {
  await putStory(story(id, { title: `Of ${mark(id)}`, authors: [{ name: `Jane ${id}` }], ...changes }));
}

/** A newsroom in which everything has happened that can happen to an article. */
async function fill(): Promise<void> {
  for (const id of IDS) await upload(id, id === "embargoed" ? { date_published: LATER } : {});
  await settle();
  await act("corrected", "correct", { correction: "It was Tuesday." });
  await upload("draft", { draft: true, content_text: "Not yet." });
  await act("expired", "expire", { expires: "2031-11-24T12:01:00Z" });
  await act("hidden", "publish", { published: LATER });
  await upload("moved", { sections: ["Sport"] });
  for (const id of ["reinstated", "twice", "withdrawn"]) await withdraw(`${id}?reason=Wrong`);
  for (const id of ["reinstated", "twice"]) await act(id, "reinstate");
  await upload("twice", { sections: ["Sport"] });
  await withdraw("twice");
  vi.setSystemTime(Date.now() + 120_000);
  await settle();
}

async function startAnew(): Promise<void> {
  await clear();
  startAnotherIsolate();
}

/** Status, date and body of all that is public; without the tags, which have the installation's epoch. */
async function seen(): Promise<unknown[]> {
  at(Date.now() + 1000);
  const all = (await everythingPublic(SECTIONS, IDS)).slice(0, -1);
  return all.map((one) => (Array.isArray(one) ? one.filter((_value, index) => index !== 2) : one));
}

/** Everything that readers, or anybody who reads KV, can see. */
async function publicText(): Promise<string> {
  return JSON.stringify(await everythingPublic(SECTIONS, IDS));
}

/** Each article as editors see it. */
async function states(): Promise<unknown[]> {
  return Promise.all(IDS.map(async (id) => (await edit("GET", `/api/articles/${id}`)).json()));
}

type Revision = { revision?: { past?: boolean; article: { id: string } } };

/** The articles whose last revision is among some lines of a copy. */
function whole(lines: readonly string[]): string[] {
  return lines
    .map((line): Revision => JSON.parse(line))
    .flatMap(({ revision }) => (revision?.past === false ? [revision.article.id] : []));
}

beforeEach(() => {
  at(NOON);
});

describe("a copy that is cut", () => {
  test(
    "after any of its lines shows nothing of an article whose last revision isn’t in, and restores everything when it is sent again",
    async () => {
      await fill();
      const copy = await exported();
      const original = await seen();
      const lines = copy.trimEnd().split("\n");
      const now = Date.now();
      expect(lines.length).toBeGreaterThan(25);
      for (let cut = 1; cut < lines.length; cut += STRIDE) {
        await startAnew();
        vi.setSystemTime(now);
        await importBody(`${lines.slice(0, cut).join("\n")}\n`);
        await settle();
        const entered = whole(lines.slice(0, cut));
        expect([cut, new Set(await listed())]).toEqual([cut, new Set(entered)]);
        const text = await publicText();
        const visible = IDS.filter((id) => text.includes(mark(id)));
        expect([cut, visible]).toEqual([cut, entered.filter((id) => !SECRET.has(id))]);
        // An author's feed announces a withdrawal too.
        const named = IDS.filter((id) => text.includes(`jane-${id}`) || text.includes(`Jane ${id}`));
        expect([cut, named.filter((id) => !entered.includes(id))]).toEqual([cut, []]);
        for (const id of IDS.filter((one) => !entered.includes(one)))
          expect([cut, id, (await edit("GET", `/api/articles/${id}`)).status]).toEqual([cut, id, 404]);
        const { summary } = await importBody(copy);
        await settle();
        expect([cut, summary?.["refused"]]).toEqual([cut, 0]);
        expect(await seen()).toEqual(original);
        expect(await exported()).toBe(copy);
      }
    },
    LONG,
  );

  test(
    "leaves the articles of an earlier copy as they are, until the last revision of each is in",
    async () => {
      for (const id of IDS) await upload(id);
      await settle();
      const early = await exported();
      const before = await states();
      await fill();
      const copy = await exported();
      const after = await states();
      const lines = copy.trimEnd().split("\n");
      const now = Date.now();
      for (let cut = 1; cut < lines.length; cut += 2 * STRIDE) {
        await startAnew();
        vi.setSystemTime(now);
        await importBody(early);
        await importBody(`${lines.slice(0, cut).join("\n")}\n`);
        await settle();
        const entered = whole(lines.slice(0, cut));
        const expected = IDS.map((id, index) => (entered.includes(id) ? after : before)[index]);
        expect([cut, await states()]).toEqual([cut, expected]);
        await importBody(copy);
        await settle();
        expect(await exported()).toBe(copy);
      }
    },
    LONG,
  );
});
