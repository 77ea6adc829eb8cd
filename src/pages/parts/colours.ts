/** The colours that follow from the owner's accent colour: legible in light and in dark. Pure. */
import type { Site } from "../../article/site.ts";

/** A colour for each of the two schemes (CSS Media Queries 5, `prefers-color-scheme`), as `#rrggbb`. */
export type Scheme = { light: string; dark: string };

/** The paper of all pages. */
export const PAPERS: Scheme = { light: "#fdfcfa", dark: "#171614" };

/** The accent of a site that has none. */
const ACCENTS: Scheme = { light: "#8a2b12", dark: "#f0a287" };

/** The least contrast of text (WCAG 2.2, success criterion 1.4.3). */
const LEGIBLE = 4.5;

type Rgb = readonly [number, number, number];

/**
 * The accent colour of a site's pages: the owner's, made darker or lighter as little as it takes to read it. Text in it on
 * paper is legible, and so is text in the paper's colour on it.
 * @param papers what it stands on, as `#rrggbb`; of several surfaces the one that is most like the ink
 */
export function accentColours({ accentColor }: Pick<Site, "accentColor">, papers = PAPERS): Scheme {
  const given = accentColor === undefined ? ACCENTS : { light: accentColor, dark: accentColor };
  return { light: legibleOn(papers.light, given.light), dark: legibleOn(papers.dark, given.dark) };
}

/** The contrast of two colours, `#rrggbb`: 1 to 21 (WCAG 2.2, "contrast ratio"). */
export function contrastOf(one: string, other: string): number {
  return contrast(luminance(rgbOf(one)), luminance(rgbOf(other)));
}

function legibleOn(paper: string, colour: string): string {
  const ground = luminance(rgbOf(paper));
  // Of black and white, one at least is legible on any colour.
  const target = contrast(ground, 0) >= contrast(ground, 1) ? 0 : 255;
  const given = rgbOf(colour);
  for (let step = 0; step < 100; step++) {
    const mixed = mix(given, target, step / 100);
    if (contrast(luminance(mixed), ground) >= LEGIBLE) return hexOf(mixed);
  }
  return hexOf([target, target, target]);
}

function mix([red, green, blue]: Rgb, target: number, part: number): Rgb {
  const channel = (value: number): number => Math.round(value + (target - value) * part);
  return [channel(red), channel(green), channel(blue)];
}

function contrast(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

/** WCAG 2.2, "relative luminance": 0 is black, 1 is white. */
function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

function linear(value: number): number {
  const part = value / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}

/** @param colour six hexadecimal digits, with `#` or without */
function rgbOf(colour: string): Rgb {
  const number = Number.parseInt(colour.replace("#", ""), 16);
  return [(number >> 16) & 255, (number >> 8) & 255, number & 255];
}

function hexOf(colour: Rgb): string {
  return `#${colour.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}
