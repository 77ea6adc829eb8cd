/** How long a text is, and how heavy an article. Pure. */
import type { Check } from "./rule.ts";
import { count } from "./wording.ts";

/** The characters of a text as its readers count them: code points, without the space around it. */
export function characters(text: string): number {
  return [...text.trim()].length;
}

/** A check that an article weighs no more than a number of bytes. */
export function heavierThan(maxBytes: number): Check {
  return ({ bytes }) => {
    if (bytes <= maxBytes) return undefined;
    const found = count(bytes, "byte");
    return { detail: `article has ${found}, may have ${maxBytes}`, found };
  };
}
