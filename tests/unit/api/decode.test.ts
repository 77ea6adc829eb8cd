import * as v from "valibot";
import { expect, test } from "vitest";
import { readBody } from "../../../src/api/decode.ts";
import { Refusal } from "../../../src/http/problems.ts";

const Optional = v.strictObject({ published: v.optional(v.string()) });

function refusalOf(body: string): Pick<Refusal, "code" | "evidence"> | undefined {
  try {
    readBody(new TextEncoder().encode(body), Optional);
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    return { code: thrown.code, evidence: thrown.evidence };
  }
}

test("an empty body counts as an object without members", () => {
  expect(readBody(new Uint8Array(), Optional)).toEqual({});
});

test.each(["[]", '[{"published":"2026-11-04T07:07:06Z"}]'])("a list is no object: %s", (body) => {
  expect(refusalOf(body)).toEqual({
    code: "invalid-document",
    evidence: {
      issues: [
        {
          path: "",
          field: "document",
          reason: "wrong-type",
          detail: "This must be an object.",
          found: "a list",
        },
      ],
    },
  });
});
