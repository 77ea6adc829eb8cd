/** Addresses that work outside the page for which they were written. Pure. */
import type { Check, Complaint } from "./rule.ts";
import { quoted } from "./wording.ts";

/** Whether `address` is an absolute URL of the web. `new URL` would forgive white space in it. */
export function isWebAddress(address: string): boolean {
  return /^https?:\/\/\S+$/i.test(address) && URL.canParse(address);
}

/** Whether `address` is an absolute URL of any scheme, such as `mailto:`. */
export function isAbsolute(address: string): boolean {
  return !/\s/.test(address) && URL.canParse(address);
}

/** The complaint about an address that is not absolute. @param what whose address: "link" */
export function notAbsolute(address: string, what: string): Complaint {
  return { detail: `${what} ${quoted(address)} is not an absolute address`, found: quoted(address) };
}

/** Complains of an article whose own page has no absolute address. */
export const noLink: Check = ({ url }) => (isWebAddress(url) ? undefined : notAbsolute(url, "link"));
