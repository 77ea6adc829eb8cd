/** Requests of subscribers: taken at once, verified in the background, and only then carried out (WebSub, section 5). */
import type { Instant } from "../../article/article.ts";
import type { HubLimits } from "../../article/site.ts";
import type { RequestRefusal, SubscriptionRequest, Verification } from "../messages.ts";
import { type Intent, verificationOf } from "../tables/intents.ts";
import type { Subscription } from "../tables/subscriptions.ts";
import type { Tables } from "../tables/tables.ts";
import type { Topics } from "../topics.ts";
import type { Publication } from "./publication.ts";

// At once, after one minute and after ten: the pauses between, in milliseconds. Then the request is dropped.
const PAUSES = [60_000, 540_000];
/** So much of the room for requests that wait one address may fill. */
const SHARE_OF_A_SOURCE = 1 / 10;
// One wave of a courier's connections: no stranger that doesn't answer keeps more than that waiting.
export const MAX_VERIFICATIONS = 6;
// A lone request is verified at once, and those that come within so long after it together: an alarm and a courier cost more than
// their verification.
const GATHERING_MILLISECONDS = 1000;
// A courier that vanished is made up for after that.
const CLAIM_MILLISECONDS = 60_000;

export class Requests {
  readonly #storage: DurableObjectStorage;
  readonly #tables: Tables;
  readonly #topics: Topics;
  readonly #publication: Pick<Publication, "catchUp">;
  readonly #limits: HubLimits;
  readonly #userAgent: string;
  #gatheringUntil = -Infinity;

  constructor(
    storage: DurableObjectStorage,
    tables: Tables,
    topics: Topics,
    publication: Pick<Publication, "catchUp">,
    limits: HubLimits,
    userAgent: string,
  ) {
    this.#storage = storage;
    this.#tables = tables;
    this.#topics = topics;
    this.#publication = publication;
    this.#limits = limits;
    this.#userAgent = userAgent;
  }

  /** Takes a request. @returns the reason of a refusal; undefined where its verification follows */
  accept(request: SubscriptionRequest, now: Instant): RequestRefusal | undefined {
    const { intents, blockedHosts } = this.#tables;
    const { mode, topic, callback, host, source } = request;
    if (blockedHosts.has(host)) return "blocked";
    const known = this.#known(topic, callback);
    // There is nothing to end, and nothing on its way.
    const isOpen = known !== undefined || intents.has({ mode: "subscribe", topic, callback });
    if (mode === "unsubscribe" && !isOpen) return undefined;
    // Whoever subscribes already, or asks again, takes no more room: strangers can't keep a renewal or an end out.
    if (known === undefined && !intents.has(request)) {
      if (intents.countOf(source) >= Math.ceil(this.#limits.pending * SHARE_OF_A_SOURCE))
        return "source-full";
      if (intents.count() >= this.#limits.pending) return "too-many-pending";
      const refusal = mode === "subscribe" ? this.#refusal(host, topic, intents.countNew(host)) : undefined;
      if (refusal !== undefined) return refusal;
    }
    intents.add(known === undefined ? request : { ...request, source: "" }, now);
    return undefined;
  }

  /** The ids of the verifications that are to be made now: a few of them. */
  begin(now: Instant): number[] {
    const ids = this.#storage.transactionSync(() =>
      this.#tables.intents.begin(now, MAX_VERIFICATIONS, now + CLAIM_MILLISECONDS),
    );
    // Where there may be more, they are next.
    if (ids.length > 0)
      this.#gatheringUntil = ids.length < MAX_VERIFICATIONS ? now + GATHERING_MILLISECONDS : now;
    return ids;
  }

  /** The instant at which a verification is to be made next. */
  next(): Instant | undefined {
    const due = this.#tables.intents.next();
    return due && Math.max(due, this.#gatheringUntil);
  }

  /** Those of them that still wait. */
  take(ids: readonly number[]): Verification[] {
    const { intents } = this.#tables;
    return ids.flatMap((id) => {
      const intent = intents.find(id);
      return intent === undefined ? [] : [verificationOf(intent, this.#userAgent)];
    });
  }

  /** Carries out what subscribers confirmed; what they didn't is tried again, and leaves an earlier subscription as it was. */
  settle(results: readonly { id: number; isVerified: boolean }[], now: Instant): void {
    this.#storage.transactionSync(() => {
      for (const { id, isVerified } of results) {
        const intent = this.#tables.intents.find(id);
        if (intent === undefined) continue;
        if (isVerified) this.#carryOut(intent, now);
        else this.#putOff(intent, now);
      }
    });
  }

  #carryOut(intent: Intent, now: Instant): void {
    const { intents, subscriptions, topics } = this.#tables;
    const { mode, topic: url, callback, host, secret, lease, sent_topic: sentTopic } = intent;
    intents.settle(intent);
    const known = this.#known(url, callback);
    if (mode === "unsubscribe" && known !== undefined) subscriptions.remove(known.id);
    const topic = this.#topics.find(url);
    if (mode !== "subscribe" || topic === undefined) return;
    const { blockedHosts } = this.#tables;
    if (blockedHosts.has(host) || (known === undefined && this.#refusal(host, url, 0) !== undefined)) return;
    const row = topics.open(topic);
    const delivered = this.#publication.catchUp(row, topic.feeds, intent.created, now);
    subscriptions.put({
      topic: row.id,
      sentTopic,
      callback,
      host,
      secret,
      refetches: intent.verify_token !== undefined,
      created: now,
      expires: now + lease * 1000,
      delivered,
    });
  }

  #putOff({ id, mode, attempts }: Intent, now: Instant): void {
    const pause = mode === "denied" && attempts > 1 ? undefined : PAUSES[attempts - 1];
    this.#tables.intents.fail(id, pause === undefined ? undefined : now + pause);
  }

  #known(url: string, callback: string): Subscription | undefined {
    const topic = this.#tables.topics.withUrl(url);
    return topic && this.#tables.subscriptions.of(topic.id, callback);
  }

  /** Why a callback on a host gets no further subscription, to the topic of this address. @param waiting requests that count too */
  #refusal(host: string, url: string, waiting: number): RequestRefusal | undefined {
    const { subscriptions, topics } = this.#tables;
    if (subscriptions.count(undefined) >= this.#limits.subscriptions) return "hub-full";
    if (topics.withUrl(url) === undefined && topics.count() >= this.#limits.topics) return "hub-full";
    return subscriptions.count({ host }) + waiting >= this.#limits.subscriptionsPerHost
      ? "host-full"
      : undefined;
  }
}
