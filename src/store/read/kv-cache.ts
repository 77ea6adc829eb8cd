/** The isolate's cache of KV: each key's edition, fresh for a second, and as many of the values as there is room for. */
import { LRUCache } from "lru-cache";
import { reasonOf, report } from "../../report.ts";
import { type Edition, type VersionedValue, isNewer, isSame, readEdition, UNWRITTEN } from "../edition.ts";
import { isArticleKey, type Key } from "../keys.ts";
import { KV_CACHE_SECONDS, bulkRead } from "./bulk-read.ts";
import { SharedWork } from "./shared-work.ts";

/**
 * The last edition that was read of a key: `UNWRITTEN` itself where there is none. It stays the same object until another edition
 * is read. `written` is the last one that was written: an article's key may go, and come back.
 */
type Known = { edition: Edition; written: Edition; readAt: number };

/** Keeps a task alive when the request that began it has gone. */
type WaitUntil = (task: Promise<unknown>) => void;

const FRESH_MILLISECONDS = 1000;
// A reader who asks for an article a moment too early asks again soon.
const ABSENT_MILLISECONDS = 250;
// A few hundred bytes each. A feed whose text had no room is still answered 304 without it.
const MAX_EDITIONS = 10_000;

const NOTHING: VersionedValue = { edition: UNWRITTEN, text: undefined };

export class KvCache {
  readonly #known = new LRUCache<Key, Known>({ max: MAX_EDITIONS });
  readonly #values: LRUCache<Key, VersionedValue>;
  readonly #reading = new SharedWork<Key, Edition>();
  readonly #readingWhole = new SharedWork<Key, VersionedValue>();
  #writes = 0;

  /** @param maxBytes bound on the texts that are kept */
  constructor(maxBytes: number) {
    this.#values = new LRUCache<Key, VersionedValue>({
      maxSize: maxBytes,
      // V8 keeps a text in two bytes a unit where one character is beyond Latin-1: a typographic quote.
      sizeCalculation: ({ text }, key) => 200 + key.length + (text?.length ?? 0) * 2,
    });
  }

  /**
   * The edition of a key that a request may tell now, without a read: that of the last second, or of the one before while it is
   * being read anew. The same edition is the same object.
   * @param now the present instant
   */
  known(key: Key, now: number): Edition | undefined {
    const known = this.#known.get(key);
    if (known === undefined) return undefined;
    const age = now - known.readAt;
    const fresh = known.edition === UNWRITTEN ? ABSENT_MILLISECONDS : FRESH_MILLISECONDS;
    if (age < 0 || age >= 2 * fresh) return undefined;
    // Another request is reading: the crowd behind it needn't wait.
    return age < fresh || this.#reading.has(key) ? known.edition : undefined;
  }

  /**
   * The edition of a key as it was within the last second, or within the one before while it is being read anew. KV is read at most
   * once a second, however many ask, or four times a second for an absent key. It never goes back to an earlier edition of the same
   * epoch than one that it remembers.
   * @param kv where to read
   * @param now the present instant
   * @param waitUntil keeps a read alive whose request went away, for the others that wait for it
   */
  edition(kv: KVNamespace, key: Key, now: number, waitUntil: WaitUntil): Edition | Promise<Edition> {
    return this.known(key, now) ?? this.#readEdition(kv, key, now, waitUntil);
  }

  /**
   * The value of a key, in such an edition: see `edition`. Its text is read again where there was no room for it, and is outdated
   * where the replica that answers is behind.
   */
  latest(
    kv: KVNamespace,
    key: Key,
    now: number,
    waitUntil: WaitUntil,
  ): VersionedValue | Promise<VersionedValue> {
    const edition = this.known(key, now);
    return (edition && this.#held(key, edition)) ?? this.#readValue(kv, key, now, waitUntil);
  }

  /**
   * The values of several keys, each in the edition that is named or a later one where KV has it. Values that are known in such
   * an edition aren't read; the others are read in one operation.
   * @param wanted at most 100
   */
  async named<K extends Key>(
    kv: KVNamespace,
    wanted: readonly { key: K; edition: Pick<Edition, "epoch" | "sequence"> }[],
    now: number,
  ): Promise<(VersionedValue & { key: K })[]> {
    const found = new Map<K, VersionedValue>();
    for (const { key, edition } of wanted) {
      const known = this.#known.get(key);
      if (known === undefined || known.readAt < 0 || known.edition.epoch !== edition.epoch) continue;
      const held = this.#held(key, known.edition);
      if (held?.text !== undefined && held.edition.sequence >= edition.sequence) found.set(key, held);
    }
    const writes = this.#writes;
    const read = await bulkRead(
      kv,
      wanted.flatMap(({ key }) => (found.has(key) ? [] : [key])),
    );
    const readAt = this.#since(writes, now);
    for (const { key, ...value } of read) found.set(key, this.#keep(key, value, readAt));
    return wanted.map(({ key }) => ({ key, ...(found.get(key) ?? NOTHING) }));
  }

  /** Forgets a key after a write through this isolate: the next request reads, and a read under way doesn't count. */
  forget(key: Key): void {
    this.#writes += 1;
    const known = this.#known.get(key);
    if (known !== undefined) known.readAt = Number.NEGATIVE_INFINITY;
    this.#reading.forget(key);
    this.#readingWhole.forget(key);
  }

  /** After a write through this isolate meanwhile, what was read serves this request alone. */
  #since(writes: number, now: number): number {
    return writes === this.#writes ? now : Number.NEGATIVE_INFINITY;
  }

  #readEdition(kv: KVNamespace, key: Key, now: number, waitUntil: WaitUntil): Promise<Edition> {
    return this.#reading.share(key, async () => {
      const { edition } = await kept(this.#read(kv, key, now, false), waitUntil);
      // A replica that is behind may have given an earlier value, whose text nobody asked for.
      return this.#known.get(key)?.edition ?? edition;
    });
  }

  async #readValue(kv: KVNamespace, key: Key, now: number, waitUntil: WaitUntil): Promise<VersionedValue> {
    // A new edition brings its text with it.
    const edition = await this.edition(kv, key, now, waitUntil);
    const held = this.#held(key, edition);
    if (held !== undefined) return held;
    return this.#readingWhole.share(key, () => kept(this.#read(kv, key, now, true), waitUntil));
  }

  /** The value in this edition; undefined where its text wasn't kept. */
  #held(key: Key, edition: Edition): VersionedValue | undefined {
    if (edition === UNWRITTEN) return NOTHING;
    const held = this.#values.get(key);
    return held?.edition === edition ? held : undefined;
  }

  /** @param isWhole whether the text is wanted though its edition is known */
  async #read(kv: KVNamespace, key: Key, now: number, isWhole: boolean): Promise<VersionedValue> {
    const writes = this.#writes;
    try {
      const found = await this.#ask(kv, key, isWhole);
      return this.#keep(key, found, this.#since(writes, now));
    } catch (thrown) {
      const known = this.#known.get(key);
      const held =
        known && (isWhole ? this.#held(key, known.edition) : { edition: known.edition, text: undefined });
      if (known === undefined || held === undefined) throw thrown;
      // Readers are better served with the last known value than with an error.
      report("kv-read-failed", { key, reason: reasonOf(thrown) });
      known.readAt = this.#since(writes, now);
      return held;
    }
  }

  /** Asks KV. The text of an edition that is known already isn't read, unless it is wanted. */
  async #ask(kv: KVNamespace, key: Key, isWhole: boolean): Promise<VersionedValue> {
    const { value, metadata } = await kv.getWithMetadata(key, {
      type: "stream",
      cacheTtl: KV_CACHE_SECONDS,
    });
    if (value === null) return NOTHING;
    const edition = readEdition(metadata);
    const known = this.#known.get(key);
    if (!isWhole && edition !== undefined && known !== undefined && isSame(known.edition, edition)) {
      await value.cancel();
      return { edition, text: undefined };
    }
    const text = await new Response(value).text();
    if (edition !== undefined) return { edition, text };
    report("unreadable-edition", { key });
    return NOTHING;
  }

  /** Keeps what was read, unless a later edition is known. */
  #keep(key: Key, found: VersionedValue, readAt: number): VersionedValue {
    const known = this.#known.get(key);
    if (known !== undefined && isOutdated(found, known, key)) {
      known.readAt = readAt;
      return this.#held(key, known.edition) ?? { ...found, isOutdated: true };
    }
    const edition =
      known !== undefined && isSame(known.edition, found.edition) ? known.edition : found.edition;
    const written = edition === UNWRITTEN ? (known?.written ?? UNWRITTEN) : edition;
    this.#known.set(key, { edition, written, readAt });
    const held = this.#held(key, edition);
    if (held !== undefined) return held;
    const value = { edition, text: found.text };
    if (value.text !== undefined) this.#values.set(key, value);
    return value;
  }
}

/** The same task, which goes on when the request that began it has gone. */
function kept<Result>(task: Promise<Result>, waitUntil: WaitUntil): Promise<Result> {
  waitUntil(task.catch(() => undefined));
  return task;
}

/** Whether what was read is older than what is known. Only articles' keys are ever deleted: a replica without another key is behind. */
function isOutdated(found: VersionedValue, known: Known, key: Key): boolean {
  if (found.edition === UNWRITTEN) return known.edition !== UNWRITTEN && !isArticleKey(key);
  return isNewer(known.written, found.edition);
}
