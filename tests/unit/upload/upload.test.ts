/** The wire parser, and the table of parsers: bytes in, a draft or every problem out. */
import fc from "fast-check";
import { SaxesParser } from "saxes";
import { describe, expect, test } from "vitest";
import type { Draft } from "../../../src/article/article.ts";
import { withBlanks, withoutForbidden } from "../../../src/article/characters.ts";
import { withoutDirections } from "../../../src/article/direction.ts";
import type { Site } from "../../../src/article/site.ts";
import { parseDateline } from "../../../src/upload/wire/dateline.ts";
import { ACCEPTED_TYPES, formatOf } from "../../../src/upload/formats.ts";
import { excerptOf, type Issue, type Parsed } from "../../../src/upload/issue.ts";
import { parseJson } from "../../../src/upload/json/json.ts";
import { parseMarkdown } from "../../../src/upload/markdown/markdown.ts";
import { parseNinjs } from "../../../src/upload/ninjs/ninjs.ts";
import { parseWire } from "../../../src/upload/wire/wire.ts";
import { site } from "../../support/site.ts";

const TIME = "2025-11-04T07:07:06+00:00";
const DOCUMENT = `Politics ${TIME}

The headline

The summary.


The headline

The first paragraph.

The second paragraph.
`;

const DRAFT: Draft = {
  sections: [{ id: "politics", title: "Politics" }],
  headline: "The headline",
  summary: "The summary.",
  html: "<p>The first paragraph.</p>\n<p>The second paragraph.</p>",
  text: "The first paragraph.\n\nThe second paragraph.",
  authors: [],
  tags: [],
  language: "en",
  attachments: [],
  published: Date.parse("2025-11-04T07:07:06Z"),
};

function parse(document: string | Uint8Array, at: Site = site): Parsed {
  return parseWire(typeof document === "string" ? new TextEncoder().encode(document) : document, at);
}

function draftOf(document: string, at: Site = site): Draft {
  const parsed = parse(document, at);
  if (!parsed.ok) throw new Error(`Refused: ${JSON.stringify(parsed.issues)}`);
  if (parsed.upload.action !== "publish") throw new Error(`To ${parsed.upload.action}`);
  return parsed.upload.draft;
}

/** The result for a document without a warning. */
function clean(draft: Draft): Parsed {
  return { ok: true, upload: { action: "publish", draft }, warnings: [] };
}

type Short = Pick<Issue, "line" | "field" | "reason" | "found">;

function short(issues: readonly Issue[]): Short[] {
  return issues.map(({ line, field, reason, found }) => ({ line, field, reason, found }));
}

function issuesOf(document: string | Uint8Array, at: Site = site): Short[] {
  const parsed = parse(document, at);
  return parsed.ok ? [] : short(parsed.issues);
}

function warningsOf(document: string, at: Site = site): Short[] {
  return short(parse(document, at).warnings);
}

function sectionsOf(names: string, at: Site = site): string[] {
  return draftOf(DOCUMENT.replace("Politics", names), at).sections.map(({ id }) => id);
}

/** A site that declares these sections, and no others. */
function siteWith(titles: string[], newSections: Site["newSections"] = "open"): Site {
  const sections = titles.map((title) => ({ id: title.toLowerCase().replaceAll(" ", "-"), title }));
  return { ...site, sections, newSections };
}

describe("a wire document", () => {
  test("becomes a draft of its sections, time, headline, summary and body, without a warning", () => {
    expect(parse(DOCUMENT)).toEqual(clean(DRAFT));
  });

  test("may begin with a byte order mark", () => {
    expect(parse(`\uFEFF${DOCUMENT}`)).toEqual(clean(DRAFT));
  });

  test.each([
    ["CRLF", "\r\n"],
    ["CR", "\r"],
  ])("may end its lines in %s", (_name, end) => {
    expect(parse(DOCUMENT.replaceAll("\n", end))).toEqual(clean(DRAFT));
  });

  test("may mix its line ends", () => {
    const lines = DOCUMENT.split("\n");
    const mixed = lines.map((line, index) => line + (["\n", "\r", "\r\n"][index % 3] ?? "")).join("");
    expect(parse(mixed)).toEqual(clean(DRAFT));
  });

  test("may lack the newline of its last line", () => {
    expect(parse(DOCUMENT.trimEnd())).toEqual(clean(DRAFT));
  });

  test("may have blank lines before it and after it, and blanks at the ends of its lines", () => {
    const spaced = `\n \n${DOCUMENT.replaceAll("\n", " \t\n")}\n\n`;
    expect(parse(spaced)).toEqual(clean(DRAFT));
  });

  test("counts its lines in the same way with every kind of line end", () => {
    const document = "\nPolitics yesterday\n\nHeadline\n";
    const lines = ["\n", "\r\n", "\r"].map((end) =>
      issuesOf(document.replaceAll("\n", end)).map(({ line }) => line),
    );
    expect(lines).toEqual([
      [2, 5],
      [2, 5],
      [2, 5],
    ]);
  });

  test.each([
    ["a byte that starts no character", [0x50, 0xff]],
    ["a character cut short", [0x50, 0xe2, 0x82]],
    ["an overlong form", [0xc0, 0xaf]],
    ["a surrogate", [0xed, 0xa0, 0x80]],
    ["UTF-16", [0xff, 0xfe, 0x50, 0x00]],
  ])("that is not UTF-8 is refused: it has %s", (_what, bytes) => {
    expect(issuesOf(new Uint8Array(bytes))).toEqual([
      { line: 1, field: "encoding", reason: "not-utf-8", found: "" },
    ]);
  });

  test("is in the language of its first section that has one of its own", () => {
    expect([
      draftOf(DOCUMENT.replace("Politics", "Politics العربية")).language,
      draftOf(DOCUMENT).language,
    ]).toEqual(["ar", "en"]);
  });
});

describe("the sections of a dateline", () => {
  test("are recognised by the site's names, of one word and of several", () => {
    expect(sectionsOf("Politics Human Rights Country Public Health")).toEqual([
      "politics",
      "human-rights",
      "country",
      "public-health",
    ]);
  });

  test("have the titles that the site gives them, in whatever form they are written", () => {
    expect(draftOf(DOCUMENT.replace("Politics", "POLITICS human   rights")).sections).toEqual([
      { id: "politics", title: "Politics" },
      { id: "human-rights", title: "Human Rights" },
    ]);
  });

  test("are recognised by their ids, too", () => {
    expect(sectionsOf("human-rights arabic")).toEqual(["human-rights", "arabic"]);
  });

  test("are matched longest first", () => {
    const at = siteWith(["Human", "Rights", "Human Rights", "Human Rights Watch"]);
    expect(sectionsOf("Human Rights Human Human Rights Watch Rights", at)).toEqual([
      "human-rights",
      "human",
      "human-rights-watch",
      "rights",
    ]);
  });

  test("are matched even where the longest name is longer than the rest of the dateline", () => {
    expect(sectionsOf("Human", siteWith(["Human Rights Watch"]))).toEqual(["human"]);
  });

  test("have each section once, even where one is named twice", () => {
    expect(sectionsOf("Politics Events politics POLITICS")).toEqual(["politics", "events"]);
  });

  test("may be new: each opens with a warning", () => {
    expect(sectionsOf("Politics Gardening")).toEqual(["politics", "gardening"]);
    expect(warningsOf(DOCUMENT.replace("Politics", "Politics Gardening"))).toEqual([
      { line: 1, field: "sections", reason: "new-section", found: "Gardening" },
    ]);
  });

  test.each([
    ["Politcs", "Politics"],
    ["Sprt", "Sport"],
    ["Wether", "Weather"],
    ["Sports", "Sport"],
  ])("may have typing errors: the warning of %s names %s", (slip, known) => {
    const [warning] = parse(DOCUMENT.replace("Politics", slip)).warnings;
    expect(warning?.detail).toContain(`Did you mean “${known}”?`);
  });

  test.each(["Gardening", "Opera", "Tech"])(
    "aren't taken for typing errors where they resemble no other: %s",
    (name) => {
      const [warning] = parse(DOCUMENT.replace("Politics", name)).warnings;
      expect(warning?.detail).toMatch(new RegExp(`“${name}”: it opens as a new one\\.$`));
    },
  );

  test("are refused where they are new and the site rejects new ones", () => {
    const at: Site = { ...site, newSections: "reject" };
    expect(issuesOf(DOCUMENT.replace("Politics", "Politics Gardening Opera"), at)).toEqual([
      { line: 1, field: "sections", reason: "unknown-section", found: "Gardening" },
      { line: 1, field: "sections", reason: "unknown-section", found: "Opera" },
    ]);
  });

  test("are refused with the name that was probably meant", () => {
    const parsed = parse(DOCUMENT.replace("Politics", "Politcs"), { ...site, newSections: "reject" });
    expect(parsed.ok ? [] : parsed.issues.map(({ detail }) => detail)).toEqual([
      "The site has no section “Politcs”. Did you mean “Politics”?",
    ]);
  });

  test("in another script are sections of their own", () => {
    const [first, second] = draftOf(DOCUMENT.replace("Politics", "政治 文化")).sections;
    expect([first?.title, second?.title]).toEqual(["政治", "文化"]);
    expect(first?.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(first?.id).not.toBe(second?.id);
  });

  test("must be at least one", () => {
    expect(issuesOf(DOCUMENT.replace("Politics ", ""))).toEqual([
      { line: 1, field: "sections", reason: "missing-sections", found: TIME },
    ]);
  });

  test("are at most twenty", () => {
    const names = Array.from({ length: 21 }, (_, index) => `s${index}`);
    expect(sectionsOf(names.slice(1).join(" "))).toHaveLength(20);
    expect(issuesOf(DOCUMENT.replace("Politics", names.join(" ")))).toEqual([
      { line: 1, field: "sections", reason: "too-many-sections", found: names.join(" ") },
    ]);
  });
});

test("a dateline that names one section 201 times has too many sections", () => {
  expect(
    issuesOf(DOCUMENT.replace("Politics", "Politics ".repeat(201).trim())).map(({ reason }) => reason),
  ).toEqual(["too-many-sections"]);
});

describe("a dateline", () => {
  test("without a time gets an issue that names the line", () => {
    expect(issuesOf(DOCUMENT.replace(` ${TIME}`, " Events"))).toEqual([
      { line: 1, field: "published", reason: "missing-time", found: "Events" },
    ]);
  });

  test("keeps its sections where its time is wrong, so that both are checked at once", () => {
    const { sections, published, issues, warnings } = parseDateline("Politics Opera 2025-11-04", 3, site);
    expect({ sections, published, issues: short(issues), warnings: short(warnings) }).toEqual({
      sections: [
        { id: "politics", title: "Politics" },
        { id: "opera", title: "Opera" },
      ],
      published: undefined,
      issues: [{ line: 3, field: "published", reason: "not-a-time", found: "2025-11-04" }],
      warnings: [{ line: 3, field: "sections", reason: "new-section", found: "Opera" }],
    });
  });

  test("may separate its words by any white space", () => {
    const { sections, published } = parseDateline(`  Politics\tHuman\u00A0 Rights   ${TIME} `, 1, site);
    expect({ ids: sections.map(({ id }) => id), published }).toEqual({
      ids: ["politics", "human-rights"],
      published: DRAFT.published,
    });
  });
});

/** A document with a headline, and with its repetition. */
function withHeadlines(first: string, again: string): string {
  return `Politics ${TIME}\n\n${first}\n\nThe summary.\n\n\n${again}\n\nThe body.\n`;
}

describe("the repeated headline", () => {
  test.each([
    ["the same", "The end of “it”", "The end of “it”"],
    ["with other white space", "The end of “it”", "The   end\u00A0of \t“it”"],
    ["soft-wrapped", "The end of “it”", "The end\nof “it”"],
    ["in capitals", "The end of “it”", "THE END OF “IT”"],
    ["in capitals with an ß", "Die Straße ist frei", "DIE STRASSE IST FREI"],
    ["with straight double quotes", "The end of “it”", 'The end of "it"'],
    ["with other double quotes", "The end of „it“", "The end of «it»"],
    ["with straight single quotes", "Peru’s ‘end’", "Peru's 'end'"],
    ["with a back quote", "Peru’s end", "Peru`s end"],
    ["with accents composed otherwise", "Caf\u00E9 closes", "Cafe\u0301 closes"],
  ])("is recognised %s", (_how, first, again) => {
    const { headline, summary, text } = draftOf(withHeadlines(first, again));
    expect({ headline, summary, text }).toEqual({
      headline: first,
      summary: "The summary.",
      text: "The body.",
    });
  });

  test.each([
    ["Turkish", "tr", "İSTANBUL'DA KIŞ", "İstanbul'da kış"],
    ["Turkish with a dotted capital", "tr", "LİMANDA KIŞ", "Limanda kış"],
    ["Turkish, by another’s rules", "tr", "ISTANBUL'DA LIMAN", "istanbul'da liman"],
    ["Turkish of a region", "tr-CY", "KIYI IŞIKLARI", "Kıyı ışıkları"],
    ["Azeri", "az", "BAKIDA YAĞIŞ, ŞƏKİDƏ İŞIQ", "Bakıda yağış, Şəkidə işıq"],
    ["Greek without accents", "el", "Ο ΔΗΜΟΣ ΚΑΙ Ο ΜΑΪΟΣ", "Ο δήμος και ο Μάιος"],
    ["Greek with accents", "el", "Ή ΤΏΡΑ Ή ΠΟΤΈ", "Ή τώρα ή ποτέ"],
    ["Greek without a dialytika", "el", "ΣΕΙΣΜΟΣ ΤΟΝ ΜΑΙΟ", "Σεισμός τον Μάιο"],
    ["Lithuanian", "lt", "LÌETUS RYTÙ", "Li\u0307\u0300etus rytù"],
    ["German with a capital ẞ", "de", "DIE STRAẞE", "Die Straße"],
    ["German with SS", "de", "DIE STRASSE", "Die Straße"],
    ["English", "en", "ISLAND FERRY", "Island ferry"],
  ])("is recognised in capitals in %s", (_what, language, first, again) => {
    const at: Site = { ...site, language };
    for (const document of [withHeadlines(first, again), withHeadlines(again, first)]) {
      expect([draftOf(document, at).summary, warningsOf(document, at)]).toEqual(["The summary.", []]);
    }
  });

  test("is recognised by the language of the section, where it has one", () => {
    const sections = [{ id: "politics", title: "Politics", language: "tr" }];
    const document = withHeadlines("KIŞ", "Kış");
    expect(warningsOf(document, { ...site, sections })).toEqual([]);
    expect(warningsOf(withHeadlines("KIŞ", "kiş"), { ...site, language: "sv" })).toEqual([]);
  });

  test.each([
    ["en", "Ferry at six", "Ferry at sıx."],
    ["en", "Résumé of the year", "Resume of the year"],
    ["de", "Die Straße", "Die Strase"],
    ["el", "Ο δήμος", "Ο δρόμος"],
  ])("in %s isn't recognised where a letter differs: %s", (language, first, again) => {
    expect(draftOf(withHeadlines(first, again), { ...site, language }).text).toBe(`${again}\n\nThe body.`);
  });

  test("isn't recognised where a word differs", () => {
    const document = withHeadlines("The end of it", "The ends of it");
    const { summary, text } = draftOf(document);
    expect({ summary, text }).toEqual({
      summary: "The summary.",
      text: "The ends of it\n\nThe body.",
    });
    expect(warningsOf(document)).toEqual([
      { line: 3, field: "headline", reason: "headline-not-repeated", found: "The end of it" },
    ]);
  });

  test("is sought only in whole paragraphs", () => {
    const { summary, text } = draftOf(
      `Politics ${TIME}\n\nThe end\n\nThe end is near.\n\nThe end\n\nThe end of it.\n`,
    );
    expect({ summary, text }).toEqual({ summary: "The end is near.", text: "The end of it." });
  });

  test("ends the summary once: a third one belongs to the body", () => {
    const { summary, text } = draftOf(`${DOCUMENT}\nThe headline\n\nThe end.\n`);
    expect({ summary, text }).toEqual({
      summary: "The summary.",
      text: "The first paragraph.\n\nThe second paragraph.\n\nThe headline\n\nThe end.",
    });
  });

  test("may be missing: the first paragraph is then the summary, with a warning", () => {
    const document = DOCUMENT.replace("\n\nThe headline\n\nThe first", "\n\nThe first");
    expect(parse(document)).toEqual({
      ok: true,
      upload: { action: "publish", draft: DRAFT },
      warnings: [
        {
          line: 3,
          field: "headline",
          reason: "headline-not-repeated",
          detail:
            "The headline is not repeated before the body: the first paragraph after it became the summary.",
          found: "The headline",
        },
      ],
    });
  });
});

describe("headline, summary and body", () => {
  test("are complete without a summary, and without a warning", () => {
    const { summary: _summary, ...expected } = DRAFT;
    expect(parse(DOCUMENT.replace("The summary.\n", ""))).toEqual({
      ok: true,
      upload: { action: "publish", draft: expected },
      warnings: [],
    });
  });

  test("may have a summary of several paragraphs", () => {
    expect(draftOf(DOCUMENT.replace("The summary.", "One.\n\nTwo.\n\nThree.")).summary).toBe(
      "One.\n\nTwo.\n\nThree.",
    );
  });

  test("have single line ends inside a paragraph joined as soft wraps", () => {
    const document = DOCUMENT.replace("The summary.", "The\n  summary.\t").replace(
      "The first paragraph.",
      "The\nfirst\r\nparagraph.",
    );
    expect(parse(document)).toEqual(clean(DRAFT));
  });

  test("end a paragraph at a line of nothing but white space", () => {
    expect(draftOf(DOCUMENT.replace("first paragraph.\n\n", "first paragraph.\n \t\u00A0\n"))).toEqual(DRAFT);
  });

  test("are refused without a headline", () => {
    expect(issuesOf(`Politics ${TIME}\n\n\n`)).toEqual([
      { line: 4, field: "headline", reason: "missing-headline", found: "" },
    ]);
  });

  test.each([
    ["after the repeated headline", `Politics ${TIME}\n\nHeadline\n\nSummary.\n\nHeadline\n`, 8],
    ["after a headline that stands twice", `Politics ${TIME}\n\nHeadline\n\nHeadline\n`, 6],
    ["after a headline that is not repeated", `Politics ${TIME}\n\nHeadline\n\nSummary.\n`, 6],
    ["after a headline alone", `Politics ${TIME}\n\nHeadline`, 3],
  ])("are refused without a body %s", (_where, document, line) => {
    expect(issuesOf(document)).toEqual([{ line, field: "body", reason: "missing-body", found: "" }]);
  });

  test("are text in the HTML, whatever markup they hold", () => {
    const { html, text } = draftOf(
      DOCUMENT.replace("The first paragraph.", `<script>a && "b"</script> &amp; ]]> <!-- 'c'`),
    );
    expect({ html, text }).toEqual({
      html: `<p>&lt;script&gt;a &amp;&amp; "b"&lt;/script&gt; &amp;amp; ]]&gt; &lt;!-- 'c'</p>\n<p>The second paragraph.</p>`,
      text: `<script>a && "b"</script> &amp; ]]> <!-- 'c'\n\nThe second paragraph.`,
    });
  });
});

describe("characters", () => {
  test.each([
    ["a C0 control", "\u0007", "U+0007"],
    ["NUL", "\u0000", "U+0000"],
    ["DEL", "\u007F", "U+007F"],
    ["a C1 control", "\u0080", "U+0080"],
    ["the replacement character", "\uFFFD", "U+FFFD"],
    ["a noncharacter", "\uFFFE", "U+FFFE"],
    ["a noncharacter of the Arabic block", "\uFDD0", "U+FDD0"],
    ["a noncharacter of another plane", "\u{1FFFE}", "U+1FFFE"],
  ])("that no feed can carry are removed with a warning: %s", (_what, character, name) => {
    expect(parse(DOCUMENT.replace("The first", `The${character} first`))).toEqual({
      ok: true,
      upload: { action: "publish", draft: DRAFT },
      warnings: [
        {
          line: 10,
          field: "encoding",
          reason: "forbidden-characters",
          detail: "Characters that no feed can carry were removed.",
          found: name,
        },
      ],
    });
  });

  test("that no feed can carry are named once a line, for every line", () => {
    const document = DOCUMENT.replace("Politics", "Poli\u0001tics")
      .replace("The summary.", "The \u0002\u0003\u0002summary.")
      .replace("second", "sec\u0004ond");
    expect(warningsOf(document)).toEqual([
      { line: 1, field: "encoding", reason: "forbidden-characters", found: "U+0001" },
      { line: 5, field: "encoding", reason: "forbidden-characters", found: "U+0002 U+0003" },
      { line: 12, field: "encoding", reason: "forbidden-characters", found: "U+0004" },
    ]);
    expect(draftOf(document)).toEqual(DRAFT);
  });

  test("that no feed can carry, in a great number of lines, are named for a hundred lines and counted for the rest", () => {
    const document = `${DOCUMENT}\n${"bell\u0007\n".repeat(130)}`;
    const { warnings } = parse(document);
    expect(warnings).toHaveLength(100);
    expect(warnings.at(-1)?.detail).toBe(
      "Characters that no feed can carry were removed, here and in 30 more lines.",
    );
    expect(warnings.at(-2)?.detail).toBe("Characters that no feed can carry were removed.");
    expect(draftOf(document).html).not.toContain("\u0007");
  });

  test("are normalised to NFC, in names, headline, summary and body", () => {
    const decomposed = DOCUMENT.replace("Politics", "Cafe\u0301")
      .replaceAll("The headline", "Le cafe\u0301")
      .replace("The summary.", "A\u030A.")
      .replace("The first paragraph.", "n\u0303");
    const { sections, headline, summary, text } = draftOf(decomposed);
    expect({ sections, headline, summary, text }).toEqual({
      sections: [{ id: "cafe", title: "Caf\u00E9" }],
      headline: "Le caf\u00E9",
      summary: "\u00C5.",
      text: "\u00F1\n\nThe second paragraph.",
    });
  });

  test("that feeds can carry stay: emoji, direction marks, no-break spaces", () => {
    const words = "😀 👩‍🚀 \u200Fعربي\u200E a\u00A0b \u{20000}";
    expect(draftOf(DOCUMENT.replace("The first paragraph.", words)).text).toBe(
      `${words}\n\nThe second paragraph.`,
    );
  });
});

describe("controls of writing direction", () => {
  test("without a partner are removed from headline, summary and sections, with a warning each", () => {
    const document = `Politics Opera\u202E ${TIME}\n\nThe \u2067headline\n\nThe summary.\u202C\n\n\nThe headline\n\nThe body.\n`;
    const { sections, headline, summary, text } = draftOf(document);
    expect({ titles: sections.map(({ title }) => title), headline, summary, text }).toEqual({
      titles: ["Politics", "Opera"],
      headline: "The headline",
      summary: "The summary.",
      text: "The body.",
    });
    expect(warningsOf(document).filter(({ field }) => field === "encoding")).toEqual([
      { line: 1, field: "encoding", reason: "unclosed-direction", found: "U+202E" },
      { line: 3, field: "encoding", reason: "unclosed-direction", found: "U+2067" },
      { line: 5, field: "encoding", reason: "unclosed-direction", found: "U+202C" },
    ]);
  });

  test("in pairs stay, without a warning", () => {
    const headline = "A word: \u2067\u202Bعربي\u202C\u2069, and more";
    const document = withHeadlines(headline, headline);
    expect([draftOf(document).headline, warningsOf(document)]).toEqual([headline, []]);
  });

  test("around a whole dateline don't hide its sections and its time", () => {
    const { sections, published } = draftOf(
      DOCUMENT.replace(/^.*/, `\u202BPolitics Human Rights ${TIME}\u202C`),
    );
    expect([sections.map(({ id }) => id), published]).toEqual([
      ["politics", "human-rights"],
      DRAFT.published,
    ]);
  });

  test("alone are no headline and no summary", () => {
    expect(issuesOf(`Politics ${TIME}\n\n\u202E\n\nThe body.\n`)).toEqual([
      { line: 6, field: "headline", reason: "missing-headline", found: "" },
    ]);
    expect(draftOf(DOCUMENT.replace("The summary.", "\u202E")).summary).toBeUndefined();
  });
});

describe("every problem is reported at once", () => {
  test("each with its line, its field and what was found", () => {
    const document = `\n\nPolitcs 2025-02-30T07:07:06Z\n\nHead\u0007line\n\nSummary.\n`;
    const parsed = parse(document, { ...site, newSections: "reject" });
    expect({
      ok: parsed.ok,
      issues: parsed.ok ? [] : short(parsed.issues),
      warnings: short(parsed.warnings),
    }).toEqual({
      ok: false,
      issues: [
        { line: 3, field: "published", reason: "no-such-time", found: "2025-02-30T07:07:06Z" },
        { line: 3, field: "sections", reason: "unknown-section", found: "Politcs" },
        { line: 8, field: "body", reason: "missing-body", found: "" },
      ],
      warnings: [
        { line: 5, field: "encoding", reason: "forbidden-characters", found: "U+0007" },
        { line: 5, field: "headline", reason: "headline-not-repeated", found: "Headline" },
      ],
    });
  });

  test.each(["", "\n", "\uFEFF", " \r\n\t\r\n", "\u0000"])("for an empty document: %j", (document) => {
    expect(issuesOf(document).map(({ field, reason }) => [field, reason])).toEqual([
      ["published", "missing-time"],
      ["sections", "missing-sections"],
      ["headline", "missing-headline"],
    ]);
  });

  test("with one sentence for people each", () => {
    const parsed = parse("Politics 2025-02-30T07:07:06Z\n\nHeadline\n");
    const details = parsed.ok ? [] : parsed.issues.map(({ detail }) => detail);
    expect(details).toEqual([
      "There is no such date, time or offset.",
      "At least one paragraph of body must follow the summary and the repeated headline.",
    ]);
  });

  test("with the found text shortened to 120 whole characters", () => {
    expect([excerptOf("😀".repeat(120)), excerptOf("😀".repeat(121)), excerptOf("a".repeat(5000))]).toEqual([
      "😀".repeat(120),
      `${"😀".repeat(120)}…`,
      `${"a".repeat(120)}…`,
    ]);
  });
});

describe("an upload's Content-Type", () => {
  test.each([
    "text/plain",
    "Text/PLAIN",
    "text/plain; charset=utf-8",
    'text/plain;charset="UTF-8"',
    "text/plain; charset=us-ascii; x=y",
  ])("%s is a wire document's", (type) => {
    expect(formatOf(type)?.parse).toBe(parseWire);
  });

  test.each([
    "",
    "text/html",
    "text",
    "text/plain2",
    "text/plain; charset=iso-8859-1",
    "text/plain; charset=utf-16",
    "application/octet-stream",
  ])("“%s” is not accepted", (type) => {
    expect(formatOf(type)).toBeUndefined();
  });

  test("of every accepted kind has its parser", () => {
    const parsers = ACCEPTED_TYPES.map((type) => [type, formatOf(type)?.parse]);
    expect(parsers).toEqual([
      ["text/plain", parseWire],
      ["text/markdown", parseMarkdown],
      ["application/json", parseJson],
      ["application/vnd.iptc.ninjs+json", parseNinjs],
    ]);
  });
});

// Properties

/** Words as an author may write them: on one line, composed, clean, and with something to see. */
const words = fc
  .string({
    unit: fc.oneof(
      fc.constantFrom("<", "&", "]]>", " ", '"', "”", "é"),
      fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
    ),
    minLength: 1,
    maxLength: 30,
  })
  .map((text) =>
    withoutDirections(withBlanks(withoutForbidden(text.replaceAll(/[\r\n\t]/g, ""))))
      .normalize("NFC")
      .trim(),
  )
  .filter((text) => text !== "");

const paragraphs = fc.array(words, { minLength: 1, maxLength: 4 });

/** The text of the paragraphs of a draft's HTML, read by a strict parser that knows the elements that may be there. */
function paragraphsOf(html: string): string[] {
  const parser = new SaxesParser({ fragment: true });
  const found: string[] = [];
  const elements: string[] = [];
  parser.on("opentag", ({ name, attributes }) => {
    elements.push(name, ...Object.keys(attributes));
    found.push("");
  });
  parser.on("text", (text) => {
    if (text !== "\n") found[found.length - 1] += text;
  });
  // The only reference of HTML that text may hold and XML doesn't know.
  parser.ENTITIES["nbsp"] = "\u00A0";
  parser.write(html).close();
  return elements.every((name) => name === "p") ? found : [`Elements: ${elements.join(" ")}`];
}

test.each(ACCEPTED_TYPES)(
  "whatever the bytes of %s are, the answer is an upload or at least one issue, and nothing is thrown",
  (type) => {
    const start = fc.constantFrom("", "{", "[", '"', "---\n", "---\n---\n", "\uFEFF");
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 300 }), (text, bytes) => {
        const parsed = formatOf(type)?.parse(
          new Uint8Array([...new TextEncoder().encode(text), ...bytes]),
          site,
        );
        expect(parsed?.ok === true || parsed?.issues.length).toBeTruthy();
      }),
    );
  },
);

test("whatever the text is, the answer is a draft with headline and body, or issues that name lines of it", () => {
  const line = fc.oneof(
    fc.constantFrom("", " ", "Politics", TIME, `Politics ${TIME}`, "Headline", "\u0000", "\uFEFF"),
    fc.string({ unit: "binary", maxLength: 20 }),
  );
  const end = fc.constantFrom("\n", "\r\n", "\r", "\n\n");
  const document = fc.array(fc.tuple(line, end), { maxLength: 12 }).map((lines) => lines.flat().join(""));
  fc.assert(
    fc.property(document, (text) => {
      const parsed = parse(text);
      const count = text.split(/\r\n|\r|\n/).length;
      const lines = [...(parsed.ok ? [] : parsed.issues), ...parsed.warnings].map((issue) => issue.line);
      expect(lines.filter((number = 0) => number < 1 || number > count)).toEqual([]);
      const said = parsed.ok ? [draftOf(text).headline, draftOf(text).text] : parsed.issues;
      expect(said.filter(Boolean)).not.toEqual([]);
      expect(said).not.toContain("");
    }),
    { numRuns: 300 },
  );
});

test("any headline, summary and body are read back as they were written", () => {
  fc.assert(
    fc.property(words, fc.option(paragraphs, { nil: [] }), paragraphs, (headline, summary, body) => {
      // A paragraph with the headline's words would be taken for its repetition.
      const isHeadline = (text: string): boolean =>
        text.localeCompare(headline, "en", { sensitivity: "base", ignorePunctuation: true }) === 0;
      fc.pre(!summary.some(isHeadline));
      const document = [`Politics ${TIME}`, headline, ...summary, headline, ...body].join("\n\n");
      const parsed = parse(document);
      expect(parsed).toMatchObject({
        ok: true,
        upload: { draft: { headline, text: body.join("\n\n"), published: DRAFT.published } },
        warnings: [],
      });
      expect(draftOf(document).summary).toBe(summary.length === 0 ? undefined : summary.join("\n\n"));
    }),
    { numRuns: 300 },
  );
});

test("the HTML of any body consists of paragraphs alone, and they have its text", () => {
  fc.assert(
    fc.property(paragraphs, (body) => {
      const document = [`Politics ${TIME}`, "The headline", "The headline", ...body].join("\n\n");
      expect(paragraphsOf(draftOf(document).html)).toEqual(body);
    }),
    { numRuns: 300 },
  );
});
