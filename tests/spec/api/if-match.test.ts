import { beforeEach, describe, expect, test } from "vitest";
import {
  act,
  at,
  edit,
  listed,
  put,
  settle,
  type Shown,
  shown,
  tokenOf,
  withdraw,
} from "../../support/newsroom.ts";
import { everythingPublic } from "../../support/reading/public.ts";
import { wire } from "../../support/stories/wire.ts";

type Headers = Record<string, string>;

const NOON = Date.parse("2031-11-24T12:00:00Z");
const FIRST = wire({ body: "The first text." });
const SECOND = wire({ body: "The second text." });
const THIRD = wire({ body: "The third text." });

/** What an editor can do to an article whose revision is the second, or, withdrawn, the third. */
const ACTIONS: [string, "published" | "withdrawn", string, (headers: Headers) => Promise<Response>][] = [
  ["a revision", "published", "revised", (headers) => put("bridge", THIRD, headers)],
  ["a silent revision", "published", "revised", (headers) => put("bridge?silent", THIRD, headers)],
  ["the same document again", "published", "unchanged", (headers) => put("bridge", SECOND, headers)],
  ["a return to the drafts", "published", "revised", (headers) => put("bridge?draft", SECOND, headers)],
  ["a withdrawal", "published", "withdrawn", (headers) => withdraw("bridge", headers)],
  ["a withdrawal again", "withdrawn", "unchanged", (headers) => withdraw("bridge", headers)],
  ["a reinstatement", "withdrawn", "reinstated", (headers) => act("bridge", "reinstate", undefined, headers)],
  [
    "a new time",
    "published",
    "rescheduled",
    (headers) => act("bridge", "publish", { published: "2026-11-05T00:00:00Z" }, headers),
  ],
  ["a publication", "published", "unchanged", (headers) => act("bridge", "publish", undefined, headers)],
  [
    "a correction",
    "published",
    "corrected",
    (headers) => act("bridge", "correct", { correction: "It was the second." }, headers),
  ],
  [
    "a restoration",
    "published",
    "restored",
    (headers) => act("bridge", "revisions/1/restore", undefined, headers),
  ],
];

beforeEach(async () => {
  at(NOON);
  await put("bridge", FIRST);
  await put("bridge", SECOND);
});

/** Brings the article to a status, and says which revision it is at. */
async function prepare(status: string): Promise<number> {
  if (status === "withdrawn") await withdraw("bridge");
  await settle();
  return (await shown("bridge")).revision;
}

async function statusesOf(responses: Promise<Response>[]): Promise<number[]> {
  return (await Promise.all(responses)).map(({ status }) => status);
}

function sorted(statuses: number[]): number[] {
  return statuses.toSorted((a, b) => a - b);
}

describe("[RFC 9110 13.1.1] If-Match, with a revision that is past,", () => {
  test.each(ACTIONS)(
    "lets %s fail, changes nothing, and says which the present one is",
    async (_, status, __, run) => {
      const revision = await prepare(status);
      const before = [await shown("bridge"), await everythingPublic(["politics"], ["bridge"])];
      const response = await run({ "If-Match": '"1"' });
      const { type, article, revision: named } = await response.json<Record<string, unknown>>();
      expect({ http: response.status, etag: response.headers.get("ETag"), type, article, named }).toEqual({
        http: 412,
        etag: `"${revision}"`,
        type: "https://news.example/problems/precondition-failed",
        article: "bridge",
        named: revision,
      });
      await settle();
      expect([await shown("bridge"), await everythingPublic(["politics"], ["bridge"])]).toEqual(before);
    },
  );
});

describe("[RFC 9110 13.1.1] If-Match, with the present revision,", () => {
  test.each(ACTIONS)("lets %s through", async (_, status, change, run) => {
    const revision = await prepare(status);
    const response = await run({ "If-Match": `"${revision}"` });
    const answer = await response.json<{ change: string }>();
    const next = change === "unchanged" ? revision : revision + 1;
    expect([response.status, response.headers.get("ETag"), answer.change]).toEqual([
      200,
      `"${next}"`,
      change,
    ]);
  });
});

describe("[RFC 9110 13.2.1] a precondition isn't looked at where the request fails without it:", () => {
  const past = { "If-Match": '"1"' };

  test("a withdrawn article is 410", async () => {
    await withdraw("bridge");
    expect(
      await statusesOf([
        put("bridge", THIRD, past),
        act("bridge", "publish", undefined, past),
        act("bridge", "correct", { correction: "x" }, past),
        act("bridge", "revisions/1/restore", undefined, past),
      ]),
    ).toEqual([410, 410, 410, 410]);
  });

  test("what isn't there is 404", async () => {
    expect(
      await statusesOf([
        act("bridge", "revisions/9/restore", undefined, past),
        act("tunnel", "publish", undefined, past),
        act("tunnel", "reinstate", undefined, past),
        withdraw("tunnel", past),
      ]),
    ).toEqual([404, 404, 404, 404]);
  });
});

describe("of two editors at once,", () => {
  let jane: Headers;
  let joe: Headers;

  beforeEach(async () => {
    jane = await tokenOf("Jane", ["publish", "withdraw"]);
    joe = await tokenOf("Joe", ["publish", "withdraw"]);
  });

  test("both correcting one revision, exactly one gets through, and the correction is that one's", async () => {
    const responses = await Promise.all(
      [jane, joe].map((who, index) =>
        act("bridge", "correct", { correction: `Correction ${index}.` }, { ...who, "If-Match": '"2"' }),
      ),
    );
    const statuses = responses.map(({ status }) => status);
    expect(sorted(statuses)).toEqual([200, 412]);
    expect(responses.map((response) => response.headers.get("ETag"))).toEqual(['"3"', '"3"']);
    expect(await shown("bridge")).toMatchObject({
      revision: 3,
      correction: `Correction ${statuses.indexOf(200)}.`,
    });
  });

  test("both correcting one without saying which revision they saw, the later one's stands and both are kept", async () => {
    await Promise.all(
      [jane, joe].map((who, index) => act("bridge", "correct", { correction: `Correction ${index}.` }, who)),
    );
    const corrections = await Promise.all(
      [3, 4].map(async (revision) => {
        const response = await edit("GET", `/api/articles/bridge/revisions/${revision}`);
        return (await response.json<Shown>()).correction;
      }),
    );
    expect(new Set(corrections)).toEqual(new Set(["Correction 0.", "Correction 1."]));
  });

  test("both posting one new document, one makes the article and the other is told of it", async () => {
    const document = wire({ headline: "Ministry falls" });
    const responses = await Promise.all(
      [jane, joe].map((who) => edit("POST", "/api/articles", document, who)),
    );
    expect(sorted(responses.map(({ status }) => status))).toEqual([200, 201]);
    const answers = await Promise.all(responses.map((response) => response.json<{ article: Shown }>()));
    expect(answers.map(({ article }) => [article.id, article.revision])).toEqual([
      ["2026-11-04-ministry-falls", 1],
      ["2026-11-04-ministry-falls", 1],
    ]);
  });

  test("posting two documents of one headline and time, each makes an article", async () => {
    const documents = ["Jane’s text.", "Joe’s text."].map((body) =>
      wire({ headline: "Ministry falls", body }),
    );
    const responses = documents.map((document, index) =>
      edit("POST", "/api/articles", document, index === 0 ? jane : joe),
    );
    expect(await statusesOf(responses)).toEqual([201, 201]);
    expect(new Set(await listed())).toEqual(
      new Set(["bridge", "2026-11-04-ministry-falls", "2026-11-04-ministry-falls-2"]),
    );
  });

  test("one withdrawing and one revising the same revision, exactly one gets through", async () => {
    const [withdrawal, revision] = await statusesOf([
      withdraw("bridge", { ...jane, "If-Match": '"2"' }),
      put("bridge", THIRD, { ...joe, "If-Match": '"2"' }),
    ]);
    const isWithdrawn = withdrawal === 200;
    // The one who comes too late finds the article gone, or another revision.
    expect([withdrawal, revision]).toEqual(isWithdrawn ? [200, 410] : [412, 200]);
    expect(await shown("bridge")).toMatchObject({
      revision: 3,
      status: isWithdrawn ? "withdrawn" : "published",
    });
  });

  test("one withdrawing and one reinstating the same revision, exactly one gets through", async () => {
    await withdraw("bridge");
    const statuses = await statusesOf([
      withdraw("bridge", { ...jane, "If-Match": '"2"' }),
      act("bridge", "reinstate", undefined, { ...joe, "If-Match": '"3"' }),
    ]);
    expect(statuses).toEqual([412, 200]);
    expect(await shown("bridge")).toMatchObject({ revision: 4, status: "published" });
  });
});
