/** The mark of a draft in the Atom Publishing Protocol (RFC 5023, section 13.1.1). Pure. */
import type { XmlElement } from "../xml-tree.ts";
import type { Hidden } from "../hidden.ts";
import { vocabularyOf } from "./vocabularies.ts";

/**
 * The texts of every `app:draft` of an entry, in its `app:control` or, where a system forgot that, in the entry itself.
 * Names count without case, as feeds are read elsewhere.
 */
export function draftsOf(entry: XmlElement): string[] {
  const controls = entry.children.filter((child) => isOfApp(child, "control"));
  return [entry, ...controls].flatMap(({ children }) =>
    children.filter((child) => isOfApp(child, "draft")).map(({ text }) => text),
  );
}

/**
 * "no" makes the entry visible; what else is written there doesn't.
 * @param reason one sentence for people
 */
export function hiddenByDraft(draft: string, reason: string): Hidden | undefined {
  return draft.trim() === "no" ? undefined : { action: "keep-as-draft", reason };
}

function isOfApp({ uri, local }: XmlElement, name: string): boolean {
  return local.toLowerCase() === name && vocabularyOf(uri) === "app";
}
