/** Deliveries to webhooks: which begin now, what is sent, and what became of it. */
import type { Instant } from "../../article/article.ts";
import type { Site } from "../../article/site.ts";
import { Claims } from "../delivery/claims.ts";
import { MAX_LETTERS, SLOTS } from "../delivery/deliver.ts";
import { isRepetition } from "../delivery/repetition.ts";
import {
  type Job,
  type Lane,
  type Letter,
  type Outcome,
  type Taken,
  type WebhookMessage,
} from "../messages.ts";
import { report } from "../../report.ts";
import type { Begun, Delivery } from "../tables/deliveries.ts";
import type { Tables } from "../tables/tables.ts";
import type { Webhook } from "../tables/webhooks.ts";
import { stateAfter } from "./delivery-state.ts";
import { payloadOf } from "./payload.ts";

// Deliveries to one webhook that are under way at a time: the next ones begin as these end. A receiver that is well again is not
// overrun, nor are the others that share the lane.
const MAX_UNDER_WAY = 2 * MAX_LETTERS;
// A courier that vanished is made up for after that. A job of the slow lane may wait long for its courier.
const CLAIM_MILLISECONDS = { healthy: 120_000, slow: 1_800_000 } as const;
// A webhook in the slow lane gets so few at a time, and no more before this pause ends: whatever waits for it, others have the lane too.
const MAX_PROBES = SLOTS;
const PROBE_MILLISECONDS = 60_000;
// Of the articles in one job, in UTF-16 units: an RPC may have 32 MB ("Limits", Workers RPC).
const MAX_JOB_LENGTH = 4_000_000;

export class Deliveries {
  readonly #storage: DurableObjectStorage;
  readonly #tables: Tables;
  readonly #site: Site;
  readonly #userAgent: string;
  readonly #claims = new Claims();

  constructor(storage: DurableObjectStorage, tables: Tables, site: Site, userAgent: string) {
    this.#storage = storage;
    this.#tables = tables;
    this.#site = site;
    this.#userAgent = userAgent;
  }

  /** Begins what is due. @param hasRoom whether a lane has room: otherwise its deliveries wait here */
  begin(hasRoom: (lane: Lane) => boolean, now: Instant): Job[] {
    return this.#storage.transactionSync(() => {
      const { webhooks, deliveries } = this.#tables;
      return this.#ready(hasRoom, now).flatMap(({ id, slow, probe = now }) => {
        if (slow && probe > now) return [];
        const lane = slow ? "slow" : "healthy";
        const room = (slow ? MAX_PROBES : MAX_UNDER_WAY) - deliveries.underWay(id, now);
        const begun = deliveries.begin(id, now, Math.max(0, room), now + CLAIM_MILLISECONDS[lane]);
        if (slow && begun.length > 0) webhooks.probeAt(id, now + PROBE_MILLISECONDS);
        return chunks(begun).map((ids): Job => ({ lane, message: { version: 1, webhook: id, ids } }));
      });
    });
  }

  /** The next instant at which one is due that may begin then. */
  next(hasRoom: (lane: Lane) => boolean, now: Instant): Instant | undefined {
    const { deliveries } = this.#tables;
    const found = this.#ready(hasRoom, now).flatMap(({ id, slow, probe = 0 }) => {
      const due = deliveries.next(id);
      return due === undefined ? [] : [slow ? Math.max(due, probe) : due];
    });
    return found.length === 0 ? undefined : Math.min(...found);
  }

  /** Webhooks to which more may be sent now. A report of what is under way brings the others back. */
  #ready(hasRoom: (lane: Lane) => boolean, now: Instant): Webhook[] {
    const { webhooks, deliveries } = this.#tables;
    return webhooks
      .all()
      .filter(
        ({ id, slow }) =>
          hasRoom(slow ? "slow" : "healthy") &&
          deliveries.underWay(id, now) < (slow ? MAX_PROBES : MAX_UNDER_WAY),
      );
  }

  /** The letters of a message that are still to be sent: none to a webhook that was removed or paused meanwhile. */
  take({ webhook: id, ids }: WebhookMessage, courier: string, now: Instant): Taken {
    const webhook = this.#tables.webhooks.find(id);
    if (webhook === undefined) return { letters: [] };
    const secrets = this.#tables.webhooks.secrets(id, now);
    return { letters: ids.flatMap((each) => this.#letter(each, webhook, secrets, courier, now)) };
  }

  /** Notes what became of letters, of each once. @param isLast whether the courier has done with the message */
  report(
    { webhook: id, ids }: WebhookMessage,
    courier: string,
    outcomes: readonly Outcome[],
    isLast: boolean,
    now: Instant,
  ): void {
    this.#storage.transactionSync(() => {
      for (const outcome of outcomes) {
        this.#claims.release(outcome.id, courier);
        const webhook = this.#tables.webhooks.find(id);
        const delivery = this.#tables.deliveries.find(outcome.id);
        if (webhook === undefined || delivery?.webhook !== id) continue;
        if (!isRepetition(outcome, delivery, delivery.state === "waiting"))
          this.#settle(webhook, delivery, outcome, now);
      }
    });
    if (isLast) this.#claims.releaseAll(ids, courier);
  }

  #settle(webhook: Webhook, delivery: Delivery, { version, result: answer }: Outcome, now: Instant): void {
    const { webhooks, deliveries, events, attempts, auditEntries } = this.#tables;
    const event = events.find(delivery.event);
    if (event === undefined) return;
    const after = stateAfter(webhook, delivery, answer, now, Math.random());
    const { milliseconds, status, reason } = answer;
    const { id, kind, article } = event;
    attempts.add({
      webhook: webhook.id,
      event: id,
      kind,
      article,
      attempt: delivery.attempts + 1,
      result: after.result,
      instant: now,
      milliseconds,
      status,
      reason,
    });
    webhooks.settle(webhook.id, after.webhook);
    // Where the version is another, it is to be sent once more, whatever this attempt brought.
    const again = { ...delivery, due: after.webhook.paused === undefined ? now : undefined };
    deliveries.settle(delivery, version === delivery.version ? after.delivery : again);
    if (after.webhook.paused === undefined) {
      deliveries.releaseNext(webhook.id, article, now);
      // What waits for a webhook that is well again waits no longer.
      if (webhook.slow && !after.webhook.slow) deliveries.hasten(webhook.id, now);
      return;
    }
    if (webhook.paused !== undefined) return;
    deliveries.hold(webhook.id);
    auditEntries.add({
      instant: now,
      actor: "clock",
      action: "webhook-paused",
      subject: `webhook:${webhook.id}`,
      note: "Five days of failure.",
    });
  }

  /** None for a delivery that came through, waits for an earlier one, or which another courier has in hand. */
  #letter(id: number, webhook: Webhook, secrets: string[], courier: string, now: Instant): Letter[] {
    const { deliveries, events } = this.#tables;
    const delivery = deliveries.find(id);
    if (delivery === undefined || delivery.webhook !== webhook.id || delivery.due === undefined) return [];
    // It has failed since the message was written: the next attempt has its time.
    if (!delivery.begun && delivery.due > now) return [];
    if (!this.#claims.claim(id, courier, now)) return [];
    const event = events.find(delivery.event);
    const record = event && events.record(event);
    if (event === undefined || record === undefined) {
      // Nobody can make it readable: the article's later events go on.
      report("event-not-read", { event: delivery.event, webhook: webhook.id });
      deliveries.settle(delivery, { ...delivery, state: "failed", due: undefined });
      deliveries.releaseNext(webhook.id, delivery.article, now);
      return [];
    }
    const { fields, body } = payloadOf(this.#site, webhook.format, event, record);
    const all = { "User-Agent": this.#userAgent, ...fields };
    return [
      {
        id,
        url: webhook.url,
        version: delivery.version,
        settled: delivery.settled,
        secrets,
        event: { id: event.id, fields: all, body },
      },
    ];
  }
}

/** The ids of deliveries, so many together as one courier may carry. */
function chunks(begun: readonly Begun[]): number[][] {
  const found: { ids: number[]; length: number }[] = [];
  for (const { id, length } of begun) {
    const last = found.at(-1);
    if (last !== undefined && last.ids.length < MAX_LETTERS && last.length + length <= MAX_JOB_LENGTH) {
      last.ids.push(id);
      last.length += length;
    } else found.push({ ids: [id], length });
  }
  return found.map(({ ids }) => ids);
}
