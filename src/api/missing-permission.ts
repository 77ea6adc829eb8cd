/** The refusal of a request whose sender lacks a right, before the Desk is asked. */
import { type MissingPermission, missingPermission, type Principal, type Right } from "../desk/principal.ts";
import { problemOf } from "./desk-refusals.ts";
import { Refusal } from "../http/problems.ts";

/** A right that is lacking, seen before the Desk is asked. */
export class MissingPermissionRefusal extends Refusal {
  readonly action: string;

  /** @param action what was tried, for the list of refusals */
  constructor(missing: MissingPermission, action: string) {
    const { code, evidence } = problemOf({ ok: false, reason: "forbidden", missing });
    super(code, evidence);
    this.action = action;
  }
}

/**
 * @param action what is tried, for the list of refusals
 * @throws LackOfRight when the right is lacking
 */
export function requireRight(actor: Principal, right: Right, action: string): void {
  const missing = missingPermission(actor, right, []);
  if (missing !== undefined) throw new MissingPermissionRefusal(missing, action);
}
