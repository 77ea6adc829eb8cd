/** Reads the headline, the summary and the body of a ninjs item, which may have several of each. Pure. */
import { type Base, bodyFromHtml } from "../html/html.ts";
import type { Body, Issue, Place } from "../issue.ts";
import type { Keys } from "../fields/members.ts";
import { chosenVariant, isHtml } from "./choice.ts";
import { NinjsItem, type Variant } from "./item.ts";
import { bodyFromText, cleanLine } from "../paragraphs.ts";
import type { Layout, FieldReader } from "../fields/field-reader.ts";
import { cleanParagraphs } from "../fields/field-text.ts";

/** Reads the members of a ninjs item. `base` is the address from which relative ones start. */
export type ItemReader = FieldReader & { layout: Layout; base: Base; issues: Issue[]; warnings: Issue[] };

type Placed = { variant: Variant; keys: Keys };
type Several = "headlines" | "descriptions" | "bodies";
type Single = "headline" | "description_text" | "description_html" | "body_html" | "body_xhtml" | "body_text";

/** The main headline, as plain text. */
export function headlineOf(item: ItemReader): string | undefined {
  return plain(variantsOf(item, "headlines", [["headline", "text/plain"]]), item);
}

/** The main description, as plain text with its paragraphs: the summary of the article. */
export function summaryOf(item: ItemReader): string | undefined {
  const descriptions = variantsOf(item, "descriptions", [
    ["description_text", "text/plain"],
    ["description_html", "text/html"],
  ]);
  return plain(descriptions, item, cleanParagraphs);
}

/** The main body: HTML, if there is any. */
export function bodyIn(item: ItemReader): Body | undefined {
  const bodies = variantsOf(item, "bodies", [
    ["body_html", "text/html"],
    ["body_xhtml", "application/xhtml+xml"],
    ["body_text", "text/plain"],
  ]);
  const taken = chosen(bodies, true);
  if (taken === undefined) return undefined;
  const { variant, keys } = taken;
  const place = item.layout.placeOf(keys);
  const read = isHtml(variant)
    ? bodyFromHtml(variant.value, item.base, place)
    : bodyFromText(variant.value, place);
  item.issues.push(...read.issues);
  item.warnings.push(...read.warnings);
  return read.body;
}

/** The plain text of the main one of several variants. @param clean makes it one line, or paragraphs */
export function plainTextOf(
  variants: readonly Variant[],
  item: ItemReader,
  place: Place,
  clean = cleanLine,
): string | undefined {
  const taken = variants[chosenVariant(variants, false) ?? -1];
  if (taken === undefined) return undefined;
  const text = isHtml(taken) ? bodyFromHtml(taken.value, item.base, place).body?.text : taken.value;
  return clean(text ?? "", place, item.warnings);
}

function plain(found: readonly Placed[], item: ItemReader, clean = cleanLine): string | undefined {
  const taken = chosen(found, false);
  return taken && plainTextOf([taken.variant], item, item.layout.placeOf(taken.keys), clean);
}

function chosen(found: readonly Placed[], prefersHtml: boolean): Placed | undefined {
  return found[
    chosenVariant(
      found.map(({ variant }) => variant),
      prefersHtml,
    ) ?? -1
  ];
}

function variantsOf({ read }: ItemReader, several: Several, singles: readonly [Single, string][]): Placed[] {
  const { entries } = NinjsItem;
  const found: Placed[] = (read(several, entries[several]) ?? []).map((variant, index) => ({
    variant,
    keys: [several, index, "value"],
  }));
  for (const [key, contenttype] of singles) {
    const value = read(key, entries[key]);
    if (value !== undefined) found.push({ variant: { contenttype, value }, keys: [key] });
  }
  return found;
}
