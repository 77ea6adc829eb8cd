/** The ninjs parser: the IPTC's news in JSON in, a draft, a withdrawal or every problem out. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Draft } from "../../../src/article/article.ts";
import type { Site } from "../../../src/article/site.ts";
import type { Issue, Parsed, Upload } from "../../../src/upload/issue.ts";
import { parseJson } from "../../../src/upload/json/json.ts";
import { parseNinjs } from "../../../src/upload/ninjs/ninjs.ts";
import { site } from "../../support/site.ts";

const URI = "urn:newsml:agency.example:20251104:1";
const TIME = "2025-11-04T07:07:06Z";

/** The same article in the members of each major version. */
const VERSION_1 = {
  uri: URI,
  type: "text",
  versioncreated: TIME,
  pubstatus: "usable",
  headline: "The headline",
  description_text: "The summary.",
  body_html: "<p>The body.</p>",
  byline: "Jane Roe",
  subject: [{ name: "Politics", code: "11000000" }, { name: "Budget" }],
};
const VERSION_2 = {
  uri: URI,
  type: "text",
  versioncreated: TIME,
  pubstatus: "usable",
  headlines: [{ role: "main", value: "The headline" }],
  descriptions: [{ contenttype: "text/plain", value: "The summary." }],
  bodies: [{ contenttype: "text/html", value: "<p>The body.</p>" }],
  by: "Jane Roe",
  subjects: [{ name: "Politics", literal: "11000000" }, { name: "Budget" }],
};
const VERSION_3 = {
  uri: URI,
  type: "text",
  versionCreated: TIME,
  pubStatus: "usable",
  headlines: [{ role: "main", value: "The headline" }],
  descriptions: [{ contentType: "text/plain", value: "The summary." }],
  bodies: [{ contentType: "text/html", value: "<p>The body.</p>" }],
  by: "Jane Roe",
  subjects: [{ name: "Politics", literal: "11000000" }, { name: "Budget" }],
};

const DRAFT: Draft = {
  sections: [{ id: "politics", title: "Politics" }],
  headline: "The headline",
  summary: "The summary.",
  html: "<p>The body.</p>",
  text: "The body.",
  authors: [{ name: "Jane Roe" }],
  tags: ["Budget"],
  language: "en",
  attachments: [],
  published: Date.parse(TIME),
};

function parse(item: unknown, at: Site = site): Parsed {
  return parseNinjs(new TextEncoder().encode(JSON.stringify(item)), at);
}

function uploadOf(item: object, at: Site = site): Upload {
  const parsed = parse(item, at);
  if (!parsed.ok) throw new Error(`Refused: ${JSON.stringify(parsed.issues)}`);
  return parsed.upload;
}

function draftOf(more: object, at: Site = site): Draft {
  const upload = uploadOf({ ...VERSION_3, ...more }, at);
  if (upload.action === "withdraw") throw new Error("A withdrawal");
  return upload.draft;
}

function renditionAt(href: string): object[] {
  return [{ href, contentType: "image/jpeg", width: "1000" }];
}

type Short = Pick<Issue, "path" | "field" | "reason">;

function short(issues: readonly Issue[]): Short[] {
  return issues.map(({ path, field, reason }) => ({ path, field, reason }));
}

function issuesOf(item: unknown, at: Site = site): Short[] {
  const parsed = parse(item, at);
  return parsed.ok ? [] : short(parsed.issues);
}

describe("a ninjs item", () => {
  test.each([
    ["1", VERSION_1],
    ["2", VERSION_2],
    ["3", VERSION_3],
  ])("of version %s becomes a draft, without a warning", (_version, item) => {
    const upload = { action: "publish", guid: URI, draft: DRAFT };
    expect(parse(item)).toEqual({ ok: true, upload, warnings: [] });
  });

  test.each([
    ["has a uri and a status", VERSION_2],
    ["says which standard it keeps to", { ...VERSION_1, pubstatus: undefined, $standard: { name: "ninjs" } }],
    ["says so as version 3 does", { ...VERSION_3, pubStatus: undefined, standard: { name: "ninjs" } }],
  ])("is recognised under JSON's own media type where it %s", (_what, item) => {
    const parsed = parseJson(new TextEncoder().encode(JSON.stringify(item)), site);
    expect(parsed.ok && parsed.upload.guid).toBe(URI);
  });

  test("that is withheld is kept as a draft", () => {
    expect(uploadOf({ ...VERSION_3, pubStatus: "withheld" }).action).toBe("keep-as-draft");
  });

  test("that says nothing of its status is published", () => {
    expect(uploadOf({ ...VERSION_3, pubStatus: undefined }).action).toBe("publish");
  });

  test("that is canceled is a withdrawal, which needs only its uri and leaves out its editor's note", () => {
    expect(parse({ uri: URI, pubstatus: "canceled", ednote: "Sources wrong." })).toEqual({
      ok: true,
      upload: { action: "withdraw", guid: URI },
      warnings: [],
    });
  });

  test.each([
    [
      "was first created",
      { firstCreated: "2025-11-01T00:00:00Z", contentCreated: "2025-10-01T00:00:00Z" },
      "2025-11-01",
    ],
    ["was created in this version, else", { contentCreated: "2025-10-01T00:00:00Z" }, "2025-11-04"],
    [
      "has its content from, else",
      { versionCreated: undefined, contentCreated: "2025-10-01T00:00:00Z" },
      "2025-10-01",
    ],
    ["is free of its embargo", { embargoedUntil: "2026-01-01T00:00:00Z" }, "2026-01-01"],
    ["was free of its embargo in version 1", { embargoed: "2026-01-01T00:00:00Z" }, "2026-01-01"],
    [
      "was created, if its embargo was over by then",
      { embargoedUntil: "2025-01-01T00:00:00Z" },
      "2025-11-04",
    ],
  ])("is published at the time when it %s", (_what, more, day) => {
    expect(new Date(draftOf(more).published).toISOString().slice(0, 10)).toBe(day);
  });

  test("expires at the time that it gives", () => {
    expect(draftOf({ expires: "2026-01-01T00:00:00Z" }).expires).toBe(Date.parse("2026-01-01T00:00:00Z"));
  });

  test("has its main headline, and prefers HTML to plain text", () => {
    const more = {
      headlines: [{ value: "A kicker" }, { role: "main", value: "The headline" }],
      bodies: [
        { role: "main", contentType: "text/plain", value: "Plain." },
        { contentType: "application/nitf+xml", value: "<nitf/>" },
        { role: "rich", contentType: "application/xhtml+xml", value: "<p>Rich.</p>" },
      ],
    };
    const { headline, html } = draftOf(more);
    expect({ headline, html }).toEqual({ headline: "The headline", html: "<p>Rich.</p>" });
  });

  test.each([
    ["plain text", "A\n\nB & c", "<p>A</p>\n<p>B &amp; c</p>"],
    ["HTML", " <p>A</p>", "<p>A</p>"],
  ])("has a body without a type, which is read as %s by its beginning", (_what, value, html) => {
    expect(draftOf({ bodies: [{ value }] }).html).toBe(html);
  });

  test.each([
    ["plain text", "text/plain", "A\nb.\n\n C  c."],
    ["HTML", "text/html", "<p>A\nb.</p><p>C <em>c.</em></p>"],
  ])("keeps the paragraphs of a description in %s", (_what, contentType, value) => {
    expect(draftOf({ descriptions: [{ contentType, value }] }).summary).toBe("A b.\n\nC c.");
  });

  test("has plain text for a summary where its description is HTML", () => {
    expect(
      draftOf({ descriptions: [{ contentType: "text/html", value: "<p>A <b>b</b></p>" }] }).summary,
    ).toBe("A b");
  });

  test.each([
    ["by code", [{ name: "Human rights issues", literal: "human-rights" }], ["human-rights"], []],
    ["by name, whatever its letters", [{ name: "HUMAN RIGHTS" }], ["human-rights"], []],
    [
      "several, each once",
      [{ name: "Sport" }, { name: "Politics" }, { name: "sport" }],
      ["sport", "politics"],
      [],
    ],
    ["none: the first opens one", [{ name: "Tax" }, { name: "Budget" }], ["tax"], ["Budget"]],
  ])("finds its sections among its subjects %s", (_what, subjects, sections, tags) => {
    const draft = draftOf({ subjects });
    expect([draft.sections.map(({ id }) => id), draft.tags]).toEqual([sections, tags]);
  });

  test("finds a section among its genres", () => {
    const { sections, tags } = draftOf({ subjects: [{ name: "Tax" }], genres: [{ name: "Business" }] });
    expect([sections.map(({ id }) => id), tags]).toEqual([["business"], ["Tax"]]);
  });

  test("has no section where none of its subjects is one and the site rejects new ones", () => {
    const item = { ...VERSION_3, subjects: [{ name: "Tax" }] };
    expect(issuesOf(item, { ...site, newSections: "reject" })).toEqual([
      { path: "/subjects", field: "sections", reason: "missing-sections" },
    ]);
  });

  test("without a by-line has the writers among its people and sources as authors, and nobody else", () => {
    const more = {
      by: undefined,
      people: [
        { name: "Mary Major", rel: "about" },
        { name: "Jane Roe", rel: "author" },
      ],
      infoSources: [{ name: "John Doe", role: "writer" }, { name: "The Agency" }],
    };
    expect(draftOf(more).authors).toEqual([{ name: "Jane Roe" }, { name: "John Doe" }]);
  });

  test("has the widest rendition that a page can show of its first picture, with its description and credit", () => {
    const renditions = [
      {
        name: "original",
        href: "https://a.example/1.jpg",
        contentType: "image/jpeg",
        width: 5000,
        height: 4000,
      },
      {
        name: "thumbnail",
        href: "https://a.example/2.jpg",
        contentType: "image/jpeg",
        width: 200,
        height: 160,
      },
      { name: "web", href: "https://a.example/3.jpg", contentType: "image/jpeg", width: 1000, height: 800 },
      { name: "film", href: "https://a.example/4.mp4", contentType: "video/mp4", width: 1920, height: 1080 },
    ];
    const picture = {
      name: "a",
      type: "picture",
      descriptions: [{ value: "A  harbour." }],
      by: "John Doe",
      renditions,
    };
    const film = { name: "b", type: "video", renditions };
    expect(draftOf({ associations: [film, picture] }).image).toEqual({
      url: "https://a.example/3.jpg",
      width: 1000,
      height: 800,
      alt: "A harbour.",
      credit: "John Doe",
    });
  });

  test("gets a warning of every picture, film and sound for which an article has no place, and shows its own picture by https", () => {
    const associations = [
      { type: "picture", renditions: renditionAt("http://a.example/1.jpg") },
      { type: "picture", renditions: renditionAt("https://a.example/2.jpg") },
      { type: "video", renditions: [{ href: "https://a.example/3.mp4", contentType: "video/mp4" }] },
      { type: "text" },
    ];
    expect(draftOf({ associations }).image).toEqual({ url: "https://a.example/1.jpg", width: 1000 });
    const { warnings } = parse({ ...VERSION_3, associations });
    expect(warnings.map(({ path, reason, found }) => [path, reason, found])).toEqual([
      ["/associations", "further-media", "https://a.example/2.jpg https://a.example/3.mp4"],
      ["/associations", "raised-to-https", "http://a.example/1.jpg"],
    ]);
  });

  test("has plain text for a body where its HTML is blank", () => {
    const upload = uploadOf({ ...VERSION_1, body_html: " ", body_text: "Hello." });
    expect(upload.action === "publish" && upload.draft.html).toBe("<p>Hello.</p>");
  });

  test("of version 1 may have its associations and renditions under names", () => {
    const renditions = { web: { href: "https://a.example/1.jpg", mimetype: "image/jpeg", width: 1000 } };
    const associations = { main: { type: "picture", description_text: "A harbour.", renditions } };
    const upload = uploadOf({ ...VERSION_1, associations });
    expect(upload.action === "publish" && upload.draft.image).toEqual({
      url: "https://a.example/1.jpg",
      width: 1000,
      alt: "A harbour.",
    });
  });

  test("gets a warning of members that no version of ninjs knows, and of no other", () => {
    const more = {
      urgency: 3,
      placesOfInterest: [],
      slugline: "a",
      body_nitf: "b",
      rightsInfo: {},
      altIds: [],
    };
    expect(short(parse({ ...VERSION_3, ...more }).warnings)).toEqual([
      { path: "/placesOfInterest", field: "document", reason: "unknown-field" },
    ]);
  });

  test("gets a warning of each part that was removed from its body", () => {
    const bodies = [{ contentType: "text/html", value: "<p>A</p><script></script>" }];
    expect(short(parse({ ...VERSION_3, bodies }).warnings)).toEqual([
      { path: "/bodies/0/value", field: "body", reason: "removed-element" },
    ]);
  });
});

describe("a ninjs item as Superdesk writes it", () => {
  /** The members of Superdesk's own format, with the nulls that it leaves in. */
  const SUPERDESK = {
    guid: URI,
    version: "2",
    type: "text",
    pubstatus: "usable",
    priority: 6,
    urgency: 3,
    language: "en",
    firstcreated: "2025-11-04T07:07:06+0000",
    versioncreated: "2025-11-04T09:00:00+0000",
    headline: "The headline",
    description_text: "The summary.",
    body_html: "<p>The body.</p>",
    byline: null,
    ednote: null,
    slugline: "harbour",
    place: [],
    associations: { featuremedia: null },
    subject: [{ code: "11000000", name: "Politics", scheme: null }, { name: "Budget" }],
    service: [
      { code: "a", name: "Sport" },
      { code: "b", name: "Regional" },
    ],
    keywords: ["harbour", "Budget"],
    authors: [
      { name: "Jane Roe", role: "writer", biography: "", avatar_url: null },
      { name: "Ann Other", role: "editor" },
      { name: "John Doe" },
    ],
    source: "Agency",
    profile: "article",
    readtime: 0,
    annotations: [],
  };

  test("becomes a draft, without a warning", () => {
    expect(parse(SUPERDESK)).toEqual({
      ok: true,
      upload: {
        action: "publish",
        guid: URI,
        draft: {
          ...DRAFT,
          sections: [
            { id: "politics", title: "Politics" },
            { id: "sport", title: "Sport" },
          ],
          tags: ["Budget", "Regional", "harbour"],
          authors: [{ name: "Jane Roe" }, { name: "John Doe" }],
        },
      },
      warnings: [],
    });
  });

  test("is recognised under JSON's own media type by its guid and its status", () => {
    const parsed = parseJson(new TextEncoder().encode(JSON.stringify(SUPERDESK)), site);
    expect(parsed.ok && parsed.upload.guid).toBe(URI);
  });

  test.each([
    [{ authors: [], byline: "By Jane Roe" }, ["Jane Roe"]],
    [{ authors: null, byline: "BY JANE ROE" }, ["JANE ROE"]],
    [{ authors: [], byline: "Byron Lord" }, ["Byron Lord"]],
    [{ authors: [{ name: null, role: "writer" }], byline: "Jane Roe <jane@desk.example>" }, ["Jane Roe"]],
  ])("has authors: %j", (more, expected) => {
    const upload = uploadOf({ ...SUPERDESK, ...more });
    expect(upload.action === "publish" && upload.draft.authors.map(({ name }) => name)).toEqual(expected);
  });

  test("without a subject has the sections of the request", () => {
    const { subject: _subject, service: _service, ...item } = SUPERDESK;
    const parsed = parseNinjs(new TextEncoder().encode(JSON.stringify(item)), site, ["Politics"]);
    expect(parsed.ok && parsed.upload.action === "publish" && parsed.upload.draft.sections).toEqual([
      { id: "politics", title: "Politics" },
    ]);
  });
});

describe("a ninjs item loses a part that is wrong, and its editor gets a warning:", () => {
  test.each([
    ["a language", { language: "english" }, "/language"],
    ["a person", { people: [{ name: 1 }] }, "/people/0/name"],
    ["a subject of several", { subjects: [{ name: "Politics" }, "Budget"] }, "/subjects/1"],
    ["a keyword", { keywords: [1] }, "/keywords/0"],
    [
      "a rendition",
      { associations: [{ name: "a", type: "picture", renditions: [{ name: "b", href: 1 }] }] },
      "/associations/0/renditions/0/href",
      "further-media",
    ],
  ])("%s", (_what, more, path, ...also) => {
    const parsed = parse({ ...VERSION_3, ...more });
    const [first, ...others] = short(parsed.warnings);
    expect([parsed.ok, first?.path, others.map(({ reason }) => reason)]).toEqual([true, path, also]);
  });
});

describe("a ninjs item is refused", () => {
  test.each([
    ["a uri", { uri: 1 }, "/uri", "guid", "wrong-type"],
    ["a uri that is none", { uri: "story 1" }, "/uri", "guid", "not-a-uri"],
    ["another type", { type: "picture" }, "/type", "document", "not-a-text"],
    ["a status", { pubStatus: "live" }, "/pubStatus", "status", "no-such-status"],
    ["a time", { versionCreated: "yesterday" }, "/versionCreated", "published", "not-a-time"],
    ["an embargo", { embargoedUntil: 1 }, "/embargoedUntil", "published", "wrong-type"],
    ["an expiry", { expires: "soon" }, "/expires", "expires", "not-a-time"],
    ["an expiry that comes first", { expires: TIME }, "/expires", "expires", "expires-before-published"],
    ["headlines", { headlines: "a" }, "/headlines", "headline", "wrong-type"],
    [
      "a headline without words",
      { headlines: [{ role: "main" }] },
      "/headlines/0/value",
      "headline",
      "missing-field",
    ],
    ["no headline", { headlines: [] }, "/headlines", "headline", "missing-headline"],
    ["a long headline", { headlines: [{ value: "a".repeat(1001) }] }, "/headlines", "headline", "too-long"],
    [
      "many subjects",
      { subjects: Array.from({ length: 101 }, () => ({})) },
      "/subjects",
      "sections",
      "too-many",
    ],
    ["descriptions", { descriptions: {} }, "/descriptions", "summary", "wrong-type"],
    ["a body", { bodies: [{ value: 1 }] }, "/bodies/0/value", "body", "wrong-type"],
    [
      "no body that can be read",
      { bodies: [{ contentType: "application/xml", value: "<a/>" }] },
      "/bodies",
      "body",
      "missing-body",
    ],
    [
      "a body of which nothing stays",
      { bodies: [{ value: "<script></script>" }] },
      "/bodies/0/value",
      "body",
      "missing-body",
    ],
    ["subjects", { subjects: "a" }, "/subjects", "sections", "wrong-type"],
    ["subjects of which none is one", { subjects: ["a"] }, "/subjects", "sections", "missing-sections"],
    ["a uri of nothing but what is removed", { uri: "\u0001" }, "/uri", "guid", "not-a-uri"],
    ["no subject", { subjects: [] }, "/subjects", "sections", "missing-sections"],
    ["a by-line", { by: ["a"] }, "/by", "authors", "wrong-type"],
    ["people", { people: 1 }, "/people", "authors", "wrong-type"],
    ["a language", { language: 1 }, "/language", "language", "wrong-type"],
    ["associations", { associations: 1 }, "/associations", "image", "wrong-type"],
  ])("for %s", (_what, more, path, field, reason) => {
    expect(issuesOf({ ...VERSION_3, ...more })).toEqual([{ path, field, reason }]);
  });

  test("without a uri, even where it is canceled", () => {
    expect(issuesOf({ pubStatus: "canceled" })).toEqual([
      { path: "/uri", field: "guid", reason: "missing-uri" },
    ]);
  });

  test("for all missing members at once", () => {
    expect(issuesOf({ uri: URI }).map(({ path, reason }) => [path, reason])).toEqual([
      ["/subjects", "missing-sections"],
      ["/headlines", "missing-headline"],
      ["/firstcreated", "missing-time"],
      ["/bodies", "missing-body"],
    ]);
  });
});

test("whatever members come, the answer is an upload or at least one issue with a place, and nothing is thrown", () => {
  const members = Object.keys({ ...VERSION_1, ...VERSION_2, ...VERSION_3 });
  const key = fc.constantFrom(
    ...members,
    "associations",
    "renditions",
    "people",
    "value",
    "name",
    "__proto__",
  );
  const { item } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.constantFrom(TIME, URI, "text", "<p>a", "", 1, true, null),
      tie("item"),
      fc.array(tie("item"), { maxLength: 2 }),
    ),
    item: fc.dictionary(key, tie("value"), { maxKeys: 6 }),
  }));
  fc.assert(
    fc.property(item, (document) => {
      const parsed = parse(document);
      const issues = parsed.ok ? [] : parsed.issues;
      expect(issues.map(({ path }) => path)).not.toContain(undefined);
      expect(parsed.ok || issues.length > 0).toBe(true);
    }),
    { numRuns: 100 },
  );
});
