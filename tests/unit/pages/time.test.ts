/** Times of pages: W3C HTML's `time` element, in a language and a time zone. */
import { describe, expect, test } from "vitest";
import { markupOf } from "../../../src/pages/parts/markup.ts";
import { Day, LongDay, Time, type TimeProps } from "../../../src/pages/parts/time.tsx";

const INSTANT = Date.parse("2026-11-24T07:07:06Z");
const SUMMER_NIGHT = Date.parse("2026-07-31T23:30:00Z");

function textOf(component: typeof Time, props: Partial<TimeProps>): string {
  const markup = markupOf(component({ instant: INSTANT, language: "en", timeZone: "UTC", ...props }));
  return />(.*)<\/time>$/.exec(markup)?.[1] ?? "";
}

describe("the full time of an article", () => {
  test.each([
    ["en", "Europe/Lisbon", "24 November 2026, 07:07 WET"],
    ["EN", "UTC", "24 November 2026, 07:07 UTC"],
    ["en-US", "America/New_York", "November 24, 2026, 2:07 AM EST"],
    ["en-GB", "Asia/Kolkata", "24 November 2026, 12:37 GMT+5:30"],
    ["es", "Europe/Madrid", "24 de noviembre de 2026, 8:07 CET"],
    ["fr", "Europe/Paris", "24 novembre 2026 à 08h07 UTC+1"],
    ["de", "Europe/Berlin", "24. November 2026, 08:07 Uhr MEZ"],
    ["pt-BR", "America/Sao_Paulo", "24 de novembro de 2026, 04:07 BRT"],
    ["ar", "Africa/Cairo", "24 نوفمبر 2026، 9:07 ص غرينتش+2"],
    ["ar-EG", "UTC", "٢٤ نوفمبر ٢٠٢٦، ٧:٠٧ ص UTC"],
    // A language without texts here has the whole date as Intl writes it.
    ["zh", "Asia/Shanghai", "2026年11月24日 15:07 GMT+8"],
    ["sv", "Europe/Stockholm", "24 november 2026 kl. 08:07 CET"],
  ])("in the language %s and the zone %s is %s", (language, timeZone, text) => {
    expect(textOf(Time, { language, timeZone })).toBe(text);
  });

  test("names the zone by its summer time in summer", () => {
    expect(textOf(Time, { instant: SUMMER_NIGHT, timeZone: "Europe/Lisbon" })).toBe(
      "1 August 2026, 00:30 WEST",
    );
  });
});

describe("a day", () => {
  test.each([
    ["en", "24 Nov 2026", "24 November 2026"],
    ["en-US", "Nov 24, 2026", "November 24, 2026"],
    ["es", "24 nov 2026", "24 de noviembre de 2026"],
    ["fr", "24 nov. 2026", "24 novembre 2026"],
    ["de", "24. Nov. 2026", "24. November 2026"],
    ["ar", "24 نوفمبر 2026", "24 نوفمبر 2026"],
  ])("in the language %s is %s, and in a sentence %s", (language, short, long) => {
    expect([textOf(Day, { language }), textOf(LongDay, { language })]).toEqual([short, long]);
  });

  test("is the day of the newsroom's zone", () => {
    const days = ["UTC", "Europe/Lisbon", "America/New_York"].map((timeZone) =>
      textOf(Day, { instant: SUMMER_NIGHT, timeZone }),
    );
    expect(days).toEqual(["31 Jul 2026", "1 Aug 2026", "31 Jul 2026"]);
  });
});

test("machines get the instant in UTC, whatever the zone", () => {
  const markup = markupOf(Day({ instant: INSTANT, language: "fr", timeZone: "Asia/Tokyo" }));
  expect(markup).toBe('<time datetime="2026-11-24T07:07:06.000Z" dir="auto">24 nov. 2026</time>');
});

test("a time out of range is the nearest that can be written", () => {
  expect([NaN, 1e20].map((instant) => textOf(LongDay, { instant }))).toEqual([
    "1 January 1970",
    "31 December 9999",
  ]);
});
