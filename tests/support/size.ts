/** The size of the long tests: small in `npm test`, full in `npm run test:soak`. */
import { inject } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    isSoak: boolean;
  }
}

/** A number of articles, lines or random cases, or a distance between two of them. */
export function sized(small: number, full: number): number {
  return inject("isSoak") ? full : small;
}
