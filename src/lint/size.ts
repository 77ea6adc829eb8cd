/** The weight of an article. Pure. */
import type { Check } from "./rule.ts";
import { count } from "./wording.ts";

/** Makes a check that an article weighs no more than a number of bytes. */
export function heavierThan(maxBytes: number): Check {
  return ({ bytes }) => {
    if (bytes <= maxBytes) return undefined;
    const found = count(bytes, "byte");
    return { detail: `article has ${found}, may have ${maxBytes}`, found };
  };
}
