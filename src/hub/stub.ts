/** The stub of the one hub, and the Desk's line to it. */
import type { HubLine } from "../desk/messages.ts";
import type { Hub } from "./hub.ts";

export function theHub({ HUB }: Pick<Env, "HUB">): DurableObjectStub<Hub> {
  return HUB.getByName("hub");
}

export function lineToHub(bindings: Pick<Env, "HUB">): HubLine {
  return {
    changed: (notices) => theHub(bindings).changed(notices),
    happened: (events) => theHub(bindings).happened(events),
  };
}
