/** Fields that every version of RSS shares: titles, bases of addresses, and Dublin Core’s dates. Pure. */
import type { DcNs, DcTermsNs } from "feedsmith";
import { firstNonEmpty, resolveUrl } from "../item.ts";
import type { ReadText } from "./plain-text.ts";

/** Reads the first text that isn't empty. */
export function textIn(read: ReadText, ...texts: (string | undefined)[]): string | undefined {
  const text = firstNonEmpty(...texts);
  return text === undefined ? undefined : firstNonEmpty(read(text));
}

type Based = { link?: string | undefined; xml?: { base?: string | undefined } | undefined };

/** The base of the links in a feed. */
export function homeOf({ link, xml }: Based, read: ReadText): string | undefined {
  return resolveUrl(xml?.base, undefined) ?? resolveUrl(read(link ?? ""), undefined);
}

/** The base of the relative addresses in an item. */
export function baseOf({ link, xml }: Based, home: string | undefined, read: ReadText): string | undefined {
  return resolveUrl(xml?.base, home) ?? resolveUrl(read(link ?? ""), home) ?? home;
}

type Dated = { dc?: DcNs.ItemOrFeed<string>; dcterms?: DcTermsNs.ItemOrFeed<string> };

/** The dates in Dublin Core: that of publication first, that of the last change last. */
export function datesOf({ dc, dcterms }: Dated): (string | undefined)[] {
  const { issued, dates, created, modified } = dcterms ?? {};
  return [issued?.[0], dc?.dates?.[0], dates?.[0], created?.[0], modified?.[0]];
}
