/** Signs of visibility: a document that was not public elsewhere is not public here, in every format with fields. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Parsed } from "../../../src/upload/issue.ts";
import { parseJson } from "../../../src/upload/json/json.ts";
import { parseMarkdown } from "../../../src/upload/markdown/markdown.ts";
import { parseNinjs } from "../../../src/upload/ninjs/ninjs.ts";
import { visibilityOf } from "../../../src/upload/fields/visibility.ts";
import { site } from "../../support/site.ts";

const PUBLISHED = "2026-11-20T07:07:06Z";
const LATER = "2027-01-02T03:04:05Z";

const ITEM = {
  title: "Boats are back",
  content_html: "<p>They are back.</p>",
  date_published: PUBLISHED,
  sections: ["Politics"],
};
const NINJS = {
  uri: "urn:desk.example:1",
  headline: "Boats are back",
  body_html: "<p>They are back.</p>",
  versioncreated: PUBLISHED,
  subject: [{ name: "Politics" }],
};

function ofJson(more: object): Parsed {
  return parseJson(bytesOf(JSON.stringify({ ...ITEM, ...more })), site);
}

function ofNinjs(more: object): Parsed {
  return parseNinjs(bytesOf(JSON.stringify({ ...NINJS, ...more })), site);
}

/** Front matter: JSON's values are YAML's, too. */
function ofMarkdown(more: object): Parsed {
  const { content_html: _body, ...fields } = { ...ITEM, ...more };
  const lines = Object.entries(fields).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return parseMarkdown(bytesOf(["---", ...lines, "---", "", "They are back."].join("\n")), site);
}

function ofToml(more: object): Parsed {
  const { content_html: _body, ...fields } = { ...ITEM, ...more };
  const lines = Object.entries(fields).map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
  return parseMarkdown(bytesOf(["+++", ...lines, "+++", "", "They are back."].join("\n")), site);
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** The place of each remark, and the text that it found. */
function found(parsed: Parsed): string[] {
  const remarks = [...parsed.warnings, ...(parsed.ok ? [] : parsed.issues)];
  return remarks.map((remark) => `${remark.path} ${remark.found}`);
}

/** `public 2026-11-20`, `draft kept-as-draft`, `refused unknown-visibility`. */
function fateOf(parsed: Parsed): string {
  if (!parsed.ok) return `refused ${parsed.issues.map(({ reason }) => reason).join(" ")}`;
  const { upload, warnings } = parsed;
  if (upload.action === "withdraw") return "withdrawn";
  const reasons = warnings.map(({ reason }) => reason);
  if (upload.action === "keep-as-draft") return ["draft", ...reasons].join(" ");
  const { published, expires } = upload.draft;
  const until = typeof expires === "number" ? ` until ${new Date(expires).toISOString().slice(0, 10)}` : "";
  return [`public ${new Date(published).toISOString().slice(0, 10)}${until}`, ...reasons].join(" ");
}

const FIELDS: [object, string][] = [
  [{}, "public 2026-11-20"],
  [{ draft: true }, "draft"],
  [{ draft: "yes" }, "draft"],
  [{ draft: false }, "public 2026-11-20"],
  [{ draft: "perhaps" }, "refused unknown-visibility"],
  [{ Draft: true }, "draft kept-as-draft"],
  [{ is_draft: true }, "draft kept-as-draft"],
  [{ published: false }, "draft kept-as-draft"],
  [{ published: "no" }, "draft kept-as-draft"],
  [{ published: true }, "public 2026-11-20"],
  [{ published: LATER }, "public 2027-01-02"],
  [{ published: "soon" }, "refused unknown-visibility"],
  [{ publish: false }, "draft kept-as-draft"],
  [{ public: false }, "draft kept-as-draft"],
  [{ hidden: true }, "draft kept-as-draft"],
  [{ unlisted: true }, "draft kept-as-draft"],
  [{ private: true }, "draft kept-as-draft"],
  [{ archived: true }, "draft kept-as-draft"],
  [{ status: "publish" }, "public 2026-11-20"],
  [{ status: "Published" }, "public 2026-11-20"],
  [{ status: "draft" }, "draft kept-as-draft"],
  [{ status: "pending" }, "draft kept-as-draft"],
  [{ status: "Pending review" }, "draft kept-as-draft"],
  [{ status: "private" }, "draft kept-as-draft"],
  [{ status: "future" }, "public 2026-11-20"],
  [{ status: "trash" }, "refused not-for-readers"],
  [{ status: "withdrawn" }, "refused not-for-readers"],
  [{ status: "lawyers" }, "refused unknown-visibility"],
  [{ status: 7 }, "refused unknown-visibility"],
  [{ deleted: true }, "refused not-for-readers"],
  [{ visibility: "public" }, "public 2026-11-20"],
  [{ visibility: "members" }, "draft kept-as-draft"],
  [{ visibility: "hidden" }, "draft kept-as-draft"],
  [{ password: "sesame" }, "draft kept-as-draft"],
  [{ embargo: LATER }, "public 2027-01-02"],
  [{ embargoed: LATER }, "public 2027-01-02"],
  [{ embargoed: true }, "draft kept-as-draft"],
  [{ embargoed: true, embargo_until: LATER }, "public 2027-01-02"],
  [{ status: "embargoed" }, "draft kept-as-draft"],
  [{ status: "embargoed", embargo: LATER }, "public 2027-01-02"],
  [{ embargo: "until the vote" }, "refused unknown-visibility"],
  [{ embargo: "2026-11-22" }, "refused unknown-visibility"],
  [{ publishDate: LATER }, "public 2027-01-02"],
  [{ publish_date: "2026-01-01T00:00:00Z" }, "public 2026-11-20"],
  [{ publishDate: "tomorrow" }, "refused unknown-visibility"],
  [{ expiryDate: LATER }, "public 2026-11-20 until 2027-01-02"],
  [{ expiryDate: LATER, expires: "2027-03-01T00:00:00Z" }, "public 2026-11-20 until 2027-01-02"],
  [{ expiryDate: "2020-01-01T00:00:00Z" }, "refused expires-before-published"],
  [{ state: "spiked" }, "refused not-for-readers"],
  [{ state: "Draft (review)" }, "refused unknown-visibility"],
  [{ embargoed: true, published_at: "2025-01-01T00:00:00Z" }, "draft kept-as-draft"],
  [{ embargo: true, pubdate: "2025-01-01T00:00:00Z" }, "draft kept-as-draft"],
  [{ status: "Embargoed", published: "2024-01-01T00:00:00Z" }, "draft kept-as-draft"],
  [{ embargoed: true, scheduled_for: LATER }, "public 2027-01-02"],
  [{ embargo_lifts_at: LATER }, "public 2027-01-02"],
  [{ embargoEndDate: "after the vote" }, "refused unknown-visibility"],
  [{ unpublished: true }, "draft kept-as-draft"],
  [{ confidential: "yes" }, "draft kept-as-draft"],
  [{ retracted: true }, "refused not-for-readers"],
  [{ expired: true }, "refused not-for-readers"],
  [{ deleted_at: "2025-01-01T00:00:00Z" }, "refused not-for-readers"],
  [{ publication_date: LATER }, "public 2027-01-02"],
  [{ publish_up: LATER, publish_down: "2028-01-01T00:00:00Z" }, "public 2027-01-02 until 2028-01-01"],
  [{ access: "private" }, "draft kept-as-draft"],
  [{ access: "level 3" }, "refused unknown-visibility"],
  [{ audience: "members" }, "draft kept-as-draft"],
  [{ audience: "gardeners" }, "public 2026-11-20"],
  [{ isAccessibleForFree: false }, "draft kept-as-draft"],
  [{ active: false }, "draft kept-as-draft"],
  [{ workflow_state: "draft" }, "draft kept-as-draft"],
  [{ state: "CA" }, "public 2026-11-20"],
  [{ state: "New South Wales" }, "public 2026-11-20"],
  [{ embargo_reason: "Speech" }, "public 2026-11-20 unknown-field"],
  [{ press_embargo: LATER }, "public 2027-01-02"],
  [{ embargo: "none" }, "public 2026-11-20"],
  [{ expiryDate: "never" }, "public 2026-11-20"],
  [{ online: "https://meet.example/1" }, "public 2026-11-20"],
  [{ killed: 3 }, "public 2026-11-20"],
  [{ hide: true }, "draft kept-as-draft"],
  [{ is_premium: true }, "draft kept-as-draft"],
  [{ do_not_publish: true }, "draft kept-as-draft"],
  [{ moderation_state: "draft" }, "draft kept-as-draft"],
  [{ audience: "only_paid" }, "draft kept-as-draft"],
  [{ audience: ["press", "members"] }, "draft kept-as-draft"],
  [{ access: ["public"] }, "public 2026-11-20"],
  [{ access: [] }, "public 2026-11-20"],
  [{ render: false }, "draft kept-as-draft"],
  [{ deleted_at: false }, "public 2026-11-20"],
  [{ password: false }, "public 2026-11-20"],
  [{ hold_until: LATER }, "public 2027-01-02"],
];

describe("a sign of visibility decides the same in every format with fields", () => {
  test.each(FIELDS)("%j: %s", (more, expected) => {
    // In TOML and in YAML's failsafe schema a number is also a text: it is an unknown word there, too.
    expect([ofJson(more), ofMarkdown(more), ofToml(more)].map(fateOf)).toEqual([
      expected,
      expected,
      expected,
    ]);
  });
});

test.each([
  [{ build: { render: "never" } }, "draft kept-as-draft"],
  [{ _build: { list: "never", render: "always" } }, "draft kept-as-draft"],
  [{ build: { render: "always" } }, "public 2026-11-20"],
  [{ build: { render: { nested: true } } }, "refused unknown-visibility"],
  [{ build: { list: "always", render: "always", publishResources: false } }, "public 2026-11-20"],
  [{ build: { list: "Never " } }, "draft kept-as-draft"],
  [{ permalink: false }, "draft kept-as-draft"],
  [{ params: { draft: true } }, "draft unknown-field kept-as-draft"],
  [{ extra: { embargo: "after the vote" } }, "draft unknown-field kept-as-draft"],
  [{ meta: { status: "evergreen" } }, "public 2026-11-20 unknown-field"],
  [{ _paper: { published: false } }, "draft unknown-field kept-as-draft"],
  [{ permalink: "/boats/" }, "public 2026-11-20"],
])("a site generator's %j: %s", (more, expected) => {
  expect([ofJson(more), ofMarkdown(more)].map(fateOf)).toEqual([expected, expected]);
});

describe("a ninjs item's sign of visibility decides", () => {
  test.each([
    [{ pubstatus: "usable" }, "public 2026-11-20"],
    [{ pubstatus: null }, "public 2026-11-20"],
    [{ pubstatus: "withheld" }, "draft"],
    [{ pubstatus: "canceled" }, "withdrawn"],
    [{ embargoed: LATER }, "public 2027-01-02"],
    [{ publish_schedule: "2027-01-02T03:04:05+0000" }, "public 2027-01-02"],
    [{ publish_schedule: null }, "public 2026-11-20"],
    [{ publish_schedule: "later" }, "refused unknown-visibility"],
    [{ schedule_settings: { utc_publish_schedule: LATER, time_zone: null } }, "public 2027-01-02"],
    [{ schedule_settings: { utc_embargo: LATER } }, "public 2027-01-02"],
    [{ state: "killed" }, "refused not-for-readers"],
    [{ state: "on_hold" }, "refused unknown-visibility"],
    [{ pubstatus: "stat:usable" }, "public 2026-11-20"],
    [{ pubstatus: "CANCELLED" }, "withdrawn"],
    [{ pubstatus: "withheld", pubStatus: "usable" }, "refused repeated-member"],
    [{ embargoed: LATER, Embargoed: "" }, "refused repeated-member"],
    [{ embargoed: "2020-01-01T00:00:00Z", embargoedreason: "Speech" }, "public 2026-11-20 unknown-field"],
    [{ state: "scheduled" }, "draft kept-as-draft"],
    [{ state: "scheduled", publish_schedule: LATER }, "public 2027-01-02"],
    [
      { versioncreated: null, embargoed: LATER, publish_schedule: "2020-01-01T00:00:00Z" },
      "public 2027-01-02",
    ],
    [{ versioncreated: null, embargoed: LATER, publishedAt: "2020-01-01T00:00:00Z" }, "public 2027-01-02"],
    [
      { versioncreated: null, schedule_settings: { utc_embargo: LATER }, pubDate: "2020-01-01T00:00:00Z" },
      "public 2027-01-02",
    ],
    [{ flags: { marked_for_not_publication: true } }, "draft unknown-field kept-as-draft"],
    [{ extra: { embargo: LATER } }, "public 2027-01-02"],
    [{ state: "in_progress" }, "draft kept-as-draft"],
    [{ published: false }, "draft kept-as-draft"],
    [{ expires: LATER }, "public 2026-11-20 until 2027-01-02"],
  ])("%j: %s", (more, expected) => {
    expect(fateOf(ofNinjs(more))).toBe(expected);
  });
});

test("no document with a sign that hides it is public, whatever other signs it has", () => {
  const hiding = [
    { draft: true },
    { published: false },
    { status: "pending" },
    { visibility: "private" },
    { password: "sesame" },
    { deleted: true },
    { status: "unheard of" },
    { embargoed: true },
    { status: "embargoed" },
    { access: "subscribers" },
  ];
  const showing = fc.record(
    {
      public: fc.constant(true),
      listed: fc.constant(true),
      hidden: fc.constant(false),
      post_status: fc.constantFrom("publish", "live"),
      publishDate: fc.constant(PUBLISHED),
      published_at: fc.constant("2020-01-01T00:00:00Z"),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.constantFrom(...hiding), showing, fc.boolean(), (hidden, shown, isFirst) => {
      const more = isFirst ? { ...hidden, ...shown } : { ...shown, ...hidden };
      for (const parsed of [ofJson(more), ofMarkdown(more), ofToml(more), ofNinjs(more)]) {
        expect(parsed.ok && parsed.upload.action === "publish").toBe(false);
      }
    }),
  );
});

test("whatever JSON a sign has, the answer is a draft or an issue with a place, and nothing is thrown", () => {
  const sign = fc.constantFrom(
    "draft",
    "build",
    "permalink",
    "status",
    "embargo",
    "password",
    "publishDate",
    "params",
  );
  const strange = fc.constantFrom<unknown>(
    { toString: 1, valueOf: 1 },
    [{ toString: 1 }],
    { draft: { toString: 1 } },
    Array.from({ length: 5000 }).reduce<unknown>((inner) => [inner], 0),
  );
  fc.assert(
    fc.property(sign, fc.oneof(strange, fc.jsonValue()), (key, value) => {
      for (const parsed of [ofJson({ [key]: value }), ofNinjs({ [key]: value })]) {
        expect(parsed.ok || parsed.issues.every(({ path }) => path !== undefined)).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});

test("an issue and a warning show the sign as it is written, but no password", () => {
  expect([
    found(ofJson({ Visibility: "Members only" })),
    found(ofJson({ status: "lawyers" })),
    found(ofJson({ password: "sesame" })),
  ]).toEqual([["/Visibility Visibility: Members only"], ["/status status: lawyers"], ["/password password"]]);
});

test.each(["draft ", " Draft", "D_raft", "is-draft", "dr\u00ADaft", "draft\u200B"])(
  "a variant of a sign's name hides the document, too: %j",
  (key) => {
    expect(fateOf(ofJson({ [key]: true }))).toBe("draft kept-as-draft");
  },
);

test.each([
  ["SOFT_TRASHED", "gone"],
  ["auto-draft", "draft"],
  [" Live ", "public"],
  ["in progress", "draft"],
  ["scheduled", "scheduled"],
  ["", undefined],
  ["constructor", undefined],
])("the word %j means %s", (word, expected) => {
  expect(visibilityOf(word)).toBe(expected);
});
