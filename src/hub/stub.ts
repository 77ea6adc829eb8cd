/** The stub of the one hub. */
import type { Hub } from "./hub.ts";

export function theHub({ HUB }: Pick<Env, "HUB">): DurableObjectStub<Hub> {
  return HUB.getByName("hub");
}
