/** Bearer tokens (RFC 6750): the owner's EDITOR_TOKEN, and those that the Desk knows. */
import { LRUCache } from "lru-cache";
import type { Instant } from "../article/article.ts";
import { type Principal, RIGHTS } from "../desk/principal.ts";
import { digestOf } from "../digest.ts";
import { GUESSABLE, isGuessable, MAKE_TOKEN } from "../editor-token.ts";
import { report } from "../report.ts";
import type { Attempts } from "./attempts.ts";
import { theDesk } from "../desk/stub.ts";
import { isSecret } from "./token-secret.ts";

/** The bindings that signing in needs. */
export type SignInEnv = Pick<Env, "DESK" | "EDITOR_TOKEN" | "FAILED_ATTEMPTS">;

// A digest takes some two hundred bytes.
const MAX_DIGESTS = 1000;
// How long the Desk isn't asked again about a digest that it didn't know.
const UNKNOWN_MILLISECONDS = 10_000;

/**
 * Knows the holders of tokens. The Desk is the only writer, so strangers must not keep it busy: it is asked only about a token that
 * could be one of its own, as often as the limit of an address allows. A token that it knew before doesn't count against that limit,
 * but the Desk is asked all the same: a revoked token is refused on its next request.
 */
export class BearerTokens {
  readonly #attempts: Attempts;
  readonly #known = new LRUCache<string, true>({ max: MAX_DIGESTS });
  readonly #unknown = new LRUCache<string, Instant>({ max: MAX_DIGESTS });
  #hasReported = false;

  constructor(attempts: Attempts) {
    this.#attempts = attempts;
  }

  /**
   * Names the holder of a token.
   * @param request that carries it, whose address a failure counts for
   * @param now the present instant
   * @throws Refusal "unauthorized" when nobody does, "too-many-attempts" when too many from one address have failed
   */
  async principalOf(token: string, request: Request, env: SignInEnv, now: Instant): Promise<Principal> {
    const given = await digestOf(token);
    if (await this.#isOwners(given.bytes, env)) return { name: "EDITOR_TOKEN", rights: RIGHTS };
    if (!isSecret(token) || this.#isUnknown(given.hex, now)) {
      throw await this.#attempts.refuse(request, env);
    }
    return this.#fromDesk(given.hex, request, env, now);
  }

  async #fromDesk(digest: string, request: Request, env: SignInEnv, now: Instant): Promise<Principal> {
    const isKnown = this.#known.has(digest);
    if (!isKnown) this.#attempts.begin(request, now);
    const takeBack = (): void => {
      if (!isKnown) this.#attempts.takeBack(request, now);
    };
    const principal = await theDesk(env)
      .principal(digest)
      .catch((thrown: unknown) => {
        // The Desk is down: nothing is known against the token.
        takeBack();
        throw thrown;
      });
    if (principal === undefined) {
      this.#known.delete(digest);
      this.#unknown.set(digest, now);
      throw await this.#attempts.fail(request, env, now);
    }
    takeBack();
    this.#known.set(digest, true);
    return principal;
  }

  #isUnknown(digest: string, now: Instant): boolean {
    const asked = this.#unknown.get(digest);
    return asked !== undefined && now - asked < UNKNOWN_MILLISECONDS;
  }

  /** Compares digests in constant time. */
  async #isOwners(given: ArrayBuffer, { EDITOR_TOKEN: own }: SignInEnv): Promise<boolean> {
    if (own && !isGuessable(own)) {
      return crypto.subtle.timingSafeEqual(given, (await digestOf(own)).bytes);
    }
    if (!this.#hasReported) {
      this.#hasReported = true;
      if (own) report("editor-token-too-short", { hint: GUESSABLE });
      else report("no-editor-token", { hint: `Set the secret EDITOR_TOKEN. This prints one: ${MAKE_TOKEN}` });
    }
    return false;
  }
}
