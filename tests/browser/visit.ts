/** A page that a browser has opened, and all that it asked the network for. */
import { join } from "node:path";
import type { BrowserContext, Page, Route } from "playwright-core";
import * as v from "valibot";
import type { Direction } from "./content/site-files.ts";
import type { Kind } from "./kinds.ts";
import { theStage } from "./stage.ts";

const PROBE = join(import.meta.dirname, "probe.js");
const FRAME = "<!doctype html><html lang=en><title>A player</title><p>A player.</p></html>";
const HEIGHT = 900;
// The browser's own sizes of text, in pixels.
const USUAL_TEXT = { standard: 16, fixed: 13 };

export type Visit = AsyncDisposable & {
  page: Page;
  /** The addresses that the page asked for, on the site and elsewhere, in their order. */
  requested: readonly string[];
  /** Errors on the console, and what the page's policy has blocked. */
  complaints: () => Promise<string[]>;
  /** Evaluates a script in the page. @throws Error when the value hasn't the form of the schema */
  ask: <Schema extends v.GenericSchema>(script: string, schema: Schema) => Promise<v.InferOutput<Schema>>;
  resize: (width: number) => Promise<void>;
  /** Sets the size of text that a person chooses in the browser's settings, in pixels. */
  enlargeText: (standard: number) => Promise<void>;
};

export type VisitOptions = {
  width?: number;
  /** Whether pictures come only once the page was painted without them. */
  hasSlowPictures?: boolean;
};

/** A tab of the browser: visits use it one after the other, because a new one costs more than a page. */
type Tab = { context: BrowserContext; page: Page };

const idle: Tab[] = [];

/**
 * Opens a page of a kind.
 * @throws Error when its status is another
 */
export async function visit(
  direction: Direction,
  { path, status, isOfEmptySite }: Kind,
  { hasSlowPictures = false, width = 1280 }: VisitOptions = {},
): Promise<Visit> {
  const { sites, foreignPicture } = theStage();
  const origin = isOfEmptySite === true ? sites[direction].empty : sites[direction].full;
  const { context, page } = idle.pop() ?? (await openTab());
  const requested: string[] = [];
  const errors: string[] = [];
  page.on("request", (request) => requested.push(request.url()));
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    const { url } = message.location();
    // The browser reports a page's own status as an error.
    const isOwnStatus = status !== 200 && url === `${origin}${path}`;
    if (message.type() === "error" && !isOwnStatus) errors.push(`${message.text()} ${url}`);
  });
  const answer = async (route: Route): Promise<void> => {
    const request = route.request();
    const isPicture = request.resourceType() === "image";
    if (hasSlowPictures && isPicture) await page.evaluate("probe.painted()");
    if (request.url().startsWith(`${origin}/`)) await route.continue();
    else if (isPicture) await route.fulfill({ contentType: "image/png", body: foreignPicture });
    else await route.fulfill({ contentType: "text/html", body: FRAME });
  };
  await page.route("**/*", answer);
  const resize = (to: number): Promise<void> => page.setViewportSize({ width: to, height: HEIGHT });
  await resize(width);
  const response = await page.goto(`${origin}${path}`, {
    waitUntil: hasSlowPictures ? "domcontentloaded" : "load",
  });
  if (response?.status() !== status) throw new Error(`${path} was answered ${response?.status()}`);
  const ask: Visit["ask"] = async (script, schema) => v.parse(schema, await page.evaluate(script));
  return {
    page,
    requested,
    ask,
    resize,
    enlargeText: (standard) => setText(page, { standard, fixed: standard }),
    complaints: async () => [...errors, ...(await ask("probe.violations()", v.array(v.string())))],
    [Symbol.asyncDispose]: async () => {
      await page.unrouteAll({ behavior: "ignoreErrors" });
      page.removeAllListeners();
      await page.goto("about:blank");
      await page.emulateMedia({ media: null, colorScheme: null, forcedColors: null });
      await setText(page, USUAL_TEXT);
      idle.push({ context, page });
    },
  };
}

async function openTab(): Promise<Tab> {
  const context = await theStage().browser.newContext();
  await context.addInitScript({ path: PROBE });
  return { context, page: await context.newPage() };
}

async function setText(page: Page, fontSizes: typeof USUAL_TEXT): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Page.setFontSizes", { fontSizes });
  await session.detach();
}
