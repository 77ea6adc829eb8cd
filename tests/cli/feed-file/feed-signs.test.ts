/** The signs by which feeds hide an item, or limit its time: no hidden item becomes public. */
import { deepEqual, equal, throws } from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { parseJson } from "../../../src/upload/json/json.ts";
import type { Site } from "../../../src/article/site.ts";
import { atomOf, itemsOf, rdfOf, rssOf } from "./feed.ts";

const NOW = Date.parse("2026-10-02T07:00:00Z");
const APP = "http://www.w3.org/2007/app";
const EARLIER_APP = "http://purl.org/atom/app#";

const SITE: Site = {
  url: "https://news.example",
  title: "The Courier",
  description: "News",
  language: "en",
  timeZone: "UTC",
  publisher: { name: "The Courier" },
  authority: "news.example",
  since: "2026-01-01",
  sections: [],
  feeds: [],
  newSections: "open",
  itemsPerFeed: 20,
  hub: undefined,
};

const BODY = "<title>Old harbour</title><description>The harbour is old.</description>";

const FORMATS: Record<string, (...items: string[]) => string> = {
  Atom: (...items) =>
    atomOf(
      ...items.map((item) =>
        item.replaceAll("description>", "summary>").replaceAll("media:summary", "media:description"),
      ),
    ),
  "RSS 2.0": rssOf,
  "RSS 1.0": (...items) =>
    rdfOf(Object.fromEntries(items.map((item, place) => [`https://old.example/${place}`, item]))),
};

/** The state of each item of a feed for a reader at NOW. */
function fatesOf(feed: string): string[] {
  return itemsOf(feed).map(({ outcome }) => {
    if (outcome.kind !== "draft") return outcome.kind;
    const parsed = parseJson(Buffer.from(JSON.stringify(outcome.draft)), SITE);
    if (!parsed.ok) return "refused by the site";
    if (parsed.upload.action !== "publish") return parsed.upload.action;
    const { published, expires } = parsed.upload.draft;
    if (published > NOW) return "scheduled";
    return typeof expires === "number" && expires <= NOW ? "expired" : "public";
  });
}

const DRAFT = "<app:control><app:draft>yes</app:draft></app:control>";

const SIGNS: [item: string, fate: string][] = [
  // RFC 5023, section 13.1.1, as XML may spell it.
  [DRAFT, "keep-as-draft"],
  [
    DRAFT.replaceAll("app:", "pub:").replace("<pub:control", `<pub:control xmlns:pub="${EARLIER_APP}"`),
    "keep-as-draft",
  ],
  [DRAFT.replaceAll("app:", "a-b.c:").replace("control", `control xmlns:a-b.c='${APP}'`), "keep-as-draft"],
  [`<control xmlns="${APP}"><draft>yes</draft></control>`, "keep-as-draft"],
  [`<control xml:lang="en" xmlns="${APP}"><draft>yes</draft></control>`, "keep-as-draft"],
  [`<control xmlns="${EARLIER_APP}"><!-- not yet --><draft>yes</draft></control>`, "keep-as-draft"],
  [`<control xmlns="${APP}"><edited/><draft >yes</draft ></control>`, "keep-as-draft"],
  [`<app:control><draft xmlns="${APP}">yes</draft></app:control>`, "keep-as-draft"],
  [`<app:control><draft xmlns="${EARLIER_APP}">yes</draft></app:control>`, "keep-as-draft"],
  [`<app:control/>${DRAFT}`, "keep-as-draft"],
  [`<app:draft>yes</app:draft>`, "keep-as-draft"],
  ...["<![CDATA[yes]]>", "1", "true", "maybe", "YES", "no<!-- --> way", "", "&#121;es", "<b>no</b>"].map(
    (value): [string, string] => [DRAFT.replace("yes", value), "keep-as-draft"],
  ),
  [DRAFT.replace("yes", "no"), "public"],
  [DRAFT.replace("yes", " <![CDATA[no]]>\n"), "public"],
  ["<app:control/>", "public"],
  ["<draft>yes</draft>", "public"],
  // Media RSS 1.5.1.
  ['<media:status state="deleted"/>', "left-out"],
  ['<media:status state=" Blocked "/>', "left-out"],
  ['<status xmlns="http://search.yahoo.com/mrss/" state="deleted"/>', "left-out"],
  ['<media:status state="active"/>', "public"],
  // Dublin Core and PRISM.
  ["<dcterms:valid>start=2099-01-01T00:00:00Z</dcterms:valid>", "scheduled"],
  ["<dcterms:valid>start=2099-01-01T00:00:00Z; end=2100-01-01T00:00:00Z;</dcterms:valid>", "scheduled"],
  ["<dcterms:valid>2026-01-01T00:00:00Z</dcterms:valid>", "expired"],
  [
    "<dcterms:valid>end=2099-01-01T00:00:00Z</dcterms:valid><dcterms:valid>end=2026-01-01T00:00:00Z</dcterms:valid>",
    "expired",
  ],
  ["<dcterms:valid>name=The wet years; scheme=W3C-DTF</dcterms:valid>", "refused"],
  ["<dcterms:valid>start=soon</dcterms:valid>", "refused"],
  ["<dcterms:valid><dcterms:Period>start=2099-01-01T00:00:00Z</dcterms:Period></dcterms:valid>", "scheduled"],
  ['<valid xmlns="https://purl.org/dc/terms">start=2099-01-01T00:00:00Z</valid>', "scheduled"],
  ["<dcterms:valid/>", "public"],
  ["<dcterms:available>2099-01-01T00:00:00Z</dcterms:available>", "scheduled"],
  ["<dcterms:available>start=2099-01-01T00:00:00Z</dcterms:available>", "scheduled"],
  ["<dcterms:available>end=2026-01-01T00:00:00Z</dcterms:available>", "expired"],
  ["<dcterms:available>next week</dcterms:available>", "refused"],
  ["<dcterms:available>2020-01-01T00:00:00Z</dcterms:available>", "public"],
  ["<prism:embargoDate>2099-01-01T00:00:00Z</prism:embargoDate>", "scheduled"],
  ["<prism:embargoDate>2020-01-01T00:00:00Z</prism:embargoDate>", "public"],
  ["<prism:embargoDate>tomorrow</prism:embargoDate>", "refused"],
  ["<prism:expirationDate>2026-01-01T00:00:00Z</prism:expirationDate>", "expired"],
  [
    "<prism:expirationDate>2099-01-01T00:00:00Z</prism:expirationDate><prism:killDate>2026-01-01T00:00:00Z</prism:killDate>",
    "expired",
  ],
  [
    "<p:killDate xmlns:p='http://prismstandard.org/namespaces/1.2/basic/'>2026-01-01T00:00:00Z</p:killDate>",
    "expired",
  ],
];

for (const [format, feedOf] of Object.entries(FORMATS)) {
  for (const [sign, fate] of SIGNS) {
    test(`${format}: ${sign} makes its item ${fate}, and not its neighbours`, () => {
      deepEqual(fatesOf(feedOf(BODY, BODY + sign, BODY)).toSorted(), ["public", "public", fate].toSorted());
    });
  }
}

test("the reasons quote the feed", () => {
  const feed = rssOf(BODY + DRAFT, `${BODY}<media:status state=" Blocked " reason="By order"/>`);
  const reasons = itemsOf(feed).map(({ outcome }) =>
    outcome.kind === "draft" ? outcome.warnings.map(({ detail }) => detail).join("") : outcome.reason,
  );
  deepEqual(reasons.toSorted(), [
    "The feed says that this item is Blocked: By order",
    "The feed says that this item is a draft.",
  ]);
});

const times = (date: string, embargo: string, start: string, available: string): string =>
  `<pubDate>${date}</pubDate><prism:embargoDate>${embargo}</prism:embargoDate><dcterms:valid>start=${start};end=2031-01-01T00:00:00Z` +
  `</dcterms:valid><dcterms:available>start=${available};end=2032-01-01T00:00:00Z</dcterms:available>` +
  "<prism:expirationDate>2030-01-01T00:00:00Z</prism:expirationDate><prism:killDate>2033-01-01T00:00:00Z</prism:killDate>";

test("an item is published at the latest of its start times, and expires at the earliest of its end times", () => {
  fc.assert(
    fc.property(
      fc.tuple(...[0, 1, 2, 3].map(() => fc.integer({ min: 1_000_000_000, max: 1_800_000_000 }))),
      (seconds) => {
        const [a = "", b = "", c = "", d = ""] = seconds.map((second) =>
          new Date(second * 1000).toISOString(),
        );
        const [item] = itemsOf(rssOf(times(a, b, c, d)));
        const draft = item?.outcome.kind === "draft" ? item.outcome.draft : undefined;
        equal(draft?.date_published, [a, b, c, d].toSorted().at(-1));
        equal(draft?.expires, "2030-01-01T00:00:00.000Z");
      },
    ),
  );
});

test("an item without a date is published when it becomes available", () => {
  const feed = rssOf(`${BODY}<dcterms:available>2099-01-01T00:00:00Z</dcterms:available>`);
  deepEqual(fatesOf(feed.replace(/<pubDate>.*<\/pubDate>/, "")), ["scheduled"]);
});

for (const [format, feedOf] of Object.entries(FORMATS)) {
  test(`${format}: of many items only those with a sign are hidden`, () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 30 }), (marks) => {
        const items = marks.map(
          (isDraft, place) => `<title>${place} ${isDraft}</title>${isDraft ? DRAFT : ""}`,
        );
        const drafts = itemsOf(feedOf(...items)).map(({ outcome }) =>
          outcome.kind === "draft" ? `${outcome.draft.title} ${outcome.draft.draft ?? false}` : "",
        );
        deepEqual(
          drafts.toSorted(),
          marks.map((isDraft, place) => `${place} ${isDraft} ${isDraft}`).toSorted(),
        );
      }),
      { numRuns: 30 },
    );
  });
}

test("an empty item doesn’t move the signs of others", () => {
  const feed = rssOf(BODY, BODY + DRAFT).replace("<item>", "<item/><item> </item><item>");
  deepEqual(fatesOf(feed), ["keep-as-draft", "public"]);
});

test("the items of RSS 1.0 keep their own signs in any order of the table of contents", () => {
  const feed = rdfOf({ "urn:1": `<title>1</title>${DRAFT}`, "urn:2": "<title>2</title>" }, [
    "urn:2",
    "urn:1",
  ]);
  deepEqual(
    itemsOf(feed)
      .map(({ label, outcome }) => `${label} ${outcome.kind === "draft" && outcome.draft.draft}`)
      .toSorted(),
    ["urn:1 true", "urn:2 undefined"],
  );
});

for (const [title, feed] of [
  ["is no well-formed XML, though most readers accept it", rssOf(`${BODY}${DRAFT}<x>&</x>`)],
  ["has an undeclared prefix", rssOf(`${BODY}<y:draft>yes</y:draft>`)],
  ["has an item that the parser skips", rssOf(BODY + DRAFT).replace("<item>", "<item><x>y</x></item><item>")],
] as const) {
  test(`a feed that has such a sign and ${title} is refused as a whole`, () => {
    throws(
      () => itemsOf(feed),
      /^Error: The feed may say who can see its items and when, but not in a way that is certain/,
    );
  });
}

test("a feed without such a sign need not be well-formed", () => {
  deepEqual(fatesOf(rssOf(`${BODY}<x>&</x>`)), ["public"]);
});

// JSON Feed

const ITEM = {
  id: "1",
  title: "Old harbour",
  content_text: "The harbour is old.",
  date_published: "2025-11-04T07:07:06Z",
  tags: ["Sea"],
};

function jsonOf(...items: object[]): string {
  return JSON.stringify({ version: "https://jsonfeed.org/version/1.1", title: "Old", items });
}

for (const [members, fate] of [
  [{}, "public"],
  [{ draft: true }, "keep-as-draft"],
  [{ published: false }, "keep-as-draft"],
  [{ Status: "pending" }, "keep-as-draft"],
  [{ visibility: "private" }, "keep-as-draft"],
  [{ password: "p" }, "keep-as-draft"],
  [{ embargo_until: "2099-01-02T03:04:05Z" }, "scheduled"],
  [{ publish_at: "2099-01-02T03:04:05Z" }, "scheduled"],
  [{ status: "trash" }, "refused by the site"],
  [{ expires: "2026-01-01T00:00:00Z" }, "expired"],
  [{ Expires: "2026-01-01T00:00:00Z" }, "expired"],
  [{ unpublish_at: "2026-01-01T00:00:00Z" }, "expired"],
  [{ expires: 1_700_000_000 }, "refused"],
  [{ expires: { at: "2026-01-01T00:00:00Z" } }, "refused"],
  [{ expires: null }, "public"],
] as const) {
  test(`JSON Feed: ${JSON.stringify(members)} makes its item ${fate}`, () => {
    deepEqual(fatesOf(jsonOf({ ...ITEM, ...members })), [fate]);
  });
}

test("JSON Feed: only the item whose id has more digits than a number keeps is refused", () => {
  const feed = jsonOf({ ...ITEM, id: "DIGITS" }, { ...ITEM, id: 7 }).replace(
    '"DIGITS"',
    "110000000000000001",
  );
  const kinds = itemsOf(feed).map(({ outcome }) => outcome.kind);
  deepEqual(kinds.toSorted(), ["draft", "refused"]);
});

test("JSON Feed: an item's sections and short title are read", () => {
  const [item] = itemsOf(jsonOf({ ...ITEM, sections: ["Sport", " "], short_title: "Caf&eacute;" }), []);
  const draft = item?.outcome.kind === "draft" ? item.outcome.draft : undefined;
  deepEqual([draft?.sections, draft?.short_title], [["Sport"], "Café"]);
});

test("JSON Feed: the members that say who may see an item go to the site unchanged", () => {
  const signs = {
    published: false,
    Status: "pending",
    embargo_until: "2027-01-02T03:04:05Z",
    password: "p",
    meta: { a: 1 },
  };
  const feed = jsonOf(
    {},
    { ...ITEM, ...signs, expires: "2028-01-01T00:00:00Z", _other: 1 },
    { ...ITEM, id: "2" },
  );
  const [shown, hidden] = itemsOf(feed).map(({ outcome }) =>
    outcome.kind === "draft" ? outcome.draft : undefined,
  );
  deepEqual({ ...hidden }, { ...shown, guid: "1", ...signs, expires: "2028-01-01T00:00:00.000Z" });
});
