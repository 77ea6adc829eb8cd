/** The reason why not every reader may see an item, and what is done with the item. Pure. */

/** `reason`: one sentence for people. */
export type Hidden = { action: "keep-as-draft" | "leave-out"; reason: string };

/** The strictest of an item's signs: what is left out by one of them is left out. */
export function strictest(signs: readonly (Hidden | undefined)[]): Hidden | undefined {
  const hidden = signs.filter((sign) => sign !== undefined);
  return hidden.find(({ action }) => action === "leave-out") ?? hidden[0];
}
