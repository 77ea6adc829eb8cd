/** Whether text can be told apart from what lies behind it, by its pixels: in forced colours, and on paper. */
import type { Page } from "playwright-core";
import sharp from "sharp";
import * as v from "valibot";
import type { Visit } from "./visit.ts";

export type Media = NonNullable<Parameters<Page["emulateMedia"]>[0]>;

export const MEDIA: readonly (readonly [string, Media])[] = [
  ["forced colours", { forcedColors: "active", colorScheme: "light" }],
  ["forced colours, dark", { forcedColors: "active", colorScheme: "dark" }],
  ["paper", { forcedColors: null, media: "print", colorScheme: "light" }],
  ["paper, from a dark screen", { media: "print", colorScheme: "dark" }],
];

const Texts = v.array(
  v.object({ name: v.string(), x: v.number(), y: v.number(), width: v.number(), height: v.number() }),
);

// Levels of grey, of 255, between the darkest and the lightest pixel of a text.
const MIN_LEVELS = 90;

/** The heading and the first paragraphs that can't be read with some media. */
export async function unreadable({ page, ask }: Visit, name: string, media: Media): Promise<string[]> {
  await page.emulateMedia(media);
  await page.evaluate("scrollTo(0, 0)");
  const texts = await ask("probe.texts()", Texts);
  if (texts.length === 0) return [`${name}: there is no text`];
  const screen = await page.screenshot({ animations: "disabled" });
  const found: string[] = [];
  for (const { name: text, x, y, width, height } of texts) {
    const box = {
      left: Math.ceil(x),
      top: Math.ceil(y),
      width: Math.floor(width) - 1,
      height: Math.floor(height) - 1,
    };
    const { channels } = await sharp(await sharp(screen).extract(box).greyscale().toBuffer()).stats();
    const { min = 0, max = 0 } = channels[0] ?? {};
    if (max - min < MIN_LEVELS) found.push(`${name}: ${max - min} levels in ${text}`);
  }
  return found;
}
