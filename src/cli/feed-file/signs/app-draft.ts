/** `app:draft`, the mark of a draft in the Atom Publishing Protocol (RFC 5023, section 13.1.1). Pure. */
import type { XmlElement } from "../xml-tree.ts";
import type { Hidden } from "../hidden.ts";
import { vocabularyOf } from "./vocabularies.ts";

/**
 * Finds the texts of every `app:draft` of an entry: in its `app:control`, or in the entry itself, where some systems
 * put it. The case of names is ignored, as feed readers do.
 */
export function draftsOf(entry: XmlElement): string[] {
  const controls = entry.children.filter((child) => isOfApp(child, "control"));
  return [entry, ...controls].flatMap(({ children }) =>
    children.filter((child) => isOfApp(child, "draft")).map(({ text }) => text),
  );
}

/**
 * Reads an `app:draft`. Only "no" makes the entry visible.
 * @param reason one sentence for people
 */
export function hiddenByDraft(draft: string, reason: string): Hidden | undefined {
  return draft.trim() === "no" ? undefined : { action: "keep-as-draft", reason };
}

function isOfApp({ uri, local }: XmlElement, name: string): boolean {
  return local.toLowerCase() === name && vocabularyOf(uri) === "app";
}
