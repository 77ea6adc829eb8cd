/** Members of a Cloudflare Access team, by the assertions that Access signs (JWT, RFC 7519). */
import { decode, verify } from "hono/jwt";
import * as v from "valibot";
import type { Instant } from "../article/article.ts";
import type { Principal } from "../desk/principal.ts";
import type { Access } from "../settings.ts";
import { AccessKeys } from "./access-keys.ts";

const ALGORITHM = "RS256";
const MAX_KEY_NAME_LENGTH = 128;

const Header = v.object({
  alg: v.literal(ALGORITHM),
  kid: v.pipe(v.string(), v.nonEmpty(), v.maxLength(MAX_KEY_NAME_LENGTH)),
});
const name = v.pipe(v.string(), v.nonEmpty());
// A person has an e-mail address, a service token a common name.
const Subject = v.union([
  v.pipe(
    v.object({ email: name }),
    v.transform(({ email }) => email),
  ),
  v.pipe(
    v.object({ common_name: name }),
    v.transform(({ common_name }) => common_name),
  ),
]);

/** An assertion whose signature isn't verified yet. */
export type DecodedAssertion = { assertion: string; member: string; key: string };

/** The member; `unavailable` while the team's keys can't be fetched; else what is wrong with the assertion. */
export type Verification = Principal | "unavailable" | "unknown-key" | "wrong-signature";

export class AccessTeam {
  readonly #access: Access;
  readonly #keys: AccessKeys;

  constructor(access: Access) {
    this.#access = access;
    this.#keys = new AccessKeys(access.issuer);
  }

  /** @returns undefined for a text that can't be a valid assertion of Access for this application at present */
  decode(assertion: string, now: Instant): DecodedAssertion | undefined {
    const { issuer, audience } = this.#access;
    const Claims = v.object({
      iss: v.literal(issuer),
      aud: v.union([v.literal(audience), v.pipe(v.array(v.string()), v.includes(audience))]),
      // Access always sets an end.
      exp: v.pipe(v.number(), v.gtValue(Math.floor(now / 1000))),
    });
    const parts = partsOf(assertion);
    const header = v.safeParse(Header, parts?.header);
    const claims = v.safeParse(Claims, parts?.payload);
    const subject = v.safeParse(Subject, parts?.payload);
    return header.success && claims.success && subject.success
      ? { assertion, member: subject.output, key: header.output.kid }
      : undefined;
  }

  /** Whether the key of an assertion is kept, so that nothing is fetched to verify it. */
  hasKey({ key }: DecodedAssertion, now: Instant): boolean {
    return this.#keys.has(key, now);
  }

  async verify({ assertion, member, key }: DecodedAssertion, now: Instant): Promise<Verification> {
    const found = await this.#keys.find(key, now);
    if (found === "unavailable") return found;
    if (found === "unknown") return "unknown-key";
    const { issuer: iss, audience: aud } = this.#access;
    return verify(assertion, found, { alg: ALGORITHM, iss, aud }).then(
      (): Verification => ({ name: `access:${member}`, rights: ["publish", "withdraw"] }),
      // The message of such an error may hold the token.
      (): Verification => "wrong-signature",
    );
  }
}

function partsOf(assertion: string): { header: unknown; payload: unknown } | undefined {
  try {
    return decode(assertion);
  } catch {
    return undefined;
  }
}
