/** The texts of the guide: examples for a shell, and summaries of schemas. */
import { expect, test } from "vitest";
import { curl, exampleBody } from "../../../src/api/openapi/curl.ts";
import { schemaSummary } from "../../../src/api/openapi/schema-summary.ts";
import { readCurl } from "../../support/reading/curl.ts";
import { OPERATIONS, operationNamed } from "../../support/description.ts";
import { site } from "../../support/site.ts";

test.each(["Women's Rights", "$HOME", "`id`", 'The "Bay"', String.raw`A\B`, "!!", "العربية"])(
  "a shell reads an example correctly for a section called %s",
  (title) => {
    const named = { ...site, sections: [{ id: "named", title }] };
    const read = OPERATIONS.map((operation) => readCurl(curl(named, operation), { TOKEN: "secret" }).body);
    const expected = OPERATIONS.map(({ example }) =>
      example.body !== undefined && "file" in example.body
        ? `@${example.body.file}`
        : exampleBody(named, example)?.text,
    );
    expect(read).toEqual(expected);
  },
);

test("the example names the section News for a site that declares none", () => {
  const { example } = operationNamed("putArticle");
  expect(exampleBody({ ...site, sections: [] }, example)?.text).toContain('sections: ["News"]');
});

test.each([
  [{ enum: ["draft", "published"] }, "draft, published"],
  [{ enum: ["", "true"] }, ""],
  [{ type: "integer" as const, minimum: 1, maximum: 9 }, "1 to 9"],
  [{ type: "string" as const }, ""],
  [{ type: "string" as const, maxLength: 7 }, "at most 7 characters"],
  [{ type: "string" as const, format: "uri", maxLength: 7 }, "an address"],
  [
    { anyOf: [{ type: "string" as const, format: "date-time" }, { type: "null" as const }] },
    "a time or null",
  ],
  [{ type: "array" as const, items: { enum: ["a", "b"] } }, "a list of a, b"],
  [{ type: "array" as const, items: { type: "string" as const, maxLength: 7 } }, "a list"],
  [{ type: "boolean" as const }, "true or false"],
])("the summary of %j is “%s”", (schema, words) => {
  expect(schemaSummary(schema)).toBe(words);
});
