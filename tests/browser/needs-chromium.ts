/** Ends the process with a sentence where there is no Chromium: loaded before the tests of the pages. */
import { findChromium, MISSING } from "./chromium.ts";

if ((await findChromium()) === undefined) {
  console.error(MISSING);
  process.exit(1);
}
