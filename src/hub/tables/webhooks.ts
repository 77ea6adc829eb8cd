/** Webhooks, their secrets, and how it goes with them. No clock, no randomness. */
import * as v from "valibot";
import type { Instant } from "../../article/article.ts";
import { EVENT_KINDS, type EventKind } from "../../article/event.ts";
import { slug } from "../../article/identity.ts";
import { firstRow, isAnyRow, onlyRow, optional, rows } from "../../rows.ts";

/** The forms of a payload: Dateline's own JSON, and the IPTC's ninjs. */
export const PAYLOAD_FORMATS = ["dateline", "ninjs"] as const;

const list = v.pipe(v.string(), v.parseJson());
const WebhookRow = v.object({
  id: v.string(),
  name: v.string(),
  url: v.string(),
  events: v.pipe(list, v.array(v.picklist(EVENT_KINDS))),
  sections: optional(v.pipe(list, v.array(v.string()))),
  format: v.picklist(PAYLOAD_FORMATS),
  created: v.number(),
  failures: v.number(),
  slow: v.pipe(
    v.number(),
    v.transform((flag) => flag === 1),
  ),
  probe: optional(v.number()),
  failing: optional(v.number()),
  paused: optional(v.number()),
  succeeded: optional(v.number()),
  failed: optional(v.number()),
});

/** A webhook: failures in a row, since when no delivery came through, since when nothing is sent, the last success and failure. */
export type Webhook = v.InferOutput<typeof WebhookRow>;

/** The part of a webhook that an administrator decides. */
export type WebhookGrant = {
  name: string;
  url: string;
  /** The events of which it is told. */
  events: readonly EventKind[];
  /** The ids of the sections whose articles it is told of; undefined for all. */
  sections?: readonly string[] | undefined;
  format: Webhook["format"];
};

/** The part of a webhook that a delivery changes. */
export type WebhookState = Pick<Webhook, "failures" | "slow" | "failing" | "paused" | "succeeded" | "failed">;

const MAX_ID_LENGTH = 60;
// Of secrets: the present one has no end.
const NEWEST_FIRST = "expires IS NOT NULL, expires DESC";

const Secret = v.object({ secret: v.string() });
const Count = v.object({ count: v.number() });
const Due = v.object({ due: optional(v.number()) });

export class WebhooksTable {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** All, the newest first. */
  all(): Webhook[] {
    return rows(this.#sql, WebhookRow, "SELECT * FROM webhook ORDER BY created DESC, id");
  }

  find(id: string): Webhook | undefined {
    return firstRow(this.#sql, WebhookRow, "SELECT * FROM webhook WHERE id = ?", id);
  }

  count(): number {
    return onlyRow(this.#sql, Count, "SELECT count(*) AS count FROM webhook").count;
  }

  /** Adds a webhook under an id made from its name. @returns the id */
  add({ name, url, events, sections, format }: WebhookGrant, created: Instant): string {
    const id = this.#freeId(name);
    this.#sql.exec("INSERT INTO webhook_id (id) VALUES (?)", id);
    this.#sql.exec(
      "INSERT INTO webhook (id, name, url, events, sections, format, created) VALUES (?, ?, ?, ?, ?, ?, ?)",
      id,
      name,
      url,
      JSON.stringify(events),
      sections === undefined ? null : JSON.stringify(sections),
      format,
      created,
    );
    return id;
  }

  remove(id: string): void {
    this.#sql.exec("DELETE FROM webhook_secret WHERE webhook = ?", id);
    this.#sql.exec("DELETE FROM webhook WHERE id = ?", id);
  }

  /** Notes what a delivery, a pause or its end changes. */
  settle(id: string, { failures, slow, failing, paused, succeeded, failed }: WebhookState): void {
    this.#sql.exec(
      `UPDATE webhook SET failures = ?, slow = ?, failing = ?, paused = ?, succeeded = ?, failed = ? WHERE id = ?`,
      failures,
      Number(slow),
      failing ?? null,
      paused ?? null,
      succeeded ?? null,
      failed ?? null,
      id,
    );
  }

  /** Lets nothing more begin for a webhook in the slow lane until then. */
  probeAt(id: string, probe: Instant): void {
    this.#sql.exec("UPDATE webhook SET probe = ? WHERE id = ?", probe, id);
  }

  /**
   * Gives a webhook a secret.
   * @param expires when those that it has end, where they end no sooner
   * @param kept so many of those that it has, the newest; the others end at once
   */
  addSecret(id: string, secret: string, created: Instant, expires: Instant, kept: number): void {
    this.#sql.exec(
      `DELETE FROM webhook_secret WHERE webhook = ?1 AND secret NOT IN
       (SELECT secret FROM webhook_secret WHERE webhook = ?1 ORDER BY ${NEWEST_FIRST} LIMIT ?2)`,
      id,
      kept,
    );
    this.#sql.exec(
      "UPDATE webhook_secret SET expires = min(coalesce(expires, ?1), ?1) WHERE webhook = ?2",
      expires,
      id,
    );
    this.#sql.exec(
      "INSERT INTO webhook_secret (webhook, secret, created) VALUES (?, ?, ?)",
      id,
      secret,
      created,
    );
  }

  /** The secrets that sign for a webhook, the newest first. */
  secrets(id: string, now: Instant): string[] {
    return rows(
      this.#sql,
      Secret,
      `SELECT secret FROM webhook_secret WHERE webhook = ? AND (expires IS NULL OR expires > ?)
       ORDER BY ${NEWEST_FIRST}`,
      id,
      now,
    ).map(({ secret }) => secret);
  }

  /** Removes the secrets that have ended. */
  pruneSecrets(now: Instant): void {
    this.#sql.exec("DELETE FROM webhook_secret WHERE expires <= ?", now);
  }

  /** When the next secret ends. */
  nextSecretEnd(): Instant | undefined {
    const statement = "SELECT min(expires) AS due FROM webhook_secret WHERE expires IS NOT NULL";
    return onlyRow(this.#sql, Due, statement).due;
  }

  #freeId(name: string): string {
    const stem = slug(name, MAX_ID_LENGTH);
    for (let attempt = 1; ; attempt++) {
      const id = attempt === 1 ? stem : `${stem}-${attempt}`;
      if (!isAnyRow(this.#sql, "SELECT id FROM webhook_id WHERE id = ?", id)) return id;
    }
  }
}
