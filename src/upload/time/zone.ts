/** Reads zones: an offset from UTC, or one of the few names that mean one offset everywhere. Pure. */
import { type Offset, type Refused, refused } from "./calendar.ts";

// ISO 8601:2004 (4.2.5.1) writes an offset with or without its colon and its minutes, RFC 5322 (3.3) with four
// digits. The sign of ISO 8601 (3.4.1) is a minus where the character set has one. `GMT+0100` is ECMAScript's
// (Date.prototype.toString). `GMT+1` is not read: in POSIX's TZ it lies west of Greenwich.
const OFFSET = /^(?:([+\-\u2212])(\d{2})|(?:GMT|UTC) ?([+\-\u2212])(\d{2})(?=:?\d{2}))(?::?(\d{2}))?$/i;

// RFC 5322, section 4.3, with ISO 8601's Z and the clocks' UTC. The military letters are no zones: their meaning is
// unpredictable (RFC 2822, section 4.3).
const HOURS_WEST: ReadonlyMap<string, number> = new Map([
  ["Z", 0],
  ["UT", 0],
  ["UTC", 0],
  ["GMT", 0],
  ["EDT", 4],
  ["EST", 5],
  ["CDT", 5],
  ["CST", 6],
  ["MDT", 6],
  ["MST", 7],
  ["PDT", 7],
  ["PST", 8],
]);

/**
 * Reads `+01:00`, `+0100`, `+01`, `GMT+0100`, `EST`, `Z`; and `-0500 EST`, where both say the same.
 * @param text the zone alone, trimmed; it may be empty
 * @returns the offset, whose hours and minutes may still be too large; "time-without-offset" when there is no zone,
 * "unknown-zone" for a zone whose offset nobody knows, "not-a-time" for what is no zone
 */
export function readZone(text: string): { ok: true; offset: Offset } | Refused {
  if (text === "") return refused("time-without-offset");
  const offset = numeric(text) ?? named(text) ?? both(text);
  if (offset !== undefined) return { ok: true, offset };
  return refused(/^[\p{L}+\-\u2212]/u.test(text) ? "unknown-zone" : "not-a-time");
}

function numeric(text: string): Offset | undefined {
  const parts = OFFSET.exec(text);
  if (parts === null) return undefined;
  const [, sign, hours, signAfterName, hoursAfterName, minutes] = parts;
  return {
    isWest: (sign ?? signAfterName) !== "+",
    hours: Number(hours ?? hoursAfterName),
    minutes: Number(minutes ?? 0),
  };
}

function named(text: string): Offset | undefined {
  const hours = HOURS_WEST.get(text.toUpperCase());
  return hours === undefined ? undefined : { isWest: true, hours, minutes: 0 };
}

/** An offset with its name after it, as Go prints them. */
function both(text: string): Offset | undefined {
  const [first = "", second = "", ...others] = text.split(" ");
  const offset = numeric(first);
  const name = named(second);
  if (offset === undefined || name === undefined || others.length > 0) return undefined;
  return minutesEast(offset) === minutesEast(name) ? offset : undefined;
}

function minutesEast({ isWest, hours, minutes }: Offset): number {
  const distance = hours * 60 + minutes;
  // Plus 0 and minus 0 are the same offset.
  return isWest && distance > 0 ? -distance : distance;
}
