/** HTML of nothing but paragraphs, as exports have it: it takes a short way, which gives what the long way gives. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { bodyFromHtml } from "../../../../src/upload/html/html.ts";

const BASE = { url: "https://elsewhere.example/desk/story", isKnown: true };

/** A comment leaves no trace in a body, and takes the long way. */
const ASIDE = "<!---->";

/** What stands in a paragraph, and what nearly does: whatever is folded, decoded, composed, trimmed or removed. */
const pieces = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom("word", "café", "Ω", "“Nobody asked,”", "東京", "–", "&amp;", "&lt;", ">"),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(" ", "\u00A0", "  ", "\t", "\n", "\r", "\f", "\u2028", "\u3000", "\uFEFF"),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      "&",
      "&gt;",
      "&quot;",
      "&#38;",
      "&amp",
      "&ampersand;",
      "&nbsp;",
      "&lt",
      "&AMP;",
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom("\u0301", "e\u0301", "\u212B", "\u1100\u1161", "\u0338", "👩‍💻", "\uFFFE"),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      "\0",
      "\u0007",
      "\u0085",
      "\u00AD",
      "\u200B",
      "\u200E",
      "\u202E",
      "\uD800",
      "\uFFFD",
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom("<b>x</b>", "<br>", "<p>", "</p>", "<", "<script>x</script>", "<!-- x -->"),
  },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 4 }) },
);
const insides = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .array(fc.constantFrom("word", "&amp;", "café", "&lt;", "10 > 9"), { minLength: 1 })
      .map((words) => words.join(" ")),
  },
  { weight: 2, arbitrary: fc.array(pieces, { maxLength: 6 }).map((all) => all.join("")) },
);
const documents = fc
  .tuple(
    fc.array(insides, { maxLength: 4 }),
    fc.constantFrom("\n", "\n", "\n", "", "\n\n", " "),
    fc.constantFrom("", "", " ", "\n"),
  )
  .map(([all, between, end]) => all.map((inside) => `<p>${inside}</p>`).join(between) + end);

test("has the body, the warnings and the issues that it has beside a comment", () => {
  fc.assert(
    fc.property(documents, (html) => {
      expect(bodyFromHtml(html, BASE, {})).toEqual(bodyFromHtml(html + ASIDE, BASE, {}));
    }),
    { numRuns: 3000 },
  );
});

test("stays byte for byte, with the text of its paragraphs", () => {
  const html = "<p>Marlow &amp; Sons, 10 &lt; 11 > 9.</p>\n<p>“Rue d’Écluse” – the\u00A0end</p>";
  const text = "Marlow & Sons, 10 < 11 > 9.\n\n“Rue d’Écluse” – the\u00A0end";
  expect(bodyFromHtml(html, BASE, {})).toEqual({ issues: [], warnings: [], body: { html, text } });
});

test("is refused where it has more paragraphs than a body may have elements", () => {
  const html = Array.from({ length: 30_001 }, () => "<p>a</p>").join("\n");
  expect(bodyFromHtml(html, BASE, {}).issues.map(({ reason }) => reason)).toEqual(["too-many-elements"]);
  expect(bodyFromHtml(html.slice("<p>a</p>\n".length), BASE, {}).body?.text).toHaveLength(3 * 30_000 - 2);
});
