/** The accent colour of pages: WCAG 2.2, success criterion 1.4.3 (contrast), for every colour of an owner. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { accentColours, contrastOf, PAPERS } from "../../../src/pages/parts/colours.ts";

const LEGIBLE = 4.5;
const colour = fc.integer({ min: 0, max: 0xffffff }).map((number) => number.toString(16).padStart(6, "0"));

test.each([
  ["#000000", "#ffffff", 21],
  ["#ffffff", "#ffffff", 1],
  // The grey that is known as the lightest legible one on white.
  ["#767676", "#ffffff", 4.54],
  ["#0000ff", "#ffffff", 8.59],
])("[WCAG 2.2 contrast ratio] the contrast of %s and %s is %d", (one, other, ratio) => {
  expect(contrastOf(one, other)).toBeCloseTo(ratio, 2);
  expect(contrastOf(other, one)).toBe(contrastOf(one, other));
});

test("[WCAG 2.2 1.4.3] every owner's colour becomes legible on the paper of both schemes", () => {
  fc.assert(
    fc.property(colour, (accentColor) => {
      const { light, dark } = accentColours({ accentColor });
      expect(contrastOf(light, PAPERS.light)).toBeGreaterThanOrEqual(LEGIBLE);
      expect(contrastOf(dark, PAPERS.dark)).toBeGreaterThanOrEqual(LEGIBLE);
    }),
  );
});

test("[WCAG 2.2 1.4.3] on any paper at all", () => {
  fc.assert(
    fc.property(colour, colour, (accentColor, paper) => {
      const { light } = accentColours({ accentColor }, { light: `#${paper}`, dark: "#000000" });
      expect(contrastOf(light, `#${paper}`)).toBeGreaterThanOrEqual(LEGIBLE);
    }),
  );
});

test("a colour that is legible already stays as it is, and one that isn't changes no more than it must", () => {
  fc.assert(
    fc.property(colour, (accentColor) => {
      const { light } = accentColours({ accentColor });
      const given = contrastOf(accentColor, PAPERS.light);
      expect(light === `#${accentColor}`).toBe(given >= LEGIBLE);
      expect(contrastOf(light, PAPERS.light)).toBeLessThan(Math.max(given, LEGIBLE) + 0.4);
    }),
  );
});

test("a site without a colour has one in both schemes, far apart from the paper", () => {
  const { light, dark } = accentColours({});
  expect([contrastOf(light, PAPERS.light) > 7, contrastOf(dark, PAPERS.dark) > 7]).toEqual([true, true]);
});

test("colours are written in small letters of six digits, whatever the owner wrote", () => {
  const { light, dark } = accentColours({ accentColor: "8A2B12" });
  expect([light, dark].filter((written) => !/^#[0-9a-f]{6}$/.test(written))).toEqual([]);
});
