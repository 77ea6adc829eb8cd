/** The requests that webhooks get, as the OpenAPI document describes them. */
import * as v from "valibot";
import { beforeEach, describe, expect, test } from "vitest";
import { COMPONENTS } from "../../../src/api/openapi/components.ts";
import type { Article, Tombstone } from "../../../src/article/article.ts";
import { EVENT_KINDS } from "../../../src/article/event.ts";
import { isSuccess } from "../../../src/hub/messages.ts";
import { PAYLOAD_FORMATS } from "../../../src/hub/tables/webhooks.ts";
import { payloadOf } from "../../../src/hub/webhooks/payload.ts";
import { at, edit, get, put, withdraw } from "../../support/newsroom.ts";
import { everywhere, membersOf } from "../../support/reading/json-schema.ts";
import { site } from "../../support/site.ts";
import { anArticle } from "../../support/stories/article.ts";
import { wire } from "../../support/stories/wire.ts";
import { deliverAll, makeWebhook } from "../../support/webhooks.ts";

const NOON = Date.parse("2031-11-24T12:00:00Z");
const URL = "https://photos.example/bridge.jpg";

const RICH = anArticle({
  shortHeadline: "Bridge open",
  authors: [{ name: "Ann", url: "https://ann.example/" }, { name: "Ben" }],
  tags: ["bridges"],
  link: "https://elsewhere.example/bridge",
  image: { url: URL, alt: "The bridge", credit: "Ann", width: 800, height: 600 },
  attachments: [
    { url: "https://audio.example/a.mp3", type: "audio/mpeg", length: 5, title: "Listen" },
    { url: "https://files.example/a.pdf", type: "application/pdf" },
  ],
  dateline: NOON,
  correction: "It was the other bridge.",
  expires: NOON,
});
const MEDIA = "a".repeat(64);
const KEPT = anArticle({
  image: {
    url: `https://news.example/media/${MEDIA}.png`,
    media: MEDIA,
    type: "image/png",
    width: 3000,
    height: 1500,
    length: 9,
    alt: "The bridge",
    caption: "A ramp at last.",
    sizes: [1200, 400].map((width) => ({ type: "image/webp", width, height: width / 2, length: 5 })),
  },
});
const TOMBSTONE: Tombstone = {
  version: 1,
  id: "harbour-bridge",
  guid: RICH.guid,
  revision: 2,
  withdrawn: NOON,
};

const RECORDS: Record<string, Article | Tombstone> = {
  plain: anArticle(),
  rich: RICH,
  "with a kept picture": KEPT,
  "with a kept picture that the newsroom has set": { ...KEPT, pictured: "0".repeat(16) },
  "with a kept picture that says more than its document": { ...KEPT, named: "0".repeat(16) },
  expired: { ...RICH, status: "expired" },
  withdrawn: TOMBSTONE,
  "withdrawn for a reason": { ...TOMBSTONE, reason: "It was wrong." },
};

type Described = { schemas: v.GenericSchema[]; fields: Map<string, unknown>; statuses: string[] };

/** The request of the document: the schemas of its body by their references, its header fields, and the statuses of answers. */
async function described(): Promise<Described> {
  const document = membersOf(await (await get("/api/openapi.json")).json());
  const { post } = membersOf(membersOf(document["webhooks"])["event"]);
  const { parameters, requestBody, responses } = membersOf(post);
  const references = everywhere(requestBody, "$ref");
  const schemas = Object.entries(COMPONENTS).flatMap(([name, schema]) =>
    references.includes(`#/components/schemas/${name}`) ? [schema] : [],
  );
  const list = Array.isArray(parameters) ? parameters.map(membersOf) : [];
  expect(list.every((field) => field["in"] === "header" && field["required"] === true)).toBe(true);
  const fields = new Map(list.map(({ name, schema }) => [String(name), schema]));
  return { schemas, fields, statuses: Object.keys(membersOf(responses)) };
}

/** Expects a body to be as exactly one of the schemas describes it, down to the last member. */
function expectOne(schemas: v.GenericSchema[], body: unknown): void {
  const read = schemas.flatMap((schema) => {
    const { success, output } = v.safeParse(schema, body);
    return success ? [output] : [];
  });
  expect(read).toEqual([body]);
}

beforeEach(() => at(NOON));

describe("the body is as the document describes it", () => {
  describe.each(PAYLOAD_FORMATS)("in the format %s", (format) => {
    test.each(EVENT_KINDS)("of an article that was %s", async (kind) => {
      const { schemas, fields } = await described();
      for (const record of Object.values(RECORDS)) {
        const payload = payloadOf(site, format, { kind, instant: NOON }, record);
        expectOne(schemas, JSON.parse(payload.body));
        expect(fields.get("X-Dateline-Event")).toEqual({
          enum: expect.arrayContaining([payload.fields["X-Dateline-Event"]]),
        });
        expect(payload.fields["Content-Type"]).toBe("application/json");
      }
    });

    test("as a receiver gets it, with the header fields that it describes and no other of its own", async () => {
      const { schemas, fields } = await described();
      const { id, posts } = await makeWebhook({ format });
      await put("bridge", wire());
      await deliverAll();
      await edit("POST", `/api/webhooks/${id}/rotate`);
      await withdraw("bridge");
      await deliverAll();
      const all = await posts();
      expect(all).toHaveLength(2);
      for (const { headers, body } of all) {
        expectOne(schemas, JSON.parse(body.text));
        const sent = new Headers(headers);
        const own = [...sent.keys()].filter((name) => /^(webhook|x)-/.test(name));
        expect(own.toSorted()).toEqual([...fields.keys()].map((name) => name.toLowerCase()).toSorted());
        for (const [name, schema] of fields) {
          const { pattern = "." } = membersOf(schema);
          expect(sent.get(name)).toMatch(new RegExp(String(pattern), "u"));
        }
      }
    });
  });
});

test("the answers that the document calls a success are those that the hub counts as one", async () => {
  const { statuses } = await described();
  expect(statuses.toSorted()).toEqual(["2XX", "default"]);
  for (let status = 200; status < 600; status++)
    expect([status, isSuccess({ status, milliseconds: 1 })]).toEqual([
      status,
      statuses.includes(`${Math.floor(status / 100)}XX`),
    ]);
});
