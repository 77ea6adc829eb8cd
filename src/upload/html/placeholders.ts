/** Addresses of placeholders: empty pictures that a script replaces later. Pure. */
import { absolute, WEB } from "./addresses.ts";
import { candidatesOf } from "./srcset.ts";

// The names that scripts for late loading give their empty pictures.
const PLACEHOLDER =
  /^(?!\.)(?:lazy[-_]?(?:load)?[-_]?)?(?:blank|clear|dummy|empty|gr[ae]y|loader|loading|pixel|placeholder|spacer|trans|transparent|1x1)?\.(?:gif|png|svg|webp)$/i;

/** Whether the file at an absolute address is a placeholder, by its name. */
export function isPlaceholder(address: string): boolean {
  const { pathname } = new URL(address);
  return PLACEHOLDER.test(pathname.slice(pathname.lastIndexOf("/") + 1));
}

/**
 * The absolute form of an address that shows something.
 * @returns undefined for a placeholder, and for what a page can't load: `data:`, `blob:`, `about:blank`
 */
export function shownAt(value: unknown, base: string): string | undefined {
  const address = typeof value === "string" ? absolute(value, base, WEB) : undefined;
  return address === undefined || isPlaceholder(address) ? undefined : address;
}

/** The same for each size of a `srcset`; undefined unless each of them shows something. */
export function allShownAt(srcset: unknown, base: string): string[] | undefined {
  const candidates = typeof srcset === "string" ? candidatesOf(srcset) : undefined;
  const shown = (candidates ?? []).flatMap(({ address }) => shownAt(address, base) ?? []);
  return shown.length > 0 && shown.length === candidates?.length ? shown : undefined;
}
