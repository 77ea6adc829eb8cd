/** The isolate's cache of KV: each key's value, fresh for a second, and the last one read where KV fails. */
import { LRUCache } from "lru-cache";
import { reasonOf, report } from "../../report.ts";
import { type Edition, type VersionedValue, isNewer, isSame, readEdition, UNWRITTEN } from "../edition.ts";
import { isArticleKey, type Key } from "../keys.ts";
import { KV_CACHE_SECONDS, bulkRead } from "./bulk-read.ts";

type Known = VersionedValue & { readAt: number };

const FRESH_MILLISECONDS = 1000;
// A reader who asks for an article a moment too early asks again soon.
const ABSENT_MILLISECONDS = 250;
// How long a request waits for another request's read of the same key, before it reads the key itself.
const PATIENCE_MILLISECONDS = 1000;

export class KvCache {
  readonly #known: LRUCache<Key, Known>;
  readonly #reading = new Map<Key, Promise<VersionedValue>>();
  #writes = 0;

  /** @param maxBytes bound on the texts that are kept */
  constructor(maxBytes: number) {
    this.#known = new LRUCache<Key, Known>({
      maxSize: maxBytes,
      sizeCalculation: ({ text }, key) => 200 + key.length + (text?.length ?? 0) * 2,
    });
  }

  /**
   * The value of a key as it was within the last second, or within the one before while it is being read anew. KV is read at most
   * once a second, however many ask, or four times a second for an absent key. The value never goes back to an earlier edition
   * than one that was read before.
   * @param kv where to read
   * @param now the present instant
   * @param waitUntil keeps a read alive whose request went away, for the others that wait for it
   */
  latest(
    kv: KVNamespace,
    key: Key,
    now: number,
    waitUntil: (task: Promise<unknown>) => void,
  ): VersionedValue | Promise<VersionedValue> {
    const known = this.#known.get(key);
    const age = known === undefined ? Infinity : now - known.readAt;
    const fresh = known?.text === undefined ? ABSENT_MILLISECONDS : FRESH_MILLISECONDS;
    if (known !== undefined && age >= 0 && age < fresh) return known;
    const reading = this.#reading.get(key);
    if (reading !== undefined) {
      // Another request is reading: the crowd behind it needn't wait.
      if (known !== undefined && age >= 0 && age < 2 * fresh) return known;
      return this.#share(reading, () => this.#read(kv, key, now));
    }
    const read = this.#read(kv, key, now).finally(() => {
      if (this.#reading.get(key) === read) this.#reading.delete(key);
      else this.#expire(key);
    });
    this.#reading.set(key, read);
    waitUntil(read.catch(() => undefined));
    return read;
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
      if (known?.text === undefined || known.readAt < 0 || known.edition.epoch !== edition.epoch) continue;
      if (known.edition.sequence >= edition.sequence) found.set(key, known);
    }
    const writes = this.#writes;
    const read = await bulkRead(
      kv,
      wanted.flatMap(({ key }) => (found.has(key) ? [] : [key])),
    );
    // After a write through this isolate meanwhile, what was read serves this request alone.
    const readAt = writes === this.#writes ? now : Number.NEGATIVE_INFINITY;
    for (const { key, ...value } of read) found.set(key, this.#keep(key, value, readAt));
    return wanted.map(({ key }) => {
      const { edition = UNWRITTEN, text } = found.get(key) ?? {};
      return { key, edition, text };
    });
  }

  /** Forgets a key after a write through this isolate: the next request reads, and a read under way doesn't count. */
  forget(key: Key): void {
    this.#writes += 1;
    this.#expire(key);
    this.#reading.delete(key);
  }

  #expire(key: Key): void {
    const known = this.#known.get(key);
    if (known !== undefined) known.readAt = Number.NEGATIVE_INFINITY;
  }

  /** Waits for another request's read, but not for ever: a request that is cut off takes its read with it. */
  async #share(
    reading: Promise<VersionedValue>,
    read: () => Promise<VersionedValue>,
  ): Promise<VersionedValue> {
    const patience = new AbortController();
    const impatient = scheduler.wait(PATIENCE_MILLISECONDS, { signal: patience.signal }).then(read);
    try {
      return await Promise.race([reading, impatient]);
    } finally {
      impatient.catch(() => undefined);
      patience.abort();
    }
  }

  async #read(kv: KVNamespace, key: Key, now: number): Promise<VersionedValue> {
    const read = await this.#ask(kv, key).catch((thrown: unknown) => this.#makeDo(key, thrown));
    return this.#keep(key, read, now);
  }

  /** Keeps what was read, unless a later edition is known. */
  #keep(key: Key, read: VersionedValue, readAt: number): VersionedValue {
    const known = this.#known.get(key);
    const kept = known !== undefined && isOutdated(read, known, key) ? known : read;
    this.#known.set(key, { ...kept, readAt });
    return kept;
  }

  async #ask(kv: KVNamespace, key: Key): Promise<VersionedValue> {
    const { value, metadata } = await kv.getWithMetadata(key, {
      type: "stream",
      cacheTtl: KV_CACHE_SECONDS,
    });
    return this.#take(key, value, readEdition(metadata));
  }

  /** Makes do with the last known value: readers are better served with that than with an error. */
  #makeDo(key: Key, thrown: unknown): VersionedValue {
    const known = this.#known.get(key);
    if (known === undefined) throw thrown;
    report("kv-read-failed", { key, reason: reasonOf(thrown) });
    return known;
  }

  /** Takes the value that KV gave; the text of an edition that is known already isn't read again. */
  async #take(key: Key, value: ReadableStream | null, edition: Edition | undefined): Promise<VersionedValue> {
    if (value === null) return { edition: UNWRITTEN, text: undefined };
    const known = this.#known.get(key);
    if (edition !== undefined && known?.text !== undefined && isSame(known.edition, edition)) {
      await value.cancel();
      return known;
    }
    const text = await new Response(value).text();
    if (edition !== undefined) return { edition, text };
    report("unreadable-edition", { key });
    return { edition: UNWRITTEN, text: undefined };
  }
}

/** Whether what was read is older than what is known. Only articles' keys are ever deleted: a replica without another key is behind. */
function isOutdated(read: VersionedValue, known: VersionedValue, key: Key): boolean {
  if (read.text === undefined) return known.text !== undefined && !isArticleKey(key);
  return isNewer(known.edition, read.edition);
}
