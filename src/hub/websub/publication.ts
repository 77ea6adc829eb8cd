/** Publication: makes the next edition of each topic that changed, once for all of its subscribers. */
import type { Instant } from "../../article/article.ts";
import type { FeedId } from "../../article/feed-id.ts";
import { digestOf } from "../../digest.ts";
import type { FeedChange } from "../../desk/messages.ts";
import { reasonOf, report } from "../../report.ts";
import { UNWRITTEN, type VersionedValue } from "../../store/edition.ts";
import type { Tables } from "../tables/tables.ts";
import type { TopicRow } from "../tables/topics.ts";
import type { Topics } from "../topics.ts";
import { editionDue } from "./coalescing.ts";

/** Gives the present windows of feeds, in their order: the Desk does. */
export type ReadWindows = (feeds: FeedId[]) => Promise<VersionedValue[]>;

// Topics among which those with the most subscribers come first.
const MAX_DUE = 1000;
// Topics that are made in one go, and feeds of which the Desk is asked at once: a window has a megabyte.
const MAX_TOPICS = 20;
const MAX_FEEDS = 10;
const LATER_MILLISECONDS = 10_000;
/** After an edition, so long its jobs may take before those that it didn't reach are looked for. */
export const SEARCH_MILLISECONDS = 120_000;

export class Publication {
  readonly #storage: DurableObjectStorage;
  readonly #tables: Tables;
  readonly #topics: Topics;
  readonly #readWindows: ReadWindows;
  /** When each feed changed last, as far as this object knows: it remembers no time before its own. */
  readonly #changed = new Map<FeedId, Instant>();
  readonly #since: Instant = Date.now();

  constructor(storage: DurableObjectStorage, tables: Tables, topics: Topics, readWindows: ReadWindows) {
    this.#storage = storage;
    this.#tables = tables;
    this.#topics = topics;
    this.#readWindows = readWindows;
  }

  /** Notes that feeds have changed. */
  note(changes: readonly FeedChange[], now: Instant): void {
    const { topics, subscriptions } = this.#tables;
    this.#storage.transactionSync(() => {
      // The article may have left another feed a moment ago, whose next edition is still to be made.
      if (changes.some(({ isRecall }) => isRecall)) topics.recallChanged();
      for (const { feed, isRecall } of changes) {
        this.#changed.set(feed, now);
        for (const { id, changed = now, made, recalled } of topics.of(feed)) {
          const isRecalled = recalled || isRecall;
          const due = editionDue({ changed, made, isRecalled }, subscriptions.count({ topic: id }), now);
          topics.change(id, changed, due, isRecall);
        }
      }
    });
  }

  /**
   * Sees to it that a new subscriber gets what has changed since it sent its request: it may have fetched the feed before.
   * @returns the sequence of the newest edition that it is to have already
   */
  catchUp(
    { id, sequence, made, changed, recalled }: TopicRow,
    feeds: FeedId[],
    requested: Instant,
    now: Instant,
  ): number {
    const { topics, subscriptions } = this.#tables;
    if (sequence > 0 && made > requested && !recalled) {
      topics.searchAt(id, now);
      return sequence - 1;
    }
    const subscribers = subscriptions.count({ topic: id });
    // A topic with subscribers knows its changes itself.
    const isForgotten = requested < this.#since && subscribers === 0;
    const hasChanged =
      isForgotten || feeds.some((feed) => (this.#changed.get(feed) ?? -Infinity) > requested);
    if (hasChanged && changed === undefined) {
      const due = editionDue({ changed: now, made, isRecalled: false }, subscribers, now);
      topics.change(id, now, due, false);
    }
    return sequence;
  }

  /**
   * Makes the editions that are due.
   * @returns the topics that have one which is to be sent
   */
  async makeDue(): Promise<TopicRow[]> {
    const due = this.#next();
    if (due.length === 0) return [];
    const windows = await this.#windowsOf(due);
    const made: TopicRow[] = [];
    for (const row of due) {
      try {
        if (await this.#make(row, windows)) made.push(row);
      } catch (thrown) {
        this.#tables.topics.postpone(row.id, Date.now() + LATER_MILLISECONDS);
        report("edition-failed", { topic: row.url, reason: reasonOf(thrown) });
      }
    }
    return made;
  }

  /** Whether more editions are due. */
  isMore(): boolean {
    return (this.#tables.topics.nextEdition() ?? Infinity) <= Date.now();
  }

  /** The next few topics: those from which an article was taken away, then those with many subscribers, then those that have waited longest. Nobody delays news by a topic of their own. */
  #next(): TopicRow[] {
    const { topics, subscriptions } = this.#tables;
    const rank = ({ id, recalled }: TopicRow): number =>
      recalled ? Infinity : subscriptions.count({ topic: id });
    const due = topics
      .due(Date.now(), MAX_DUE)
      .toSorted((one, other) => Number(rank(one) < rank(other)) - Number(rank(one) > rank(other)));
    const feeds = new Set<FeedId>();
    const end = due.findIndex(({ url }, index) => {
      for (const feed of this.#topics.find(url)?.feeds ?? []) feeds.add(feed);
      return index >= MAX_TOPICS || feeds.size > MAX_FEEDS;
    });
    return end < 0 ? due : due.slice(0, end);
  }

  /** The windows of all feeds of some topics, each read once; where the Desk doesn't answer, their editions are put off. */
  async #windowsOf(due: readonly TopicRow[]): Promise<ReadonlyMap<FeedId, VersionedValue>> {
    const feeds = [...new Set(due.flatMap(({ url }) => this.#topics.find(url)?.feeds ?? []))];
    try {
      const values = await this.#readWindows(feeds);
      return new Map(
        feeds.map((feed, index) => [feed, values[index] ?? { edition: UNWRITTEN, text: undefined }]),
      );
    } catch (thrown) {
      report("windows-not-read", { reason: reasonOf(thrown) });
      return new Map();
    }
  }

  /**
   * @returns whether there is a new edition, or the last one may be sent again: one with the same bytes as the last is none
   */
  async #make(row: TopicRow, windows: ReadonlyMap<FeedId, VersionedValue>): Promise<boolean> {
    const { topics, editions, subscriptions } = this.#tables;
    const now = Date.now();
    // A topic without subscribers is not rendered.
    const topic = subscriptions.count({ topic: row.id }) === 0 ? undefined : this.#topics.find(row.url);
    const values = topic?.feeds.flatMap((feed) => windows.get(feed) ?? []) ?? [];
    if (topic !== undefined && values.length < topic.feeds.length) {
      topics.postpone(row.id, now + LATER_MILLISECONDS);
      return false;
    }
    const text = topic && (await this.#topics.render(topic, values, now));
    if (topic === undefined || text === undefined) {
      this.#withhold(row);
      return false;
    }
    const body = new TextEncoder().encode(text);
    const { hex: digest } = await digestOf(body);
    return this.#storage.transactionSync(() => {
      const isNew = digest !== row.digest;
      if (isNew) {
        const sequence = topics.addEdition(row.id, digest, now, now + SEARCH_MILLISECONDS);
        editions.add(row.id, sequence, { contentType: topic.contentType, body });
      }
      topics.settle(row);
      return isNew || row.recalled;
    });
  }

  /** A feed that is gone has nothing to tell, and what it had must not go out any more. One that comes back has. */
  #withhold(row: TopicRow): void {
    const { topics, editions, recipients } = this.#tables;
    this.#storage.transactionSync(() => {
      topics.withhold(row);
      editions.remove(row.id);
      recipients.forget(row.id, row.sequence);
    });
  }
}
