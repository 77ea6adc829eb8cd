/**
 * Takes the README's pictures of a site with the sample articles, which `npm start` has started: `node tests/browser/screenshots.ts`,
 * with another address than http://localhost:8787 as its argument.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Browser, BrowserContextOptions } from "playwright-core";
import sharp from "sharp";
import { startChromium } from "./chromium.ts";

const FOLDER = resolve(import.meta.dirname, "../../.github");
const MAX_BYTES = 200_000;
// From the best to the smallest: a palette of so many colours.
const COLOURS = [256, 128, 64, 32, 16] as const;

type Picture = { name: string; path: string; options: BrowserContextOptions };

const WIDE = { viewport: { width: 1280, height: 1000 } };
const NARROW = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2 };

const [, , origin = "http://localhost:8787"] = process.argv;

const ARTICLE = "/articles/2026-11-22-the-last-rope-walk-reopens";
const RIGHT_TO_LEFT = "/sections/arabic";

const PICTURES: readonly Picture[] = [
  { name: "front-page", path: "/", options: WIDE },
  { name: "article", path: ARTICLE, options: WIDE },
  { name: "front-page-narrow", path: "/", options: NARROW },
  { name: "front-page-dark", path: "/", options: { ...WIDE, colorScheme: "dark" } },
  { name: "right-to-left", path: RIGHT_TO_LEFT, options: WIDE },
];

const browser = await startChromium();
try {
  await mkdir(FOLDER, { recursive: true });
  for (const picture of PICTURES) {
    const file = join(FOLDER, `${picture.name}.png`);
    const bytes = await small(await take(browser, picture));
    await writeFile(file, bytes);
    console.log(`${file}: ${Math.ceil(bytes.byteLength / 1000)} KB`);
  }
} finally {
  await browser.close();
}

async function take(from: Browser, { path, options }: Picture): Promise<Buffer> {
  const context = await from.newContext({ locale: "en-GB", ...options });
  const page = await context.newPage();
  const response = await page.goto(`${origin}${path}`, { waitUntil: "networkidle" });
  if (response?.status() !== 200) throw new Error(`${path} was answered ${response?.status()}`);
  const picture = await page.screenshot({ animations: "disabled" });
  await context.close();
  return picture;
}

/** The picture in as many colours as fit. @throws Error when none do */
async function small(picture: Buffer): Promise<Buffer> {
  for (const colours of COLOURS) {
    const bytes = await sharp(picture).png({ palette: true, colours, effort: 10, dither: 0.6 }).toBuffer();
    if (bytes.byteLength <= MAX_BYTES) return bytes;
  }
  throw new Error(`The picture is larger than ${MAX_BYTES} bytes in ${COLOURS.at(-1)} colours`);
}
