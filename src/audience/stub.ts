/** The stub of the one Audience. */
import type { Audience } from "./audience.ts";

export function theAudience({ AUDIENCE }: Pick<Env, "AUDIENCE">): DurableObjectStub<Audience> {
  return AUDIENCE.getByName("audience");
}
