/** The signs by which an XML feed hides an item, or limits the time when readers may see it. Pure. */
import { draftsOf, hiddenByDraft } from "./app-draft.ts";
import { type Hidden, strictest } from "../hidden.ts";
import type { XmlElement } from "../xml-tree.ts";
import { firstNonEmpty, nonEmpty } from "../item.ts";
import { isBlockedOrDeleted } from "../parts/media.ts";
import { availability, type Bounds, validity } from "./validity.ts";
import { vocabularyOf } from "./vocabularies.ts";

/** Times as the feed writes them. */
export type ItemSigns = { hidden: Hidden | undefined; notBefore: string[]; expires: string[] };

// By their local names, which are in the text however a namespace is declared.
const ELEMENT = /<[^\s<>/]*(?:draft|status|valid|available|embargodate|expirationdate|killdate)[\s/>]/i;

/** Whether a document may hold signs, by the names of its elements. */
export function mayHoldSigns(text: string): boolean {
  return ELEMENT.test(text);
}

/** Reads every sign of an item, in any spelling that XML has for it. */
export function signsOf(item: XmlElement): ItemSigns {
  const bounds = item.children.flatMap((child) => boundsOf(child));
  return {
    hidden: strictest([
      ...item.children.map(hiddenByStatus),
      ...draftsOf(item).map((draft) => hiddenByDraft(draft, "The feed says that this item is a draft.")),
    ]),
    notBefore: bounds.flatMap(({ notBefore }) => notBefore),
    expires: bounds.flatMap(({ expires }) => expires),
  };
}

/** Combines several signs: the strictest, and all their times. */
export function combined(signs: readonly ItemSigns[]): ItemSigns {
  return {
    hidden: strictest(signs.map(({ hidden }) => hidden)),
    notBefore: signs.flatMap(({ notBefore }) => notBefore),
    expires: signs.flatMap(({ expires }) => expires),
  };
}

function boundsOf(element: XmlElement): Bounds[] {
  switch (nameOf(element)) {
    case "dcterms:valid":
      return [validity(textIn(element))];
    case "dcterms:available":
      return [availability(textIn(element))];
    // PRISM 2.0: the time before which nobody may see the item.
    case "prism:embargodate":
      return [{ notBefore: nonEmpty([textIn(element)]), expires: [] }];
    case "prism:expirationdate":
    case "prism:killdate":
      return [{ notBefore: [], expires: nonEmpty([textIn(element)]) }];
    default:
      return [];
  }
}

/** Hides an item that is blocked or deleted as a whole (Media RSS 1.5.1, `media:status`). */
function hiddenByStatus(element: XmlElement): Hidden | undefined {
  if (nameOf(element) !== "media:status") return undefined;
  const state = attributeOf(element, "state");
  if (state === undefined || !isBlockedOrDeleted({ state })) return undefined;
  const why = attributeOf(element, "reason");
  const end = why === undefined ? "." : `: ${why}`;
  return { action: "leave-out", reason: `The feed says that this item is ${state}${end}` };
}

function nameOf({ uri, local }: XmlElement): string {
  return `${vocabularyOf(uri)}:${local.toLowerCase()}`;
}

function attributeOf({ attributes }: XmlElement, name: string): string | undefined {
  return firstNonEmpty(
    ...[...attributes].flatMap(([key, value]) => (key.toLowerCase() === name ? [value] : [])),
  );
}

/** The text of an element and of its descendants: RDF may wrap a value in an element. */
function textIn({ text, children }: XmlElement): string {
  return text + children.map(textIn).join("");
}
