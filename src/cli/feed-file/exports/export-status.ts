/** The status of an item in a blog's export → the reason to hide it. Pure. */
import { visibilityOf } from "../../../upload/fields/visibility.ts";
import type { Hidden } from "../hidden.ts";

/**
 * Reads the status of an item.
 * @param status as the export writes it
 * @param open this system's words for an item that everyone may see, now or at its own time; another system's word is
 *   unknown here, and opens nothing
 * @param label the item's name for people
 * @returns undefined when the status hides nothing
 */
export function hiddenByStatus(status: string, open: readonly string[], label: string): Hidden | undefined {
  const word = status.trim().toLowerCase();
  if (word === "") return { action: "keep-as-draft", reason: `The export names no status of ${label}.` };
  switch (visibilityOf(word)) {
    case "public":
    case "scheduled":
      return open.includes(word) ? undefined : unknownStatus(status.trim(), label);
    case "draft":
      return {
        action: "keep-as-draft",
        reason: `${label} has the status “${status.trim()}” in the export, which not every reader may see.`,
      };
    case "gone":
      return { action: "leave-out", reason: `${label} has the status “${status.trim()}” in the export.` };
    case undefined:
      return unknownStatus(status.trim(), label);
  }
}

/** Makes the name of an item for people: “Ferry returns” (https://old.example/?p=7). */
export function labelOf(title: string | undefined, id: string | undefined): string {
  const name = title === undefined ? "An item without a title" : `“${title}”`;
  return id === undefined ? name : `${name} (${id})`;
}

function unknownStatus(status: string, label: string): Hidden {
  return {
    action: "leave-out",
    reason: `${label} has the status “${status}” in the export, and nobody knows who may see that.`,
  };
}
