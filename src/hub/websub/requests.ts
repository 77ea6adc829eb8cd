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
// One wave of a courier's connections: no stranger that doesn't answer keeps more than that waiting.
export const MAX_VERIFICATIONS = 6;
// A courier that vanished is made up for after that.
const CLAIM_MILLISECONDS = 60_000;

export class Requests {
  readonly #storage: DurableObjectStorage;
  readonly #tables: Tables;
  readonly #topics: Topics;
  readonly #publication: Pick<Publication, "catchUp">;
  readonly #limits: HubLimits;
  readonly #userAgent: string;

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
    const { mode, topic, callback, host } = request;
    if (blockedHosts.has(host)) return "blocked";
    const known = this.#known(topic, callback);
    // There is nothing to end, and nothing on its way.
    const isOpen = known !== undefined || intents.has({ mode: "subscribe", topic, callback });
    if (mode === "unsubscribe" && !isOpen) return undefined;
    const isRepeated = intents.has(request);
    if (!isRepeated && intents.count() >= this.#limits.pending) return "too-many-pending";
    if (mode === "subscribe") {
      const refusal = this.#refusal(host, known !== undefined || isRepeated);
      if (refusal !== undefined) return refusal;
    }
    intents.add(request, now);
    return undefined;
  }

  /** The ids of the verifications that are to be made now. */
  begin(now: Instant): number[] {
    return this.#storage.transactionSync(() =>
      this.#tables.intents.begin(now, MAX_VERIFICATIONS, now + CLAIM_MILLISECONDS),
    );
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
    if (this.#refusal(host, known !== undefined) !== undefined) return;
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
    const pause = mode === "denied" && attempts > 0 ? undefined : PAUSES[attempts];
    this.#tables.intents.fail(id, pause === undefined ? undefined : now + pause);
  }

  #known(url: string, callback: string): Subscription | undefined {
    const topic = this.#tables.topics.withUrl(url);
    return topic && this.#tables.subscriptions.of(topic.id, callback);
  }

  /** Why a host gets no subscription. @param isKnown whether it takes no more room than it has */
  #refusal(host: string, isKnown: boolean): RequestRefusal | undefined {
    const { subscriptions, blockedHosts, intents } = this.#tables;
    if (blockedHosts.has(host)) return "blocked";
    if (isKnown) return undefined;
    if (subscriptions.count(undefined) >= this.#limits.subscriptions) return "hub-full";
    return subscriptions.count({ host }) + intents.countNew(host) >= this.#limits.subscriptionsPerHost
      ? "host-full"
      : undefined;
  }
}
