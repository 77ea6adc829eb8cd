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

/** Every action on an article at its second revision, or on a withdrawn one at its third. */
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

/** Brings the article to a status, and returns its revision. */
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

describe("[RFC 9110 13.1.1] If-Match with a past revision", () => {
  test.each(ACTIONS)(
    "lets %s fail, changes nothing, and gives the present revision",
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

describe("[RFC 9110 13.1.1] If-Match with the present revision", () => {
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

describe("[RFC 9110 13.2.1] a precondition isn't checked when the request fails without it:", () => {
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

  test("a missing article or revision is 404", async () => {
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

describe("two editors at once:", () => {
  let jane: Headers;
  let joe: Headers;

  beforeEach(async () => {
    jane = await tokenOf("Jane", ["publish", "withdraw"]);
    joe = await tokenOf("Joe", ["publish", "withdraw"]);
  });

  test("exactly one of two corrections of the same revision gets through, and the article has that one", async () => {
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

  test("of two corrections without If-Match the article has the later one, and both are kept", async () => {
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

  test("one of two posts of the same new document makes the article, and the other gets its id", async () => {
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

  test("two documents with the same headline and time make two articles", async () => {
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

  test("exactly one of a withdrawal and a revision of the same revision gets through", async () => {
    const [withdrawal, revision] = await statusesOf([
      withdraw("bridge", { ...jane, "If-Match": '"2"' }),
      put("bridge", THIRD, { ...joe, "If-Match": '"2"' }),
    ]);
    const isWithdrawn = withdrawal === 200;
    // The later request meets a withdrawn article, or another revision.
    expect([withdrawal, revision]).toEqual(isWithdrawn ? [200, 410] : [412, 200]);
    expect(await shown("bridge")).toMatchObject({
      revision: 3,
      status: isWithdrawn ? "withdrawn" : "published",
    });
  });

  test("exactly one of a withdrawal and a reinstatement of the same revision gets through", async () => {
    await withdraw("bridge");
    const statuses = await statusesOf([
      withdraw("bridge", { ...jane, "If-Match": '"2"' }),
      act("bridge", "reinstate", undefined, { ...joe, "If-Match": '"3"' }),
    ]);
    expect(statuses).toEqual([412, 200]);
    expect(await shown("bridge")).toMatchObject({ revision: 4, status: "published" });
  });
});
