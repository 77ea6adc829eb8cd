/** Fan-out: who gets the newest edition of a topic now, and what became of it. */
import type { Instant } from "../../article/article.ts";
import { Claims } from "../delivery/claims.ts";
import { MAX_LETTERS } from "../delivery/deliver.ts";
import { isRepetition } from "../delivery/repetition.ts";
import { type FeedMessage, type Job, type Lane, type Letter, type Outcome, type Taken } from "../messages.ts";
import type { DeliveryState } from "../tables/subscriptions.ts";
import type { Recipient } from "../tables/recipients.ts";
import type { Tables } from "../tables/tables.ts";
import type { TopicRow } from "../tables/topics.ts";
import { stateAfter } from "./delivery-state.ts";
import { SEARCH_MILLISECONDS } from "./publication.ts";

// Attempts of a lane that begin at a time; the next alarm has the others.
const MAX_ATTEMPTS = { healthy: 1000, slow: 100 } as const;
const MAX_ECHOES = 1000;
const MAX_TOPICS = 20;
// A courier that vanished is made up for after that. A job of the slow lane may wait long for its courier.
const CLAIM_MILLISECONDS = { healthy: 120_000, slow: 1_800_000 } as const;

export class FanOut {
  readonly #storage: DurableObjectStorage;
  readonly #tables: Tables;
  readonly #fields: Readonly<Record<string, string>>;
  readonly #hub: string;
  readonly #claims = new Claims();

  /**
   * @param fields of every delivery
   * @param hub its address
   */
  constructor(
    storage: DurableObjectStorage,
    tables: Tables,
    fields: Readonly<Record<string, string>>,
    hub: string,
  ) {
    this.#storage = storage;
    this.#tables = tables;
    this.#fields = fields;
    this.#hub = hub;
  }

  /** The jobs of a topic that has a new edition. */
  jobsOf({ id }: Pick<TopicRow, "id">, now: Instant): Job[] {
    const { topics, recipients } = this.#tables;
    const row = topics.find(id);
    if (row === undefined) return [];
    const found = recipients.of(id, row.sequence, now);
    recipients.putOff(
      found.map((recipient) => recipient.id),
      now + CLAIM_MILLISECONDS.healthy,
    );
    recipients.queueOthers(id, row.sequence, now);
    return this.#jobs(found, new Map([[id, row.sequence]]));
  }

  /**
   * The jobs that are due by themselves: retries, echoes, and subscribers whose courier vanished.
   * @param lanes those that have room: the others' attempts wait here
   */
  dueJobs(lanes: readonly Lane[], now: Instant): Job[] {
    return this.#storage.transactionSync(() => {
      const { topics, recipients } = this.#tables;
      recipients.beginEchoes(now, MAX_ECHOES);
      const due = lanes.flatMap((lane) =>
        recipients.begin(lane, now, MAX_ATTEMPTS[lane], now + CLAIM_MILLISECONDS[lane]),
      );
      const missing = topics.toSearch(now, MAX_TOPICS).flatMap(({ id, sequence }) => {
        const found = recipients.missing(id, sequence, now);
        topics.searchAt(id, found.length > 0 ? now + SEARCH_MILLISECONDS : undefined);
        return found.filter((recipient) => !this.#claims.isHeld(recipient.id, now));
      });
      const all = [...due, ...missing];
      const sequences = new Map(
        [...new Set(all.map(({ topic }) => topic))].map((id) => [id, topics.find(id)?.sequence ?? 0]),
      );
      return this.#jobs(all, sequences);
    });
  }

  /** The letters of a message that are still to be sent; none while the newest edition may have an article that was taken away. */
  take({ topic: id, ids }: FeedMessage, courier: string, known: number | undefined, now: Instant): Taken {
    const topic = this.#tables.topics.find(id);
    if (topic === undefined || topic.recalled) return { letters: [] };
    const letters = ids.flatMap((each) => this.#letter(each, topic, courier, now));
    if (known === topic.sequence || letters.length === 0) return { letters };
    const stored = this.#tables.editions.find(id, topic.sequence);
    if (stored === undefined) return { letters: [] };
    const { contentType, body } = stored;
    const link = `<${this.#hub}>; rel="hub", <${topic.url}>; rel="self"`;
    const fields = { ...this.#fields, "Content-Type": contentType, Link: link };
    return { edition: { sequence: topic.sequence, fields, body }, letters };
  }

  /** Notes what became of letters, of each once. @param isLast whether the courier has done with the message */
  report(
    { topic: id, ids }: FeedMessage,
    courier: string,
    outcomes: readonly Outcome[],
    isLast: boolean,
    now: Instant,
  ): void {
    const { subscriptions, topics } = this.#tables;
    const newest = topics.find(id);
    this.#storage.transactionSync(() => {
      for (const outcome of outcomes) {
        const subscription = subscriptions.find(outcome.id);
        this.#claims.release(outcome.id, courier);
        if (subscription === undefined || newest === undefined) continue;
        const isLater = (outcome.sequence ?? 0) > subscription.delivered;
        if (isRepetition(outcome, subscription, isLater)) continue;
        const state = stateAfter(subscription, outcome, newest, now, Math.random());
        if (state === undefined) subscriptions.remove(outcome.id);
        else subscriptions.settle(outcome.id, isWithheld(newest) ? silent(state) : state);
      }
    });
    if (isLast) this.#claims.releaseAll(ids, courier);
  }

  /** None for a subscription that ended, or has the newest edition, or which another courier has in hand. */
  #letter(id: number, topic: TopicRow, courier: string, now: Instant): Letter[] {
    const found = this.#tables.subscriptions.find(id);
    if (found === undefined || found.topic !== topic.id || found.expires <= now) return [];
    if (found.delivered >= topic.sequence && !found.echo) {
      // It was reached meanwhile: nothing is due any more.
      if (found.due !== undefined) this.#tables.subscriptions.settle(id, { ...found, due: undefined });
      return [];
    }
    // It has failed since the message was written: the next attempt has its time, and a message of its own.
    if (!found.begun && found.failures > 0) return [];
    if (!this.#claims.claim(id, courier, now)) return [];
    const { callback, version, settled, secret } = found;
    return [{ id, url: callback, version, settled, secrets: secret === undefined ? [] : [secret] }];
  }

  #jobs(recipients: readonly Recipient[], sequences: ReadonlyMap<number, number>): Job[] {
    const groups = Map.groupBy(recipients, ({ topic, lane }) => `${lane} ${topic}`);
    return [...groups.values()].flatMap((group) => {
      const [{ topic, lane } = { topic: 0, lane: "healthy" as Lane }] = group;
      const ids = group.map(({ id }) => id);
      return chunks(ids).map((some): Job => ({
        lane,
        message: { version: 1, topic, sequence: sequences.get(topic) ?? 0, ids: some },
      }));
    });
  }
}

/** Whether a topic has nothing to send, and no edition to come. */
function isWithheld({ recalled, changed }: TopicRow): boolean {
  return recalled && changed === undefined;
}

/** A state in which nothing is due. */
function silent(state: DeliveryState): DeliveryState {
  return { ...state, due: undefined, echoDue: undefined, echo: false };
}

function chunks(ids: readonly number[]): number[][] {
  return Array.from({ length: Math.ceil(ids.length / MAX_LETTERS) }, (_, index) =>
    ids.slice(index * MAX_LETTERS, (index + 1) * MAX_LETTERS),
  );
}
