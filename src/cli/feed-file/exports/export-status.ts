/** A status of a blog's export → why not every reader may see the item. Pure. */
import { visibilityOf } from "../../../upload/fields/visibility.ts";
import type { Hidden } from "../hidden.ts";

/**
 * @param status as the export writes it
 * @param open the words by which this system says that everyone may see the item, now or at its own time; another's
 *   word for it is one that this system doesn't have, and opens nothing
 * @param label the item, for people
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

/** An item as people know it: “Ferry returns” (https://old.example/?p=7). */
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
