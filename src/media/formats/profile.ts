/** Colour profiles (ICC.1): what is one by its own header. Anything else that is called a profile goes. */
import { MAX_PROFILE_BYTES } from "../limits.ts";
import { Refused } from "../refusal.ts";
import { startsWith, viewOf } from "./scan.ts";

/** So many bytes of a profile tell its length and its signature. */
export const PROFILE_HEAD = 40;
const SIGNATURE_AT = 36;
// The header, and the number of the profile's tags (ICC.1, sections 7.2 and 7.3).
const LEAST = 132;

/**
 * The length that a profile gives itself (ICC.1, section 7.2.2).
 * @param head its first bytes, at least `PROFILE_HEAD` where it has so many
 * @returns undefined where it is none: its signature is missing (section 7.2.9)
 * @throws Refused (cannot-be-cleaned) for one that is too long
 */
export function profileLength(head: Uint8Array): number | undefined {
  if (!startsWith(head, "acsp", SIGNATURE_AT)) return undefined;
  const length = viewOf(head).getUint32(0);
  checkProfile(length);
  return length < LEAST ? undefined : length;
}

/** Checks the length of a colour profile, in bytes. @throws Refused (cannot-be-cleaned) */
export function checkProfile(length: number): void {
  if (length > MAX_PROFILE_BYTES)
    throw new Refused(
      "cannot-be-cleaned",
      `The picture's colour profile is longer than ${MAX_PROFILE_BYTES / 1_000_000} MB: convert the picture to sRGB.`,
    );
}
