/** Answers to changes, imports and administrators, as the API describes them. */
import { expect, test } from "vitest";
import { expectDescribed } from "../../support/description.ts";
import {
  act,
  after,
  type Case,
  create,
  imported,
  JSON_TYPE,
  makeToken,
  PATH,
  putWhole,
  retract,
  revise,
  signedIn,
  WHOLE,
} from "../../support/stories/harbour-bridge.ts";
import { edit } from "../../support/newsroom.ts";
import { wire } from "../../support/stories/wire.ts";

const CHANGING: Case[] = [
  [
    "publishArticle",
    "a draft",
    200,
    () =>
      after(
        () => putWhole("?draft"),
        () => act("publish"),
      ),
  ],
  [
    "publishArticle",
    "an embargo",
    200,
    () => after(create, () => act("publish", '{ "published": "2126-01-01T00:00:00Z" }')),
  ],
  [
    "publishArticle",
    "an end before the start",
    422,
    () => after(create, () => act("expire", '{ "expires": "2020-01-01T00:00:00Z" }')),
  ],
  [
    "publishArticle",
    "an invalid time",
    422,
    () => after(create, () => act("publish", '{ "published": "now" }')),
  ],
  ["publishArticle", "an unknown parameter", 400, () => after(create, () => act("publish?at=noon"))],
  ["publishArticle", "no JSON", 400, () => after(create, () => act("publish", "now"))],
  ["publishArticle", "a withdrawn article", 410, () => after(create, retract, () => act("publish"))],
  [
    "correctArticle",
    "the correction's end",
    200,
    () =>
      after(
        () => putWhole(),
        () => act("correct", '{ "correction": null }'),
      ),
  ],
  ["restoreRevision", "the first", 200, () => after(create, revise, () => act("revisions/1/restore"))],
  ["restoreRevision", "one that is not there", 404, () => after(create, () => act("revisions/2/restore"))],
  [
    "restoreRevision",
    "an unknown parameter",
    400,
    () => after(create, () => act("revisions/1/restore?quiet")),
  ],
  ["withdrawArticle", "with a reason", 200, () => after(create, retract)],
  [
    "withdrawArticle",
    "without the right",
    403,
    () => after(create, async () => edit("DELETE", PATH, undefined, await signedIn({ rights: ["publish"] }))),
  ],
  ["withdrawArticle", "none", 404, retract],
  [
    "reinstateArticle",
    "another revision",
    412,
    () => after(create, retract, () => act("reinstate", undefined, { "If-Match": '"1"' })),
  ],
];

const COPYING: Case[] = [
  [
    "importArticles",
    "lines of every kind",
    200,
    () =>
      imported(
        { ...WHOLE, id: "whole" },
        { wire: wire({ sections: "Politcs" }) },
        { wire: wire({ headline: "Second version" }) },
        { wire: "Politics yesterday" },
        { end: {} },
        { ...WHOLE, title: 7 },
      ),
  ],
  [
    "importArticles",
    "without a right",
    403,
    async () =>
      edit("POST", "/api/import", "{}", {
        "Content-Type": "application/x-ndjson",
        ...(await signedIn({ rights: ["withdraw"] })),
      }),
  ],
  ["importArticles", "an unsupported type", 415, () => edit("POST", "/api/import", "{}", JSON_TYPE)],
  [
    "exportArticles",
    "all",
    200,
    () =>
      after(
        () => putWhole(),
        revise,
        retract,
        () => edit("GET", "/api/export"),
      ),
  ],
  [
    "exportArticles",
    "without the right",
    403,
    async () => edit("GET", "/api/export", undefined, await signedIn({ rights: ["publish"] })),
  ],
];

const ADMINISTERING: Case[] = [
  [
    "makeToken",
    "one that ends",
    201,
    () => makeToken({ rights: ["admin"], expires: "2126-01-01T00:00:00Z" }),
  ],
  ["makeToken", "a right that is none", 422, () => makeToken({ rights: ["all"] })],
  ["makeToken", "no JSON", 400, () => edit("POST", "/api/tokens", "A")],
  [
    "listTokens",
    "one that was revoked",
    200,
    () =>
      after(
        () => makeToken({ rights: ["admin"], sections: ["sport"] }),
        () => edit("DELETE", "/api/tokens/night-desk"),
        () => edit("GET", "/api/tokens"),
      ),
  ],
  ["rotateToken", "no such token", 404, () => edit("POST", "/api/tokens/nobody/rotate")],
  ["revokeToken", "no such token", 404, () => edit("DELETE", "/api/tokens/nobody")],
  [
    "listAudit",
    "changes and refusals",
    200,
    () =>
      after(
        () => putWhole(),
        retract,
        revise,
        () => makeToken({ rights: ["admin"] }),
        () => edit("GET", "/api/audit"),
      ),
  ],
  [
    "listAudit",
    "a page of several",
    200,
    () => after(create, revise, () => edit("GET", "/api/audit?limit=1")),
  ],
  ["listAudit", "an invalid time", 400, () => edit("GET", "/api/audit?from=monday")],
];

test.each([...CHANGING, ...COPYING, ...ADMINISTERING])(
  "the answer of %s to “%s” is %i, as described",
  async (id, _what, status, ask) => {
    const response = await ask();
    expect(response.status).toBe(status);
    await expectDescribed(id, response);
  },
);
