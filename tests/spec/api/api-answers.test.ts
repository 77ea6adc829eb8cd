/** Answers to uploads and reads, as the API describes them. */
import { expect, test } from "vitest";
import { expectDescribed } from "../../support/description.ts";
import {
  after,
  type Case,
  create,
  JSON_TYPE,
  PATH,
  putWhole,
  retract,
  revise,
  signedIn,
  WHOLE,
} from "../../support/stories/harbour-bridge.ts";
import { edit, post, put, request } from "../../support/newsroom.ts";
import { wire } from "../../support/stories/wire.ts";

const UPLOADING: Case[] = [
  ["putArticle", "an article with all that it can have", 201, () => putWhole()],
  ["putArticle", "a draft", 201, () => putWhole("?draft")],
  ["putArticle", "the same again", 200, () => after(create, create)],
  ["putArticle", "another text", 200, () => after(create, revise)],
  ["putArticle", "a draft of what was public", 200, () => after(create, () => putWhole("?draft"))],
  ["putArticle", "a slip in a section", 201, () => put("harbour-bridge", wire({ sections: "Politcs" }))],
  ["putArticle", "errors in its lines", 422, () => put("harbour-bridge", "Politics yesterday\n")],
  ["putArticle", "errors in its members", 422, () => edit("PUT", PATH, '{ "title": 7 }', JSON_TYPE)],
  ["putArticle", "bytes that are no text", 400, () => edit("PUT", PATH, new Uint8Array([0xff]))],
  ["putArticle", "an unknown parameter", 400, () => edit("PUT", `${PATH}?quiet`, wire())],
  ["putArticle", "an id that is none", 422, () => put("Harbour", wire())],
  ["putArticle", "a revision that is not there", 412, () => put("a", wire(), { "If-Match": '"7"' })],
  ["putArticle", "a type that is not taken", 415, () => put("a", wire(), { "Content-Type": "image/png" })],
  ["putArticle", "too many bytes", 413, () => put("a", "a".repeat(2_000_000))],
  ["putArticle", "no token", 401, () => request(PATH, { method: "PUT", body: wire() })],
  [
    "putArticle",
    "a foreign section",
    403,
    async () => put("a", wire(), await signedIn({ rights: ["publish"], sections: ["sport"] })),
  ],
  ["putArticle", "a withdrawn article", 410, () => after(create, retract, revise)],
  ["postArticle", "a new article", 201, () => post(wire())],
  ["postArticle", "a second version", 201, () => after(create, () => post(wire({ headline: "It is open" })))],
  ["postArticle", "a key that is none", 400, () => post(wire(), { "Idempotency-Key": "two words" })],
  [
    "postArticle",
    "a key that was used",
    422,
    () =>
      after(
        () => post(wire(), { "Idempotency-Key": "7" }),
        () => post(wire({ headline: "Other" }), { "Idempotency-Key": "7" }),
      ),
  ],
  [
    "postArticle",
    "another article's guid",
    409,
    () =>
      after(
        () => edit("PUT", PATH, JSON.stringify({ ...WHOLE, id: "https://old.example/1" }), JSON_TYPE),
        () =>
          edit(
            "PUT",
            "/api/articles/b",
            JSON.stringify({ ...WHOLE, id: "https://old.example/1" }),
            JSON_TYPE,
          ),
      ),
  ],
];

const READING: Case[] = [
  ["listArticles", "nothing yet", 200, () => edit("GET", "/api/articles")],
  [
    "listArticles",
    "a page of several",
    200,
    () =>
      after(
        create,
        () => post(wire()),
        () => edit("GET", "/api/articles?limit=1"),
      ),
  ],
  [
    "listArticles",
    "what was withdrawn",
    200,
    () => after(create, retract, () => edit("GET", "/api/articles?status=withdrawn")),
  ],
  ["listArticles", "an invalid cursor", 400, () => edit("GET", "/api/articles?cursor=x")],
  ["listArticles", "an unknown status", 400, () => edit("GET", "/api/articles?status=lost")],
  [
    "getArticle",
    "an article with all that it can have",
    200,
    () =>
      after(
        () => putWhole(),
        () => edit("GET", PATH),
      ),
  ],
  ["getArticle", "one that was withdrawn", 200, () => after(create, retract, () => edit("GET", PATH))],
  [
    "getArticle",
    "the revision that one has",
    304,
    () => after(create, () => edit("GET", PATH, undefined, { "If-None-Match": '"1"' })),
  ],
  [
    "getArticle",
    "a revision that it has not",
    412,
    () => after(create, () => edit("GET", PATH, undefined, { "If-Match": '"2"' })),
  ],
  ["getArticle", "no such article", 404, () => edit("GET", PATH)],
  ["previewArticle", "no such article", 404, () => edit("GET", `${PATH}/preview`)],
  [
    "listRevisions",
    "a page of several",
    200,
    () =>
      after(
        () => putWhole(),
        revise,
        () => edit("GET", `${PATH}/revisions?limit=1`),
      ),
  ],
  [
    "getRevision",
    "one that is not there",
    404,
    () => after(create, () => edit("GET", `${PATH}/revisions/2`)),
  ],
];

test.each([...UPLOADING, ...READING])(
  "the answer of %s to “%s” is %i, as described",
  async (id, _what, status, ask) => {
    const response = await ask();
    expect(response.status).toBe(status);
    await expectDescribed(id, response);
  },
);

test("the answer to a dry run is as described, with the verdicts of the aggregators", async () => {
  const response = await putWhole("?dry-run");
  expect(response.status).toBe(200);
  await expectDescribed("putArticle", response, "ETag");
});
