/** Access to an operation: the right that it needs. */
import { type MissingPermission, missingPermission, type Principal, type Right } from "../desk/principal.ts";
import { Refusal } from "../http/problems.ts";
import { problemOf } from "./desk-refusals.ts";

/** The right that something needs. */
export type NeededRight = {
  right: Right;
  /** What is tried, for the list of refusals: `publish`, `read-audit`, … */
  action: string;
  /** Another right that lets in as well, for a part of the operation. The handler then asks for the rights of the other parts. */
  or?: Right;
  /** The prefix of the path's id, or its host, in the list of refusals. An article's id has none. */
  subjectPrefix?: "token:" | "media:" | "subscription:" | "webhook:" | "host:";
};

/** The refusal of a request whose sender lacks a right. The Worker decides it without the Desk, and notes it for the list of refusals. */
export class MissingPermissionRefusal extends Refusal {
  readonly action: string;

  /** @param action what was tried, for the list of refusals */
  constructor(missing: MissingPermission, action: string) {
    const { code, evidence } = problemOf({ ok: false, reason: "forbidden", missing });
    super(code, evidence);
    this.action = action;
  }
}

/** @throws MissingPermissionRefusal when the actor has neither the right nor the one in `or` */
export function requireRight(actor: Principal, { right, action, or }: NeededRight): void {
  if (or !== undefined && actor.rights.includes(or)) return;
  const missing = missingPermission(actor, right, []);
  if (missing !== undefined) throw new MissingPermissionRefusal(missing, action);
}
