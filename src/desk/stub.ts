/** The stub of the one Desk. */
import type { Desk } from "./desk.ts";

export function theDesk({ DESK }: Pick<Env, "DESK">): DurableObjectStub<Desk> {
  return DESK.getByName("desk");
}
