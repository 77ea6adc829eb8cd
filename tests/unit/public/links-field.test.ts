import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { OfferedFeed } from "../../../src/pages/parts/alternates.ts";
import { alternateLinks } from "../../../src/public/alternate-links.ts";
import { fieldLinks } from "../../support/reading/link-field.ts";
import { site } from "../../support/site.ts";

const offered = (id: string, title: string): OfferedFeed => ({ feed: `section:${id}`, title });

describe("[RFC 8288 3] the field Link of a page", () => {
  const anyFeed = fc
    .tuple(
      fc.stringMatching(/^[a-z0-9]{1,80}$/),
      fc.oneof(fc.string({ maxLength: 20 }), fc.string({ unit: "binary", maxLength: 300 })),
    )
    .map(([id, title]) => offered(id, title));

  test("names at most three feeds, in 4 kB, whatever a page offers", () => {
    fc.assert(
      fc.property(fc.array(anyFeed, { maxLength: 40 }), (feeds) => {
        const field = alternateLinks(site, feeds);
        expect(field.length).toBeLessThanOrEqual(4000);
        expect(fieldLinks(field)).toHaveLength(Math.min(feeds.length, 3) * 3);
      }),
    );
  });

  test("leaves out a title that is too long, and keeps the feed", () => {
    const field = alternateLinks(site, [offered("politics", "橋".repeat(2000)), offered("sport", "Sport")]);
    expect(field.split(", ").map((link) => /title/.test(link))).toEqual([
      false,
      false,
      false,
      true,
      true,
      true,
    ]);
  });

  test("ends before it is too long, even with the addresses of unions", () => {
    const union = Array.from({ length: 10 }, (_, index) => `${"s".repeat(79)}${index}`).join("+");
    const field = alternateLinks(site, [offered(union, "A"), offered(union, "B"), offered(union, "C")]);
    expect([field.length <= 4000, fieldLinks(field).length]).toEqual([true, 4]);
  });
});
