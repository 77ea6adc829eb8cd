/** Cleans the attributes of an article's HTML: only known ones stay, with values in their form. Pure. */
import type { Properties } from "hast";
import { forbiddenIn } from "../../article/characters.ts";
import { normalised } from "../encoding.ts";
import {
  absolute,
  ADDRESSES,
  type Base,
  isProtocolRelative,
  isRelative,
  LOADED,
  schemesOf,
  secured,
} from "./addresses.ts";
import { GLOBAL, VALUES } from "./allowed.ts";
import { isPlaceholder } from "./placeholders.ts";
import { candidatesOf, srcsetOf } from "./srcset.ts";
import { note, type Remarks } from "./remarks.ts";

/** The state of a cleaning: the address from which others start, and what was found so far. */
export type Cleaning = { base: Base; remarks: Remarks; forbidden: Set<string> };

type Value = Properties[string];

/**
 * The attributes that stay; a remark is noted for each other one.
 * @param own the attributes that the element may have beside the global ones, by hast property name
 */
export function cleanProperties(
  tagName: string,
  written: Properties,
  own: readonly string[],
  cleaning: Cleaning,
): Properties {
  const kept: [string, Value][] = [];
  for (const [property, value] of Object.entries(written)) {
    const isAllowed = own.includes(property) || GLOBAL.includes(property);
    const isAddress = ADDRESSES.has(property) || property === "srcSet";
    const safe = !isAllowed
      ? undefined
      : isAddress
        ? cleanAddresses(tagName, property, String(value), cleaning)
        : cleanValue(property, value, cleaning);
    if (safe !== undefined) kept.push([property, safe]);
    else if (!isAllowed || !isAddress) note(cleaning.remarks, "removed-attribute", attributeName(property));
  }
  return Object.fromEntries(kept);
}

function cleanAddresses(
  tagName: string,
  property: string,
  value: string,
  cleaning: Cleaning,
): string | undefined {
  const isLoaded = LOADED.has(property);
  const schemes = schemesOf(property);
  // An empty attribute loads nothing: the element without an address gets the remark.
  if (isLoaded && value.trim() === "") return undefined;
  const candidates = property === "srcSet" ? candidatesOf(value) : [{ address: value, descriptor: "" }];
  const found = (candidates ?? []).flatMap(
    ({ address }) => absolute(address, cleaning.base.url, schemes) ?? [],
  );
  if (candidates === undefined || found.length < candidates.length) {
    note(cleaning.remarks, "removed-url", value.trim());
    return undefined;
  }
  if ((tagName === "img" || tagName === "source") && found.some(isPlaceholder)) {
    note(cleaning.remarks, "removed-placeholder", value.trim());
    return undefined;
  }
  const safe = candidates.map(({ address, descriptor }) => ({
    address: cleanAddress(address, isLoaded, schemes, cleaning) ?? "",
    descriptor,
  }));
  return srcsetOf(safe);
}

/**
 * One address in absolute form. A relative one is noted where the document doesn't say from which address it starts.
 * @param isLoaded whether a page loads it by itself; then http becomes https
 * @returns undefined for an address that may not stay
 */
export function cleanAddress(
  written: string,
  isLoaded: boolean,
  schemes: readonly string[],
  cleaning: Cleaning,
): string | undefined {
  const address = absolute(written, cleaning.base.url, schemes);
  if (address === undefined) return undefined;
  if (!cleaning.base.isKnown && isRelative(written)) {
    note(cleaning.remarks, "relative-address", written.trim());
  }
  const safe = isLoaded ? secured(address) : address;
  // An address without a scheme means the scheme of its page.
  if (safe !== address && !isProtocolRelative(written)) note(cleaning.remarks, "raised-to-https", address);
  return safe;
}

function cleanValue(property: string, value: Value, cleaning: Cleaning): Value {
  const pattern = VALUES.get(property);
  if (Array.isArray(value)) {
    const words = [...new Set(value)].filter((word) => pattern === undefined || pattern.test(String(word)));
    return words.length === 0 ? undefined : words;
  }
  if (pattern !== undefined && !pattern.test(String(value))) return undefined;
  return typeof value === "string" ? cleanText(value, cleaning) : (value ?? undefined);
}

/**
 * Cleans a text. It may hold a carriage return that was written as a character reference; written out, that would be
 * a line end.
 */
export function cleanText(text: string, { forbidden }: Pick<Cleaning, "forbidden">): string {
  for (const character of forbiddenIn(text)) forbidden.add(character);
  return normalised(text.replaceAll(/\r\n?/g, "\n"));
}

function attributeName(property: string): string {
  if (/^data[A-Z]/.test(property)) return "data-*";
  if (/^aria[A-Z]/.test(property)) return "aria-*";
  return property === "className" ? "class" : property.toLowerCase();
}
