/** Hidden articles and actions change nothing public: a newsroom with them answers readers as one without them. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { uploaded } from "../../support/media.ts";
import { act, edit, type Shown, withdraw } from "../../support/newsroom.ts";
import { BRIDGE } from "../../support/pictures.ts";
import { sized } from "../../support/size.ts";
import { type Act, live, send, sendTo, START, type Step, STEP } from "../../support/stories/worlds.ts";

const FAR = "2040-01-01T00:00:00Z";
const SHOWN = ["a", "b", "c"];
const HIDDEN = ["x", "y", "z"];
const HEADLINES = ["Bridge opens", "Ministry falls"];
const TIMES = ["2031-11-20T08:00:00Z", "2031-11-20T08:00:00.001Z", new Date(START - 1000).toISOString()];
const SPELLINGS = ["Jane Roe", "JANE ROE", "Ghost"];
const SECTIONS = [["Politics"], ["Events", "Politics"], ["Lantern News"], ["Ghost"]];

const PICTURES = ["https://photos.example/bridge.jpg", "https://photos.example/ghost.jpg"];

// No document is both in the public actions and in the hidden ones.
function documents(...texts: string[]) {
  return fc.record({
    title: fc.constantFrom(...HEADLINES),
    date_published: fc.constantFrom(...TIMES),
    sections: fc.constantFrom(...SECTIONS),
    authors: fc.constantFrom(...SPELLINGS).map((name) => [{ name }]),
    tags: fc.constantFrom(["tides"], ["ghost"], ["Tides", "GHOST"]),
    image: fc.constantFrom(...PICTURES).map((url) => ({ url })),
    content_html: fc.constantFrom(...texts),
  });
}
const shownItem = documents("<p>Cars cross.</p>", "<p>Cars crossed.</p>", "<p>No car crosses.</p>");
const hiddenItem = documents("<p>Lawyers read.</p>", "<p>Lawyers write.</p>", "<p>Lawyers wait.</p>");

function named(name: string, run: Act["run"]): Act {
  return { name, run };
}

/** Posts a document that gets a new id, and withdraws it before anybody has seen it. */
async function postAndWithdraw(document: object): Promise<void> {
  const response = await send("POST", "/api/articles?draft", document);
  const { article } = await response.json<{ article?: Shown }>();
  if (article !== undefined) await withdraw(article.id);
}

/** Gives an article a kept picture, and then says something else of that. */
async function keepPicture(id: string): Promise<void> {
  const { id: media } = await uploaded(BRIDGE, "?alt=A%20ghost");
  await act(id, "picture", { media });
  await edit("PUT", `/api/media/${media}`, '{"alt":"A light","credit":"Ghost"}');
}

const hiddenId = fc.constantFrom(...HIDDEN);
const hiddenAct: fc.Arbitrary<Act> = fc.oneof(
  fc.tuple(hiddenId, hiddenItem).map(([id, it]) => named(`draft ${id}`, () => sendTo(id, it, "?draft"))),
  fc
    .tuple(hiddenId, hiddenItem)
    .map(([id, it]) => named(`embargo ${id}`, () => sendTo(id, { ...it, date_published: FAR }))),
  hiddenItem.map((it) => named("post a draft", () => send("POST", "/api/articles?draft", it))),
  hiddenItem.map((it) =>
    named("post an embargo", () => send("POST", "/api/articles", { ...it, date_published: FAR })),
  ),
  hiddenItem.map((it) => named("post and withdraw", () => postAndWithdraw(it))),
  hiddenId.map((id) => named(`schedule ${id}`, () => act(id, "publish", { published: FAR }))),
  hiddenId.map((id) => named(`correct ${id}`, () => act(id, "correct", { correction: "Ghosts." }))),
  hiddenId.map((id) => named(`expire ${id}`, () => act(id, "expire", { expires: "2041-01-01T00:00:00Z" }))),
  fc
    .tuple(hiddenId, fc.constantFrom(...PICTURES))
    .map(([id, url]) => named(`picture ${id}`, () => act(id, "picture", { url }))),
  hiddenId.map((id) => named(`keep a picture of ${id}`, () => keepPicture(id))),
  hiddenId.map((id) => named(`withdraw ${id}`, () => withdraw(id))),
  hiddenId.map((id) => named(`reinstate ${id}`, () => act(id, "reinstate"))),
  hiddenId.map((id) => named(`restore ${id}`, () => act(id, "revisions/1/restore"))),
);

const shownId = fc.constantFrom(...SHOWN);
const query = fc.constantFrom("", "", "?silent");
const soon = fc.constantFrom(STEP, 3 * STEP);
const shownAct: fc.Arbitrary<Act> = fc.oneof(
  fc.tuple(shownId, shownItem, query).map(([id, it, q]) => named(`put ${id}${q}`, () => sendTo(id, it, q))),
  fc.tuple(shownId, shownItem).map(([id, it]) => named(`draft ${id}`, () => sendTo(id, it, "?draft"))),
  shownItem.map((it) => named("post", () => send("POST", "/api/articles", it))),
  fc.tuple(shownItem, soon).map(([it, wait]) => {
    const released = { ...it, date_published: new Date(START + wait).toISOString() };
    return named("post for soon", () => send("POST", "/api/articles", released));
  }),
  fc.tuple(shownId, soon).map(([id, wait]) => {
    const expires = new Date(START + wait + STEP / 3).toISOString();
    return named(`expire ${id}`, () => act(id, "expire", { expires }));
  }),
  shownId.map((id) => named(`publish ${id}`, () => act(id, "publish"))),
  shownId.map((id) => named(`correct ${id}`, () => act(id, "correct", { correction: "It was one." }))),
  fc
    .tuple(shownId, fc.constantFrom(...PICTURES))
    .map(([id, url]) => named(`picture ${id}`, () => act(id, "picture", { url }))),
  shownId.map((id) => named(`withdraw ${id}`, () => withdraw(id))),
  shownId.map((id) => named(`reinstate ${id}`, () => act(id, "reinstate"))),
);

const step: fc.Arbitrary<Step> = fc.record({
  hidden: fc.array(hiddenAct, { maxLength: 4 }),
  shown: shownAct,
});

const IDS = [...SHOWN, ...HIDDEN];

test("readers get the same bytes and validators, whatever hidden actions the newsroom takes", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 8 }), async (steps) => {
      const open = await live(steps, false, IDS);
      const secretive = await live(steps, true, IDS);
      expect(secretive.written).toEqual([]);
      expect(secretive.answers).toEqual(open.answers);
    }),
    { numRuns: sized(2, 10) },
  );
}, 240_000);

/** The article of the steps below. */
const STORY = {
  title: "Ministry falls",
  date_published: "2031-11-20T08:00:00Z",
  sections: ["Lantern News"],
  authors: [{ name: "Jane Roe" }],
  content_html: "<p>The last word.</p>",
};
const EARLIER = { ...STORY, authors: [{ name: "Ghost" }], content_html: "<p>A first word.</p>" };

const WAYS: [string, Step[]][] = [
  [
    "an embargo that is revised until its text is what it was",
    [
      shown("schedule", () => sendTo("a", { ...STORY, date_published: at(3) })),
      hiding(
        () => sendTo("a", { ...EARLIER, date_published: at(3) }),
        () => keepPicture("a"),
        () => act("a", "picture", null),
        () => act("a", "publish", { published: FAR }),
        () => act("a", "publish", { published: at(3) }),
        () => sendTo("a", { ...STORY, date_published: at(3) }),
      ),
    ],
  ],
  [
    "a draft of what readers saw, on the way to being published again",
    [
      shown("publish", () => sendTo("a", STORY)),
      shown("hide", () => sendTo("a", STORY, "?draft")),
      hiding(
        () => sendTo("a", EARLIER, "?draft"),
        () => act("a", "correct", { correction: "Ghosts." }),
        () => act("a", "correct", { correction: null }),
        () => sendTo("a", STORY, "?draft"),
      ),
      shown("publish again", () => sendTo("a", STORY, "?silent")),
    ],
  ],
  [
    "a draft that has been published elsewhere before, and its revisions",
    [
      hiding(() => sendTo("a", EARLIER, "?draft")),
      hiding(
        () => sendTo("a", EARLIER, "?draft"),
        () => sendTo("a", STORY, "?draft"),
      ),
      shown("publish", () => sendTo("a", STORY)),
      shown("revise", () => sendTo("a", { ...STORY, title: "Ministry stands" })),
    ],
  ],
];

/** The instant of a step. */
function at(index: number): string {
  return new Date(START + index * STEP).toISOString();
}

function shown(name: string, run: Act["run"]): Step {
  return { hidden: [], shown: named(name, run) };
}

/** Hidden actions before a step in which nothing happens. */
function hiding(...acts: Act["run"][]): Step {
  return {
    hidden: acts.map((run) => named("hidden", run)),
    shown: named("nothing", () => edit("GET", "/api/articles")),
  };
}

test.each(WAYS)(
  "readers don't notice %s",
  async (_way, steps) => {
    const end = [hiding(), hiding()];
    const open = await live([...steps, ...end], false, IDS);
    const secretive = await live([...steps, ...end], true, IDS);
    expect(secretive.written).toEqual([]);
    expect(secretive.answers).toEqual(open.answers);
    expect(JSON.stringify(open.answers)).toContain("The last word.");
  },
  120_000,
);
