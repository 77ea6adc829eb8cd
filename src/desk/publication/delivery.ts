/** Delivery: brings stale keys from the ledger to KV, paced and retried, the urgent first, never two writes of one key at a time. */
import pLimit from "p-limit";
import type { Instant } from "../../article/article.ts";
import { reasonOf, report } from "../../report.ts";
import { isArticleKey, isArticleOrPageKey, isPageKey, parseKey } from "../../store/keys.ts";
import type { HubNotes } from "../ledger/hub-notes.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { CAUSES, type Cause, type Kind, type Outbox, type PendingWrite } from "../ledger/outbox.ts";
import type { Projection } from "./projection.ts";

// A Worker has six connections at a time.
const MAX_CONNECTIONS = 6;
// Readers who wait for an editor's change get it then.
const READERS_MILLISECONDS = 50;
// Keys whose values are in memory at a time.
const MAX_IN_MEMORY = 4 * MAX_CONNECTIONS;
// Urgent keys before which the clock is not looked at.
const MAX_URGENT = 4 * MAX_CONNECTIONS;
// Cloudflare allows an invocation 1,000 operations.
export const MAX_WRITES = 900;

export class Delivery {
  readonly #kv: KVNamespace;
  readonly #outbox: Outbox;
  readonly #hubNotes: HubNotes;
  readonly #projection: Projection;
  readonly #connections = pLimit(MAX_CONNECTIONS);
  readonly #underWay = new Map<string, Promise<void>>();
  readonly #urgent = new Set<Promise<void>>();

  constructor(
    kv: KVNamespace,
    { outbox, hubNotes }: Pick<Ledger, "outbox" | "hubNotes">,
    projection: Projection,
  ) {
    this.#kv = kv;
    this.#outbox = outbox;
    this.#hubNotes = hubNotes;
    this.#projection = projection;
  }

  /**
   * Writes those of an editor's stale keys that are due: articles first, then archive pages, then the feeds, each after what it
   * links to, though that belongs to a backlog. What fails, or is too much, stays in the outbox. Never throws for a failed write.
   */
  deliver(keys: readonly string[]): Promise<void> {
    return this.#first(this.#deliver(keys), READERS_MILLISECONDS);
  }

  /** Writes those of an import's stale keys that are due: what is urgent doesn't wait for them. */
  bring(keys: readonly string[]): Promise<void> {
    return this.#writeAll(keys);
  }

  /**
   * Writes the next few keys that are due: of a backlog no more than can be written at a time, so that what becomes urgent
   * meanwhile is next.
   * @param held milliseconds for which feeds of a backlog are held back
   * @returns of which cause, and how many keys that was; undefined when nothing is due
   */
  async deliverNext(held: number): Promise<{ cause: Cause; count: number } | undefined> {
    for (const cause of CAUSES) {
      const keys =
        cause === "urgent"
          ? this.#turns(cause, MAX_URGENT / 2, MAX_URGENT, 0)
          : this.#turns(cause, MAX_CONNECTIONS, MAX_CONNECTIONS, held);
      if (keys.length === 0) continue;
      const writing = this.#writeAll(keys);
      await (cause === "urgent" ? this.#first(writing, 0) : writing);
      return { cause, count: keys.length };
    }
    return undefined;
  }

  /** Whether no urgent write is under way. */
  isCalm(): boolean {
    return this.#urgent.size === 0;
  }

  /** Ends with the urgent writes that are under way now. */
  async untilCalm(): Promise<void> {
    await Promise.allSettled(this.#urgent);
  }

  async #deliver(keys: readonly string[]): Promise<void> {
    await this.#writeAll(keys.filter(isArticleOrPageKey));
    const others = this.#inOrder(keys.filter((key) => !isArticleOrPageKey(key)));
    await this.#writeAll(others.filter(({ linked }) => linked.length === 0).map(({ key }) => key));
    let left = MAX_WRITES - keys.length;
    for (const { key, linked } of others.filter((other) => other.linked.length > 0)) {
      left -= linked.length;
      if (left < 0) return;
      await this.#writeAll([...linked, key]);
    }
  }

  /** Feeds and articles by turns: where hundreds are released at once, neither waits for all of the others. */
  #turns(cause: Cause, maxFew: number, max: number, held: number): string[] {
    const few = this.#next(cause, "few", maxFew, held);
    return few.concat(this.#next(cause, "many", max - few.length, 0, few));
  }

  /** Some keys that have been due for so many milliseconds, each after what it links to, without those that were chosen before. */
  #next(cause: Cause, kind: Kind, limit: number, held: number, chosen: readonly string[] = []): string[] {
    if (limit === 0) return [];
    const without = new Set([...this.#underWay.keys(), ...chosen]);
    const due = this.#outbox.due(cause, kind, Date.now() - held, limit + without.size);
    const next = this.#inOrder(due.filter((key) => !without.has(key)));
    // A feed that is beyond the limit has its turn when what it links to is written.
    return [...new Set(next.flatMap(({ key, linked }) => linked.concat(key)))].slice(0, limit);
  }

  /** Keys with what they link to; those that wait for little come first. */
  #inOrder(keys: readonly string[]): { key: string; linked: string[] }[] {
    return keys
      .map((key) => ({ key, linked: this.#linked(key) }))
      .toSorted((one, other) => one.linked.length - other.linked.length);
  }

  /** The keys to which the value of a key links, and which KV doesn't hold yet. */
  #linked(key: string): string[] {
    if (isArticleKey(key) || !this.#outbox.hasMany()) return [];
    const linked = this.#projection.linked(key);
    const underWay = linked.filter((other) => this.#underWay.has(other));
    return [...new Set([...this.#outbox.dueAmong(linked, Date.now()), ...underWay])];
  }

  /** @param rest milliseconds after the writes that are the readers' */
  async #first(writing: Promise<void>, rest: number): Promise<void> {
    const urgent = Promise.allSettled([writing]).then(() => scheduler.wait(rest));
    this.#urgent.add(urgent);
    void urgent.finally(() => this.#urgent.delete(urgent));
    await writing;
  }

  /** Articles first, then archive pages, so that no feed links to what isn't there yet. */
  async #writeAll(keys: readonly string[]): Promise<void> {
    const articles = keys.filter(isArticleKey);
    const pages = keys.filter(isPageKey);
    const others = keys.filter((key) => !isArticleOrPageKey(key));
    for (const some of [articles, pages, others]) {
      for (let from = 0; from < some.length; from += MAX_IN_MEMORY) {
        await this.#write(some.slice(from, from + MAX_IN_MEMORY));
      }
    }
  }

  /** Ends with the writes of these keys, of which some may be under way. */
  async #write(keys: readonly string[]): Promise<void> {
    const present = keys.flatMap((key) => this.#underWay.get(key) ?? []);
    const now = Date.now();
    const begun = keys.flatMap((key) =>
      this.#underWay.has(key) ? [] : (this.#outbox.beginWrite(key, now) ?? []),
    );
    const writing = this.#put(begun, now).finally(() =>
      begun.forEach(({ key }) => this.#underWay.delete(key)),
    );
    for (const { key } of begun) this.#underWay.set(key, writing);
    await Promise.all([writing, ...present]);
  }

  /** Asks the ledger for all values at once, and tells it of all writes at once: a transaction for each key costs more than its value. */
  async #put(begun: readonly PendingWrite[], now: Instant): Promise<void> {
    const outcomes = await Promise.allSettled(
      begun.map(async ({ key, attempts }) => {
        const value = this.#projection.value(key, now, attempts > 0);
        await this.#connections(() =>
          value === undefined
            ? this.#kv.delete(key)
            : this.#kv.put(key, value.text, { metadata: value.edition }),
        );
      }),
    );
    const end = Date.now();
    for (const [index, one] of begun.entries()) {
      const outcome = outcomes[index];
      if (outcome?.status === "fulfilled") this.#written(one, end);
      else this.#failed(one, outcome?.reason, end);
    }
  }

  #written(write: PendingWrite, now: Instant): void {
    this.#outbox.written(write, now);
    const subject = parseKey(write.key);
    if (subject.kind === "window") this.#hubNotes.written(subject.feed);
  }

  #failed(write: PendingWrite, thrown: unknown, now: Instant): void {
    this.#outbox.failed(write, now);
    report("kv-write-failed", { key: write.key, attempts: write.attempts + 1, reason: reasonOf(thrown) });
  }
}
