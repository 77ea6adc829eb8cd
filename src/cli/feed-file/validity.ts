/** How long an item may be shown. Pure. */
import { firstTold } from "./item.ts";

/**
 * The end of a `dcterms:valid`: of a period (DCMI Period Encoding Scheme: `start=…; end=…; scheme=W3C-DTF;`), or the date
 * that stands there alone.
 * @returns the end as the feed writes it; undefined for a period without one
 */
export function endOfValidity(valid: string | undefined): string | undefined {
  if (valid === undefined || !valid.includes("=")) return firstTold(valid);
  const parts = valid.split(";").map((part) => part.split("="));
  return firstTold(parts.find(([name]) => name?.trim().toLowerCase() === "end")?.[1]);
}
