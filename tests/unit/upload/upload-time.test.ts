/** Times: RFC 3339 alone, and every form that has only one meaning. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { looksLikeTime, parseTime, readTime, TIME_DETAIL } from "../../../src/upload/time/time.ts";

describe("an RFC 3339 time", () => {
  test.each([
    ["2025-11-04T07:07:06Z", "2025-11-04T07:07:06.000Z"],
    ["2025-11-04t07:07:06z", "2025-11-04T07:07:06.000Z"],
    ["2025-11-04T07:07:06+00:00", "2025-11-04T07:07:06.000Z"],
    ["2025-11-04T07:07:06-00:00", "2025-11-04T07:07:06.000Z"],
    ["2025-11-04T07:07:06+05:45", "2025-11-04T01:22:06.000Z"],
    ["2025-11-04T23:07:06-03:30", "2025-11-05T02:37:06.000Z"],
    ["2025-11-04T07:07:06+23:59", "2025-11-03T07:08:06.000Z"],
    ["2025-11-04T07:07:06.5Z", "2025-11-04T07:07:06.500Z"],
    ["2025-11-04T07:07:06.123456789Z", "2025-11-04T07:07:06.123Z"],
    ["2025-11-04T00:00:00Z", "2025-11-04T00:00:00.000Z"],
    ["2024-02-29T12:00:00Z", "2024-02-29T12:00:00.000Z"],
    ["2000-02-29T12:00:00Z", "2000-02-29T12:00:00.000Z"],
    ["2016-12-31T23:59:60Z", "2016-12-31T23:59:59.999Z"],
    ["1990-12-31T15:59:60-08:00", "1990-12-31T23:59:59.999Z"],
    ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"],
    ["9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"],
  ])("[RFC 3339 5.6] %s is the instant %s", (word, instant) => {
    const time = parseTime(word);
    expect(time.ok && new Date(time.instant).toISOString()).toBe(instant);
  });

  test.each([
    ["2025-11-04T07:07:06", "time-without-offset"],
    ["2025-11-04T07:07:06.5", "time-without-offset"],
    ["2025-02-30T07:07:06Z", "no-such-time"],
    ["2025-02-29T07:07:06Z", "no-such-time"],
    ["1900-02-29T07:07:06Z", "no-such-time"],
    ["2025-04-31T07:07:06Z", "no-such-time"],
    ["2025-00-04T07:07:06Z", "no-such-time"],
    ["2025-13-04T07:07:06Z", "no-such-time"],
    ["2025-11-00T07:07:06Z", "no-such-time"],
    ["2025-11-04T24:00:00Z", "no-such-time"],
    ["2025-11-04T07:60:06Z", "no-such-time"],
    ["2025-11-04T07:07:61Z", "no-such-time"],
    ["2025-11-04T07:07:06+24:00", "no-such-time"],
    ["2025-11-04T07:07:06+01:60", "no-such-time"],
    ["0000-01-01T00:00:00Z", "time-out-of-range"],
    ["0001-01-01T00:00:00+00:01", "time-out-of-range"],
    ["9999-12-31T23:59:59-00:01", "time-out-of-range"],
    ["2025-11-04", "not-a-time"],
    ["07:07:06Z", "not-a-time"],
    ["2025-11-04T07:07Z", "not-a-time"],
    ["2025-11-04T07:07:06+0000", "not-a-time"],
    ["2025-11-04T07:07:06+01", "not-a-time"],
    ["2025-11-04T07:07:06.Z", "not-a-time"],
    ["2025-11-04T07:07:06,5Z", "not-a-time"],
    ["2025-1-4T07:07:06Z", "not-a-time"],
    ["25-11-04T07:07:06Z", "not-a-time"],
    ["12025-11-04T07:07:06Z", "not-a-time"],
    ["+002025-11-04T07:07:06Z", "not-a-time"],
    ["2025-11-04T07:07:06ZZ", "not-a-time"],
    ["٢٠٢٥-11-04T07:07:06Z", "not-a-time"],
    ["", "not-a-time"],
  ])("[RFC 3339 5.6] “%s” is refused as %s", (word, reason) => {
    expect(parseTime(word)).toEqual({ ok: false, reason });
  });

  test.each([
    "2025-11-04T07:07:60Z",
    "2016-12-31T22:59:60Z",
    "2016-12-31T23:59:60+01:00",
    "2016-12-30T23:59:60Z",
  ])("[RFC 3339 5.7] %s is refused: a leap second ends a month in UTC", (word) => {
    expect(parseTime(word)).toEqual({ ok: false, reason: "no-such-time" });
  });

  test("[RFC 3339 5.6] is read back as the instant that was written, in all years that it allows", () => {
    const instants = fc.integer({
      min: Date.parse("0001-01-01T00:00:00Z"),
      max: Date.parse("9999-12-31T23:59:59.999Z"),
    });
    fc.assert(
      fc.property(instants, (instant) => {
        expect(parseTime(new Date(instant).toISOString())).toEqual({ ok: true, instant });
      }),
    );
  });

  test.each([
    ["2025-11-04", true],
    ["2025-1", true],
    ["7:07", true],
    ["07:07:06Z", true],
    ["Politics", false],
    ["2025", false],
    ["G20", false],
    ["24/7", false],
    ["", false],
  ])("“%s” was meant as a time: %s", (word, isMeant) => {
    expect(looksLikeTime(word)).toBe(isMeant);
  });
});

/** The instant in RFC 3339's form, or the reason why there is none. */
function read(text: string): string {
  const time = readTime(text);
  return time.ok ? new Date(time.instant).toISOString() : time.reason;
}

describe("a date of a feed", () => {
  test.each([
    ["Fri, 19 Nov 2021 01:45:08 +02:00", "2021-11-18T23:45:08.000Z"],
    ["Mon, May 25 2020 04:45:26 +0000", "2020-05-25T04:45:26.000Z"],
    ["Tue, 08 Oct 2013 18:30:00 EDT", "2013-10-08T22:30:00.000Z"],
    ["Tue, 21 Apr 2026 06:00:00 UT", "2026-04-21T06:00:00.000Z"],
    ["Tue, 04 Nov 2025 07:07:06 +0000 (UTC)", "2025-11-04T07:07:06.000Z"],
    ["Tue, 04 Nov 2025 07:07 GMT", "2025-11-04T07:07:00.000Z"],
    ["4 Nov 2025 07:07:06 +0100", "2025-11-04T06:07:06.000Z"],
    ["Tue, 4 Nov 25 07:07:06 GMT", "2025-11-04T07:07:06.000Z"],
    ["Tue, 04 Nov 2025 07:07:06 GMT+1", "unknown-zone"],
    ["Tue, 04 Nov 2025 07:07:06 BST", "unknown-zone"],
    ["Tue, 04 Nov 2025 07:07:06 CET", "unknown-zone"],
    ["Tue, 04 Nov 2025 07:07:06", "time-without-offset"],
    ["TUE,04 NOV 2025 07:07:06 GMT", "2025-11-04T07:07:06.000Z"],
    ["04/11/2025 07:07:06 +0000", "ambiguous-date"],
    ["Sun, 30 Feb 2025 07:07:06 GMT", "no-such-time"],
    ["Tue, 04 Nov 2025 24:00:00 GMT", "no-such-time"],
    ["Tue, 04 Nov 2025 23:59:60 GMT", "no-such-time"],
    ["Tue, 31 Dec 2016 23:59:60 GMT", "2016-12-31T23:59:59.999Z"],
    ["2025-11-04 07:07:06 +0000", "2025-11-04T07:07:06.000Z"],
    ["2025-11-04T07:07Z", "2025-11-04T07:07:00.000Z"],
    ["2025-11-04T07:07:06+0100", "2025-11-04T06:07:06.000Z"],
    ["2025-11-04", "day-without-time"],
    ["Di, 04 Nov 2025 07:07:06 +0100", "2025-11-04T06:07:06.000Z"],
    ["Mar, 04 Nov 2025 07:07:06 +0100", "2025-11-04T06:07:06.000Z"],
    ["Dom, 07 Dic 2025 07:07:06 +0100", "unknown-month"],
    ["Mon, 01 Juin 2026 07:07:06 +0200", "unknown-month"],
    ["Sab, 06 Mag 2026 07:07:06 +0200", "unknown-month"],
    ["Thu, 01 Jan 1970 00:00:00 GMT", "1970-01-01T00:00:00.000Z"],
    ["Tue, 04 Nov 2025 07:07:06 -0000", "2025-11-04T07:07:06.000Z"],
    ["Tue, 04 Nov 2025 07:07:06 +9900", "no-such-time"],
    ["Tue, 04 Nov 2025 07:07:06 PM GMT", "2025-11-04T19:07:06.000Z"],
    ["Tuesday, 04-Nov-25 07:07:06 GMT", "2025-11-04T07:07:06.000Z"],
    ["Tue Nov 04 07:07:06 +0000 2025", "2025-11-04T07:07:06.000Z"],
    ["Tue Nov 04 07:07:06 GMT 2025", "2025-11-04T07:07:06.000Z"],
    ["20251104T070706Z", "2025-11-04T07:07:06.000Z"],
    ["1762240026", "number-as-time"],
  ])("“%s” is %s", (text, expected) => {
    expect(read(text)).toBe(expected);
  });
});

describe("a time in any form", () => {
  test.each([
    ["2026-11-20 07:07:06 -0600", "2026-11-20T13:07:06.000Z"],
    ["2026-11-20T04:37:19+0000", "2026-11-20T04:37:19.000Z"],
    [" 2025-11-04t07:07:06z\n", "2025-11-04T07:07:06.000Z"],
    ["2025-11-04 07:07:06 UTC", "2025-11-04T07:07:06.000Z"],
    ["2025-11-04T07:07:06,25 +01", "2025-11-04T06:07:06.250Z"],
    ["2025-11-04T07:07:06\u221203:30", "2025-11-04T10:37:06.000Z"],
    ["2025-1-4 7:07 -0600", "2025-01-04T13:07:00.000Z"],
    ["2025/11/04 07:07:06 +0100", "2025-11-04T06:07:06.000Z"],
    ["20251104T0707+0100", "2025-11-04T06:07:00.000Z"],
    ["20251104 070706,5Z", "2025-11-04T07:07:06.500Z"],
    ["2025-11-04 07:07:06.123456 +0000 UTC", "2025-11-04T07:07:06.123Z"],
  ])("[ISO 8601] “%s” is %s", (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test.each([
    ["4 Nov 49 07:07 GMT", "2049-11-04T07:07:00.000Z"],
    ["4 Nov 50 07:07 GMT", "1950-11-04T07:07:00.000Z"],
    ["4 Nov 125 07:07 GMT", "2025-11-04T07:07:00.000Z"],
    ["Tue, 04 Nov 0099 07:07 GMT", "0099-11-04T07:07:00.000Z"],
    ["4 Nov 2025 07:07:06 EST", "2025-11-04T12:07:06.000Z"],
    ["4 Nov 2025 07:07:06 cst", "2025-11-04T13:07:06.000Z"],
    ["4 Nov 2025 07:07:06 CDT", "2025-11-04T12:07:06.000Z"],
    ["4 Nov 2025 07:07:06 MST", "2025-11-04T14:07:06.000Z"],
    ["4 Nov 2025 07:07:06 MDT", "2025-11-04T13:07:06.000Z"],
    ["4 Nov 2025 07:07:06 PST", "2025-11-04T15:07:06.000Z"],
    ["4 Nov 2025 07:07:06 PDT", "2025-11-04T14:07:06.000Z"],
    ["4 Nov 2025 07:07:06 Z", "2025-11-04T07:07:06.000Z"],
    ["4 Nov 2025 07:07:06 -0500 EST", "2025-11-04T12:07:06.000Z"],
    ["(a) Tue (b), 4 (c (d) \\) e) Nov 2025 07 : (f) 07 GMT (g", "not-a-time"],
    ["(a) Tue (b), 4 (c (d) \\) e) Nov 2025 07 : (f) 07 GMT (g)", "2025-11-04T07:07:00.000Z"],
    ["Tue,\r\n\t4  Nov\u00A02025 07:07 GMT", "2025-11-04T07:07:00.000Z"],
    ["Tue 04 Nov 2025 07:07:06 GMT", "2025-11-04T07:07:06.000Z"],
    ["вт, 04 Nov 2025 07:07:06 GMT", "2025-11-04T07:07:06.000Z"],
    ["Thứ Ba, 04 Nov 2025 07:07:06 GMT", "2025-11-04T07:07:06.000Z"],
    ["Mon, 01 Sept 2025 07:07:06 +0100", "2025-09-01T06:07:06.000Z"],
    ["4 november 2025 07:07:06 GMT", "2025-11-04T07:07:06.000Z"],
    ["Mon, 13 Nov, 2025 06:28:00 UTC", "2025-11-13T06:28:00.000Z"],
  ])("[RFC 5322 3.3, 4.3] “%s” is %s", (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test.each([
    ["Tue Nov 04 2025 07:07:06 GMT+0100 (Mitteleuropäische Zeit)", "2025-11-04T06:07:06.000Z"],
    ["Nov. 4, 2025, 7:07 a.m. EST", "2025-11-04T12:07:00.000Z"],
    ["Tue Nov  4 07:07:06 2025 +0100", "2025-11-04T06:07:06.000Z"],
    ["Tue Nov  4 07:07:06 2025", "time-without-offset"],
    ["Nov 04 07:07:06 +0000", "not-a-time"],
    ["4 Nov 2025 12:00 AM GMT", "2025-11-04T00:00:00.000Z"],
    ["4 Nov 2025 12:00 PM GMT", "2025-11-04T12:00:00.000Z"],
    ["4 Nov 2025 13:00 PM GMT", "no-such-time"],
    ["4 Nov 2025 00:00 AM GMT", "no-such-time"],
  ])("with the month first, or with a clock of twelve hours, “%s” is %s", (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test.each([
    ["", "not-a-time"],
    ["yesterday", "not-a-time"],
    ["07:07:06Z", "not-a-time"],
    ["2025-11-04T1:2:3:4Z", "not-a-time"],
    ["2025-11-04T07:07:061Z", "not-a-time"],
    ["2025-011-04T07:07:06Z", "not-a-time"],
    ["2025-11/04T07:07:06Z", "not-a-time"],
    ["12025-11-04T07:07:06Z", "not-a-time"],
    ["2025-11-04T07:07:06.Z", "not-a-time"],
    ["٢٠٢٥-11-04T07:07:06Z", "not-a-time"],
    ["Dec, 04 2025 07:07:06 GMT", "not-a-time"],
    ["4 Nov 2025 07:7 GMT", "not-a-time"],
    ["4 Nov 2025", "day-without-time"],
    ["Nov 4, 2025 GMT", "day-without-time"],
    ["2025-11", "day-without-time"],
    ["2025", "day-without-time"],
    ["20251104", "day-without-time"],
    ["4.11.2025", "ambiguous-date"],
    ["25-11-04T07:07:06Z", "ambiguous-date"],
    ["11 4 2025 07:07 GMT", "ambiguous-date"],
    ["Tue, 25/11/2025 07:07 GMT", "ambiguous-date"],
    ["-1762240026.5", "number-as-time"],
    ["1762240026000", "number-as-time"],
    ["4 Okt 2025 07:07:06 GMT", "unknown-month"],
    ["4 Nove 2025 07:07:06 GMT", "unknown-month"],
    ["2025-11-04 07:07", "time-without-offset"],
    ["4 Nov 2025 07:07:06 IST", "unknown-zone"],
    ["4 Nov 2025 07:07:06 Europe/London", "unknown-zone"],
    ["4 Nov 2025 07:07:06 +1", "unknown-zone"],
    ["4 Nov 2025 07:07:06 UTC+01", "unknown-zone"],
    ["4 Nov 2025 07:07:06 -0500 CST", "unknown-zone"],
    ["4 Nov 2025 07:07 PMT", "unknown-zone"],
    ["2025-11-04T07:07:06ZZ", "unknown-zone"],
    ["2025-11-04T07:60Z", "no-such-time"],
    ["20251104T240000Z", "no-such-time"],
    ["4 Nov 2025 07:07 +2400", "no-such-time"],
    ["4 Nov 2025 07:07 +0160", "no-such-time"],
    ["30 Dec 2016 23:59:60 GMT", "no-such-time"],
    ["31 Dec 9999 23:59:59 -0001", "time-out-of-range"],
    ["1 Jan 0001 00:00 +0001", "time-out-of-range"],
  ])("“%s” is refused as %s", (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  test.each("ABCDEFGHIJKLMNOPQRSTUVWXY".split(""))("[RFC 2822 4.3] has no military zone %s", (letter) => {
    expect(read(`4 Nov 2025 07:07:06 ${letter}`)).toBe("unknown-zone");
  });

  test("is refused with a sentence, and the form that the sentence advises is read", () => {
    for (const detail of Object.values(TIME_DETAIL)) {
      expect(detail).toMatch(/^[A-Z].*\.$/);
      const [advised] = /\d{4}-\d\d-\d\dT\S+\d/.exec(detail) ?? ["2025-11-04T07:07:06+00:00"];
      expect(read(advised)).toBe("2025-11-04T07:07:06.000Z");
    }
  });
});
