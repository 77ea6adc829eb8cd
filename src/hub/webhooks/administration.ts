/** The administration of webhooks: make, rotate, resume, remove, and send events again. Whoever calls has asked for the right. */
import type { Instant } from "../../article/article.ts";
import { DAY_MILLISECONDS, formatInstant } from "../../article/instant.ts";
import type { Attempt } from "../tables/attempts.ts";
import type { Tables } from "../tables/tables.ts";
import type { Webhook, WebhookGrant } from "../tables/webhooks.ts";
import { makeSecret } from "./standard-webhooks.ts";

export const MAX_WEBHOOKS = 50;
// So long a receiver may take to learn its new secret.
const OVERLAP_MILLISECONDS = DAY_MILLISECONDS;
/** Secrets of a webhook that sign at a time: each makes a signature in every request. */
export const MAX_SECRETS = 3;

/** A webhook as a list shows it: `waiting` is the number of events that are still to be delivered. */
export type ListedWebhook = { webhook: Webhook; waiting: number };

/** A webhook with its new secret, which is shown only once. */
export type IssuedWebhook = ListedWebhook & { secret: string };

/** Some of the events that a webhook was told of: one by its id, or all since an instant. */
export type Redelivery = { event: string } | { since: Instant };

export class Administration {
  readonly #storage: DurableObjectStorage;
  readonly #tables: Tables;

  constructor(storage: DurableObjectStorage, tables: Tables) {
    this.#storage = storage;
    this.#tables = tables;
  }

  /** @returns undefined where there are too many */
  make(grant: WebhookGrant, actor: string, now: Instant): IssuedWebhook | undefined {
    return this.#storage.transactionSync(() => {
      const { webhooks } = this.#tables;
      if (webhooks.count() >= MAX_WEBHOOKS) return undefined;
      const id = webhooks.add(grant, now);
      return this.#issue(id, "webhook-made", actor, now);
    });
  }

  /** Gives a webhook a new secret; the two before it sign too, each for a day after it was replaced. @returns undefined where there is no such webhook */
  rotate(id: string, actor: string, now: Instant): IssuedWebhook | undefined {
    return this.#storage.transactionSync(() => this.#issue(id, "webhook-rotated", actor, now));
  }

  /** Lets a webhook get events again that was paused. @returns undefined where there is no such webhook */
  resume(id: string, actor: string, now: Instant): ListedWebhook | undefined {
    return this.#storage.transactionSync(() => {
      const { webhooks, deliveries } = this.#tables;
      const webhook = webhooks.find(id);
      if (webhook === undefined || webhook.paused === undefined) return this.find(id);
      webhooks.settle(id, { ...webhook, failures: 0, slow: false, failing: undefined, paused: undefined });
      deliveries.forgetFailures(id);
      deliveries.release(id, now);
      this.#audit(webhook, "webhook-resumed", actor, now);
      return this.find(id);
    });
  }

  /** Removes a webhook, with all that waits for it and its log. @returns whether there was one */
  remove(id: string, actor: string, now: Instant): boolean {
    return this.#storage.transactionSync(() => {
      const { webhooks, deliveries, events, attempts } = this.#tables;
      const webhook = webhooks.find(id);
      if (webhook === undefined) return false;
      webhooks.remove(id);
      deliveries.removeOf(id);
      attempts.removeOf(id);
      events.removeOrphans();
      this.#audit(webhook, "webhook-removed", actor, now);
      return true;
    });
  }

  /**
   * Sends events again that a webhook was told of, each article's in their order; to a paused one when it is resumed.
   * @returns how many there are; undefined where there is no such webhook, or it was never told of the event
   */
  redeliver(id: string, of: Redelivery, actor: string, now: Instant): number | undefined {
    return this.#storage.transactionSync(() => {
      const { webhooks, deliveries, events } = this.#tables;
      const webhook = webhooks.find(id);
      const event = "event" in of ? events.withId(of.event) : undefined;
      if (webhook === undefined || ("event" in of && event === undefined)) return undefined;
      const count = deliveries.repeat(id, "since" in of ? of : { event: event?.number ?? 0 });
      if (count === 0 && event !== undefined) return undefined;
      if (webhook.paused === undefined) deliveries.release(id, now);
      const which = "event" in of ? of.event : `since ${formatInstant(of.since)}`;
      const note = `${which}: ${count} ${count === 1 ? "event" : "events"}`;
      const subject = `webhook:${id}`;
      this.#tables.auditEntries.add({ instant: now, actor, action: "webhook-redelivered", subject, note });
      return count;
    });
  }

  /** All, the newest first. */
  list(): ListedWebhook[] {
    const { webhooks, deliveries } = this.#tables;
    const waiting = new Map(deliveries.waiting().map(({ webhook, count }) => [webhook, count]));
    return webhooks.all().map((webhook) => ({ webhook, waiting: waiting.get(webhook.id) ?? 0 }));
  }

  find(id: string): ListedWebhook | undefined {
    return this.list().find(({ webhook }) => webhook.id === id);
  }

  /** The log of a webhook, newest first: attempts with a number below `before`. @returns undefined where there is no such webhook */
  log(id: string, before: number | undefined, limit: number): Attempt[] | undefined {
    if (this.#tables.webhooks.find(id) === undefined) return undefined;
    return this.#tables.attempts.list(id, before, limit);
  }

  #issue(id: string, action: string, actor: string, now: Instant): IssuedWebhook | undefined {
    const listed = this.find(id);
    if (listed === undefined) return undefined;
    const secret = makeSecret();
    this.#tables.webhooks.addSecret(id, secret, now, now + OVERLAP_MILLISECONDS, MAX_SECRETS - 1);
    this.#audit(listed.webhook, action, actor, now);
    return { ...listed, secret };
  }

  /** The note tells where events go: the origin alone, for a path or a query may be a password. */
  #audit(
    { id, url, events, sections }: Pick<Webhook, "id" | "url" | "events" | "sections">,
    action: string,
    actor: string,
    now: Instant,
  ): void {
    const kinds = events.map((kind) => `article.${kind}`).join(", ");
    const place = sections === undefined ? "" : ` in ${sections.join(", ")}`;
    this.#tables.auditEntries.add({
      instant: now,
      actor,
      action,
      subject: `webhook:${id}`,
      note: `${kinds}${place} to ${new URL(url).origin}`,
    });
  }
}
