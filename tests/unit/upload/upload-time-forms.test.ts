/** Times in every form: each instant is read back, no day rolls over, no text takes long. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseTime, readTime } from "../../../src/upload/time/time.ts";

const MONTHS = "January February March April May June July August September October November December".split(
  " ",
);
const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** A local time: its parts as they are written, and an offset in minutes east of UTC. */
type Wall = { year: string; month: number; day: string; weekday: string; clock: string; east: number };

type Form = (wall: Wall) => string;

const ISO_FORMS: Record<string, Form> = {
  "RFC 3339": (wall) => `${dateOf(wall)}T${wall.clock}${offsetOf(wall, ":")}`,
  "RFC 3339 in small letters": (wall) => `${dateOf(wall)}t${wall.clock}${offsetOf(wall, ":")}`,
  "ISO 8601 with a blank": (wall) => `${dateOf(wall)} ${wall.clock} ${offsetOf(wall, "")}`,
  "ISO 8601 with a comma": (wall) => `${dateOf(wall)}T${wall.clock},000${offsetOf(wall, "")}`,
  "ISO 8601's basic format": (wall) =>
    `${dateOf(wall).replaceAll("-", "")}T${wall.clock.replaceAll(":", "")}${offsetOf(wall, "")}`,
  "year, month and day with slashes": (wall) =>
    `${dateOf(wall).replaceAll("-", "/")} ${wall.clock} ${offsetOf(wall, ":")}`,
};

const NAMED_FORMS: Record<string, Form> = {
  "RFC 5322": (wall) =>
    `${wall.weekday}, ${wall.day} ${short(wall)} ${wall.year} ${wall.clock} ${offsetOf(wall, "")}`,
  "RFC 5322 without weekday": (wall) =>
    `${wall.day} ${short(wall)} ${wall.year} ${wall.clock} ${offsetOf(wall, "")}`,
  "RFC 5322 with comments": (wall) =>
    `${wall.weekday} (a (b)),${wall.day}(c)${short(wall)} ${wall.year} ${wall.clock} ${offsetOf(wall, "")} (d)`,
  "a month in full, an offset with a colon": (wall) =>
    `${wall.day} ${MONTHS[wall.month - 1]} ${wall.year} ${wall.clock} ${offsetOf(wall, ":")}`,
  "RFC 850": (wall) =>
    `${wall.weekday}, ${wall.day}-${short(wall)}-${wall.year} ${wall.clock} ${offsetOf(wall, "")}`,
  "month first": (wall) =>
    `${wall.weekday}, ${short(wall)} ${wall.day} ${wall.year} ${wall.clock} ${offsetOf(wall, "")}`,
  ECMAScript: (wall) =>
    `${wall.weekday} ${short(wall)} ${wall.day} ${wall.year} ${wall.clock} GMT${offsetOf(wall, "")} (There)`,
  "asctime with the zone before the year": (wall) =>
    `${wall.weekday} ${short(wall)} ${wall.day} ${wall.clock} ${offsetOf(wall, "")} ${wall.year}`,
  "asctime with the zone behind the year": (wall) =>
    `${wall.weekday} ${short(wall)} ${wall.day} ${wall.clock} ${wall.year} ${offsetOf(wall, "")}`,
};

const FORMS = Object.entries({ ...ISO_FORMS, ...NAMED_FORMS });

function dateOf({ year, month, day }: Wall): string {
  return `${year}-${String(month).padStart(2, "0")}-${day}`;
}

function short({ month }: Wall): string {
  return (MONTHS[month - 1] ?? "").slice(0, 3);
}

function offsetOf({ east }: Wall, colon: string): string {
  const minutes = Math.abs(east);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0"));
  return `${east < 0 ? "-" : "+"}${hours}${colon}${rest}`;
}

/** The parts of the local time at an instant, `east` minutes east of UTC. */
function wallAt(instant: number, east: number): Wall {
  const there = new Date(instant + east * 60_000);
  const text = there.toISOString();
  return {
    year: text.slice(0, 4),
    month: there.getUTCMonth() + 1,
    day: text.slice(8, 10),
    weekday: DAYS[there.getUTCDay()] ?? "",
    clock: text.slice(11, 19),
    east,
  };
}

const east = fc.integer({ min: -1439, max: 1439 });

// Whole seconds, a day within the limits, so that the local year has four digits.
const instant = fc
  .integer({
    min: Date.parse("0001-01-02T00:00:00Z") / 1000,
    max: Date.parse("9999-12-30T23:59:59Z") / 1000,
  })
  .map((seconds) => seconds * 1000);

describe.each(FORMS)("a time as %s", (_name, write) => {
  test("is read back as the instant that was written", () => {
    fc.assert(
      fc.property(instant, east, (at, offset) => {
        expect(readTime(write(wallAt(at, offset)))).toEqual({ ok: true, instant: at });
      }),
    );
  });

  test("is refused when its month has no such day", () => {
    const walls = fc
      .record({ year: fc.integer({ min: 1000, max: 9999 }), month: fc.integer({ min: 1, max: 12 }) })
      .chain(({ year, month }) => {
        const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
        const days = fc.oneof(fc.constant(0), fc.integer({ min: last + 1, max: 99 }));
        return days.map((day) => ({ year: String(year), month, day: String(day).padStart(2, "0") }));
      });
    fc.assert(
      fc.property(walls, east, (date, offset) => {
        const text = write({ ...date, weekday: "Tue", clock: "07:07:06", east: offset });
        expect(readTime(text)).toEqual({ ok: false, reason: "no-such-time" });
      }),
    );
  });

  test.each(["24:00:00", "07:60:06", "07:07:61", "99:99:99"])("is refused at %s", (clock) => {
    const text = write({ year: "2025", month: 11, day: "04", weekday: "Tue", clock, east: 0 });
    expect(readTime(text)).toEqual({ ok: false, reason: "no-such-time" });
  });

  test.each([24 * 60, 99 * 60])("is refused with an offset of %s minutes", (minutes) => {
    const text = write({
      year: "2025",
      month: 11,
      day: "04",
      weekday: "Tue",
      clock: "07:07:06",
      east: minutes,
    });
    expect(readTime(text)).toEqual({ ok: false, reason: "no-such-time" });
  });

  test("needs its offset", () => {
    const text = write(wallAt(Date.parse("2025-11-04T07:07:06Z"), 0));
    const without = text.replace(/ ?(?:GMT)?\+00:?00/, "");
    expect(readTime(without)).toEqual({ ok: false, reason: "time-without-offset" });
  });
});

/** A time with a comment that gives it the length. */
function padded(length: number): string {
  const start = "4 Nov 2025 07:07:06 GMT (";
  return `${start}${"x".repeat(length - start.length - 1)})`;
}

describe("any text", () => {
  test("is read as RFC 3339 reads it, where RFC 3339 allows it", () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 0, max: 999 }), (at, milliseconds) => {
        const word = new Date(at + milliseconds).toISOString();
        expect(readTime(word)).toEqual(parseTime(word));
      }),
    );
  });

  test("is never read as an instant outside the years 1 to 9999", () => {
    const pieces = fc.constantFrom(
      ..."0 1 2 9 99 0001 9999 Nov Jan - : / , . + ( ) T Z GMT PM".split(" "),
      " ",
    );
    const texts = fc.array(pieces, { maxLength: 25 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.oneof(texts, fc.string()), (text) => {
        const time = readTime(text);
        const year = time.ok ? new Date(time.instant).getUTCFullYear() : 1;
        expect(year >= 1 && year <= 9999).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ["parentheses that open", "(".repeat(1_000_000)],
    ["parentheses that close", `${"(".repeat(500_000)}${")".repeat(500_000)}`],
    ["digits", "1".repeat(1_000_000)],
    ["a long fraction", `2025-11-04T07:07:06.${"1".repeat(1_000_000)}Z`],
    ["blanks", `Tue,${" ".repeat(1_000_000)}4 Nov 2025 07:07 GMT`],
    ["letters", "a".repeat(1_000_000)],
    ["years", `Nov 4 07:07${" 2025".repeat(200_000)} x`],
  ])("of a million characters is refused unread: %s", (_name, text) => {
    expect(readTime(text)).toEqual({ ok: false, reason: "not-a-time" });
  });

  test("of 200 characters is read, and a longer one is not", () => {
    expect(readTime(padded(200)).ok).toBe(true);
    expect(readTime(padded(201))).toEqual({ ok: false, reason: "not-a-time" });
  });
});
