/** Parts that the items of every RSS have: Dublin Core’s dates, titles, and what addresses start from. Pure. */
import type { DcNs, DcTermsNs } from "feedsmith";
import { firstNonEmpty, resolveUrl } from "../item.ts";
import type { ReadText } from "./plain-text.ts";

/** The first text that says something. */
export function textIn(read: ReadText, ...texts: (string | undefined)[]): string | undefined {
  const text = firstNonEmpty(...texts);
  return text === undefined ? undefined : firstNonEmpty(read(text));
}

type Based = { link?: string | undefined; xml?: { base?: string | undefined } | undefined };

/** What the links of a feed start from. */
export function homeOf({ link, xml }: Based, read: ReadText): string | undefined {
  return resolveUrl(xml?.base, undefined) ?? resolveUrl(read(link ?? ""), undefined);
}

/** What the relative addresses of an item start from. */
export function baseOf({ link, xml }: Based, home: string | undefined, read: ReadText): string | undefined {
  return resolveUrl(xml?.base, home) ?? resolveUrl(read(link ?? ""), home) ?? home;
}

type Dated = { dc?: DcNs.ItemOrFeed<string>; dcterms?: DcTermsNs.ItemOrFeed<string> };

/** The dates of Dublin Core: that of publication first, that of the last change last. */
export function datesOf({ dc, dcterms }: Dated): (string | undefined)[] {
  const { issued, dates, created, modified } = dcterms ?? {};
  return [issued?.[0], dc?.dates?.[0], dates?.[0], created?.[0], modified?.[0]];
}
