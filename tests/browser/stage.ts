/** What all tests of the pages share: one browser, and the sites in both directions. They run from before the first test to after the last. */
import { after, before } from "node:test";
import type { Browser } from "playwright-core";
import { startChromium } from "./chromium.ts";
import { drawForeign } from "./content/pictures.ts";
import type { Direction } from "./content/site-files.ts";
import { allStarted, type Sites, startSites } from "./filled-site.ts";

export type Stage = {
  browser: Browser;
  sites: Record<Direction, Sites>;
  /** The bytes of each picture on another host: a PNG. */
  foreignPicture: Buffer;
};

let stage: Stage | undefined;
/** What has started, whether or not all has. */
const running = new AsyncDisposableStack();

before(async () => {
  const [browser, ltr, rtl, foreignPicture] = await allStarted([
    startChromium().then((started) => running.use(started)),
    startSites("ltr", running),
    startSites("rtl", running),
    drawForeign(),
  ]);
  stage = { browser, sites: { ltr, rtl }, foreignPicture };
});

after(async () => running.disposeAsync());

/** The stage, once tests run. */
export function theStage(): Stage {
  if (stage === undefined) throw new Error("The stage is open while tests run");
  return stage;
}
