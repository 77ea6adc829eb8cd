/**
 * Loads pictures, frames and films that a script would load later: they get the addresses that it would give them.
 * Pure.
 */
import type { Element, Properties, RootContent } from "hast";
import { absolute, WEB } from "./addresses.ts";
import { holds, isElement } from "./elements.ts";
import { allShownAt, shownAt } from "./placeholders.ts";
import { candidatesOf, largestOf } from "./srcset.ts";

const IMG: ReadonlySet<string> = new Set(["img"]);
const LAZY: ReadonlySet<string> = new Set(["audio", "embed", "iframe", "img", "source", "track", "video"]);

// The attributes of the scripts in use (lazysizes, lozad, jQuery Lazy Load, WordPress's plug-ins, content networks),
// by hast property name. Of several attributes the first one counts.
const SOURCES = names(
  "lazy-src src original original-src orig-src lazy-original lazy lazyload real-src actualsrc defer-src deferred-src " +
    "ll-src echo hi-res-src cfsrc ezsrc opt-src src-cmplz cookieblock-src iframe-src video-src",
);
const SRCSETS = names(
  "lazy-srcset srcset src-set original-set original-srcset ezsrcset ll-srcset opt-srcset",
);
const SIZES = names("lazy-sizes sizes ll-sizes");
const POSTERS = names("lazy-poster poster");
const ALL = new Set([...SOURCES, ...SRCSETS, ...SIZES, ...POSTERS]);

function names(words: string): string[] {
  return words
    .split(" ")
    .map((word) => `data-${word}`.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase()));
}

/**
 * Replaces the placeholders of each element by the addresses that a script would give it, and gives each `picture`
 * that has sizes alone an `img`.
 * @param base the address that relative ones start from
 * @param lazy gets the elements that received an address in this way
 */
export function loaded(
  children: readonly RootContent[],
  base: string,
  lazy: Set<RootContent>,
): RootContent[] {
  return children.map((child) => {
    if (child.type !== "element") return child;
    const inner = loaded(child.children, base, lazy).filter((one) => one.type !== "doctype");
    const later = LAZY.has(child.tagName) ? loadedProperties(child, base) : child.properties;
    const properties = child.tagName === "img" ? withSource(later, base) : later;
    const element = completed({ ...child, properties, children: inner }, base);
    const isLazy = later !== child.properties;
    if (isLazy || (child.tagName === "picture" && inner.some((one) => lazy.has(one)))) lazy.add(element);
    return element;
  });
}

function loadedProperties({ tagName, properties }: Element, base: string): Properties {
  const src = first(properties, SOURCES, (value) => isAddress(value) && canLoad(tagName, value, base));
  const srcSet = first(properties, SRCSETS, (value) => allShownAt(value, base) !== undefined);
  const poster =
    tagName === "video" ? first(properties, POSTERS, (value) => canLoad("img", value, base)) : undefined;
  if (src === undefined && srcSet === undefined && poster === undefined) return properties;
  const sizes = first(properties, SIZES, (value) => value !== "auto");
  const kept = Object.fromEntries(Object.entries(properties).filter(([name]) => !ALL.has(name)));
  // A script that sets the sizes leaves the placeholder in `src`.
  const shown = src ?? (tagName === "img" && srcSet !== undefined ? shownOf(properties, srcSet) : undefined);
  if (srcSet === undefined && allShownAt(kept["srcSet"], base) === undefined) delete kept["srcSet"];
  return {
    ...kept,
    ...(shown !== undefined && { src: shown }),
    ...(srcSet !== undefined && { srcSet }),
    ...(sizes !== undefined && { sizes }),
    ...(poster !== undefined && { poster }),
  };
}

/** Programs without `srcset` show the picture, too, if its `src` is one of the sizes. */
function withSource(properties: Properties, base: string): Properties {
  const { src, srcSet } = properties;
  if (typeof srcSet !== "string" || shownAt(src, base) !== undefined) return properties;
  if (allShownAt(srcSet, base) === undefined) return properties;
  return { ...properties, src: largestOf(candidatesOf(srcSet) ?? []) };
}

function first(
  properties: Properties,
  from: readonly string[],
  fits: (value: string) => boolean,
): string | undefined {
  return from
    .map((name) => properties[name])
    .filter((value) => typeof value === "string")
    .find(fits);
}

/** Whether a text is an address: no mere word, and no pattern that a script would fill in. */
function isAddress(value: string): boolean {
  return /\/|\.[a-z][a-z\d]{1,4}(?:[?#]|$)/i.test(value) && !/[{}]/.test(value);
}

function canLoad(tagName: string, value: string, base: string): boolean {
  const isPicture = tagName === "img" || tagName === "source";
  return (isPicture ? shownAt(value, base) : absolute(value, base, WEB)) !== undefined;
}

function shownOf({ src }: Properties, srcSet: string): string | undefined {
  const candidates = candidatesOf(srcSet) ?? [];
  return candidates.some(({ address }) => address === src) ? undefined : largestOf(candidates);
}

/** Gives a `picture` whose own `img` shows nothing the largest of its last sizes, which are those for any browser. */
function completed(picture: Element, base: string): Element {
  if (picture.tagName !== "picture") return picture;
  const { children } = picture;
  const src = children.map((child) => sizeIn(child, base)).findLast((size) => size !== undefined);
  if (src === undefined) return picture;
  const image = children.find((child) => isElement(child, "img"));
  const isShown =
    image === undefined ? holds(children, IMG) : shownAt(image.properties["src"], base) !== undefined;
  if (isShown) return picture;
  const { srcSet: _placeholder, ...written } = image?.properties ?? {};
  const made: Element = { type: "element", tagName: "img", properties: { ...written, src }, children: [] };
  return { ...picture, children: [...children.filter((child) => child !== image), made] };
}

function sizeIn(child: RootContent, base: string): string | undefined {
  if (!isElement(child, "source")) return undefined;
  const { src, srcSet } = child.properties;
  if (typeof srcSet === "string" && allShownAt(srcSet, base) !== undefined) {
    return largestOf(candidatesOf(srcSet) ?? []);
  }
  return typeof src === "string" && shownAt(src, base) !== undefined ? src : undefined;
}
