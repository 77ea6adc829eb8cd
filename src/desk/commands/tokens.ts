/** The administration of tokens: make, rotate, revoke. To run in a transaction. No clock, no randomness. */
import type { Instant } from "../../article/article.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Refused } from "../messages.ts";
import { missingPermission, type Principal } from "../principal.ts";
import { noteOf } from "../ledger/refusals.ts";
import { isValidAt, type Token, type TokenGrant } from "../ledger/tokens.ts";

/** An action on a token; `digest` is that of its new secret. */
export type TokenAction =
  | { kind: "make"; grant: TokenGrant; digest: string }
  | { kind: "rotate"; id: string; digest: string }
  | { kind: "revoke"; id: string };

/** Makes, rotates or revokes a token; an expired one gets no new secret, and revoking again changes nothing. A refusal is noted. */
export function administer(
  ledger: Ledger,
  action: TokenAction,
  actor: Principal,
  now: Instant,
): { ok: true; token: Token } | Refused {
  const decided = decide(ledger, action, actor, now);
  if (!decided.ok) {
    const subject = action.kind === "make" ? undefined : `token:${action.id}`;
    ledger.refusals.note(noteOf(decided, actor.name, `${action.kind}-token`, subject), now);
  }
  return decided;
}

function decide(
  ledger: Ledger,
  action: TokenAction,
  actor: Principal,
  now: Instant,
): { ok: true; token: Token } | Refused {
  const missing = missingPermission(actor, "admin", []);
  if (missing !== undefined) return { ok: false, reason: "forbidden", missing };
  if (action.kind === "make") {
    const token = ledger.tokens.add(action.grant, action.digest, now);
    audit(ledger, "token-made", token, actor, now);
    return { ok: true, token };
  }
  const token = ledger.tokens.find(action.id);
  if (token === undefined || (token.revoked !== undefined && action.kind === "rotate")) {
    return { ok: false, reason: "not-found", id: action.id };
  }
  if (action.kind === "rotate") {
    if (!isValidAt(token, now)) return { ok: false, reason: "token-expired", id: token.id };
    ledger.tokens.rotate(token.id, action.digest);
    audit(ledger, "token-rotated", token, actor, now);
    return { ok: true, token };
  }
  if (token.revoked !== undefined) return { ok: true, token };
  ledger.tokens.revoke(token.id, now);
  audit(ledger, "token-revoked", token, actor, now);
  return { ok: true, token: { ...token, revoked: now } };
}

function audit(
  ledger: Ledger,
  action: string,
  { id, rights, sections }: Token,
  actor: Principal,
  now: Instant,
): void {
  ledger.audit.add({
    instant: now,
    actor: actor.name,
    action,
    subject: `token:${id}`,
    result: "done",
    note: `${rights.join(", ")}${sections === undefined ? "" : ` in ${sections.join(", ")}`}`,
  });
}
