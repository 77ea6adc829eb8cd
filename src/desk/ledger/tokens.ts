/** The tokens of the newsroom, as digests alone. No clock, no randomness. */
import * as v from "valibot";
import type { Instant } from "../../article/article.ts";
import { slug } from "../../article/identity.ts";
import { type Principal, RIGHTS, type Right } from "../principal.ts";
import { optional, rows } from "../../rows.ts";

const list = v.pipe(v.string(), v.parseJson());
const TokenRow = v.object({
  id: v.string(),
  name: v.string(),
  digest: v.string(),
  rights: v.pipe(list, v.array(v.picklist(RIGHTS))),
  sections: optional(v.pipe(list, v.array(v.string()))),
  created: v.number(),
  expires: optional(v.number()),
  revoked: optional(v.number()),
});

/** The part of a token that an administrator decides. */
export type TokenGrant = {
  name: string;
  rights: readonly Right[];
  /** The ids of the only sections that it may touch; undefined for all. */
  sections?: readonly string[] | undefined;
  expires?: Instant | undefined;
};

/** A token as a list shows it. */
export type Token = TokenGrant & { id: string; created: Instant; revoked?: Instant | undefined };

const MAX_ID_LENGTH = 60;

export class Tokens {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** The holder of the token with this digest; undefined where it is unknown, revoked or expired. */
  principal(digest: string, now: Instant): Principal | undefined {
    const [token] = this.#rows("SELECT * FROM token WHERE digest = ?", digest);
    if (token === undefined || !isValidAt(token, now)) return undefined;
    return { name: `token:${token.id}`, rights: token.rights, sections: token.sections, digest };
  }

  /** Whether a principal is still what it was when it signed in. */
  isPresent({ name, digest }: Principal, now: Instant): boolean {
    return digest === undefined || this.principal(digest, now)?.name === name;
  }

  /** Every token there ever was, the newest first. */
  all(): Token[] {
    return this.#rows("SELECT * FROM token ORDER BY created DESC, id").map(
      ({ digest: _digest, ...token }) => token,
    );
  }

  find(id: string): Token | undefined {
    return this.#rows("SELECT * FROM token WHERE id = ?", id).map(
      ({ digest: _digest, ...token }) => token,
    )[0];
  }

  /** Notes a new token under an id made from its name. */
  add({ name, rights, sections, expires }: TokenGrant, digest: string, created: Instant): Token {
    const id = this.#freeId(name);
    this.#sql.exec(
      "INSERT INTO token (id, name, digest, rights, sections, created, expires) VALUES (?, ?, ?, ?, ?, ?, ?)",
      id,
      name,
      digest,
      JSON.stringify(rights),
      sections === undefined ? null : JSON.stringify(sections),
      created,
      expires ?? null,
    );
    return { id, name, rights, sections, created, expires };
  }

  /** Replaces the secret: the former one is unknown from now on. */
  rotate(id: string, digest: string): void {
    this.#sql.exec("UPDATE token SET digest = ? WHERE id = ?", digest, id);
  }

  revoke(id: string, now: Instant): void {
    this.#sql.exec("UPDATE token SET revoked = ? WHERE id = ?", now, id);
  }

  #freeId(name: string): string {
    const stem = slug(name, MAX_ID_LENGTH);
    for (let attempt = 1; ; attempt++) {
      const id = attempt === 1 ? stem : `${stem}-${attempt}`;
      if (this.find(id) === undefined) return id;
    }
  }

  #rows(statement: string, ...bindings: string[]): (Token & { digest: string })[] {
    return rows(this.#sql, TokenRow, statement, ...bindings);
  }
}

/** Whether a token opens anything: it is neither revoked nor expired. */
export function isValidAt({ expires, revoked }: Token, now: Instant): boolean {
  return revoked === undefined && (expires === undefined || expires > now);
}
