/** Chromium on this machine: where it is, and how the tests start it. */
import { access, constants } from "node:fs/promises";
import { type Browser, chromium } from "playwright-core";

// Debian's package, Ubuntu's, Google's build of it, and the same on macOS.
const USUAL_PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** What to do on a machine without it, in a sentence. */
export const MISSING =
  "The tests of the pages need Chromium: install it (Debian: apt-get install chromium), or name its program in the environment variable CHROMIUM.";

// No sandbox: tests often run in a container, as root. Nothing but the pages may ask the network.
const ARGUMENTS = ["--no-sandbox", "--disable-background-networking"];

/** Finds Chromium: the program that the variable CHROMIUM names, or else one in a usual place. */
export async function findChromium(): Promise<string | undefined> {
  const named = process.env["CHROMIUM"] ?? "";
  for (const place of named === "" ? USUAL_PLACES : [named]) {
    const isThere = await access(place, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return place;
  }
  return undefined;
}

/** Starts Chromium without a window. @throws Error where there is none */
export async function startChromium(): Promise<Browser> {
  const executablePath = await findChromium();
  if (executablePath === undefined) throw new Error(MISSING);
  return chromium.launch({ executablePath, args: ARGUMENTS });
}
