/** The reason why not every reader may see an item, and the action that follows. Pure. */

/** `reason`: one sentence for people. */
export type Hidden = { action: "keep-as-draft" | "leave-out"; reason: string };

/** The strictest of an item's signs: one that leaves the item out wins. */
export function strictest(signs: readonly (Hidden | undefined)[]): Hidden | undefined {
  const hidden = signs.filter((sign) => sign !== undefined);
  return hidden.find(({ action }) => action === "leave-out") ?? hidden[0];
}
