/** Removals from R2: the files of pictures that the newsroom has removed. What fails is tried again. */
import type { Instant } from "../../article/article.ts";
import { removeFiles } from "../../media/bucket.ts";
import { reasonOf, report } from "../../report.ts";
import type { Removal, MediaWork } from "../ledger/media-work.ts";

// One call of R2 each.
const MAX_AT_ONCE = 20;
// No upload writes its files for so long.
const STALE_MILLISECONDS = 3_600_000;

export class MediaRemovals {
  readonly #bucket: R2Bucket | undefined;
  readonly #work: MediaWork;
  readonly #isKept: (id: string) => boolean;
  readonly #underWay = new Map<string, Promise<void>>();
  readonly #held = new Map<string, number>();

  /**
   * @param bucket undefined where the site has none: then what waits goes on waiting
   * @param isKept whether there is a record of a picture
   */
  constructor(bucket: R2Bucket | undefined, work: MediaWork, isKept: (id: string) => boolean) {
    this.#bucket = bucket;
    this.#work = work;
    this.#isKept = isKept;
  }

  /** Makes some removals that are due. Never throws. */
  async carryOut(now: Instant): Promise<void> {
    const bucket = this.#bucket;
    if (bucket === undefined) return;
    const due = this.#work.dueRemovals(now, MAX_AT_ONCE).filter(({ id }) => !this.#held.has(id));
    await Promise.all(due.map((removal) => this.#underWay.get(removal.id) ?? this.#begin(bucket, removal)));
  }

  /** The instant of the next one, which may be past; undefined where none waits, or the site has no bucket. */
  next(): Instant | undefined {
    return this.#bucket === undefined ? undefined : this.#work.nextRemoval();
  }

  /** Notes removals of what uploads have left that began long ago and were never kept. To run in a transaction. */
  noteStale(now: Instant): void {
    for (const files of this.#work.staleUploads(now - STALE_MILLISECONDS, MAX_AT_ONCE)) {
      this.#work.endUpload(files.upload);
      if (!this.#isKept(files.id)) this.#work.addRemoval(files, now);
    }
  }

  /** Does some work while no removal of a picture is under way, and none begins. */
  async without<T>(id: string, work: (bucket: R2Bucket) => Promise<T>): Promise<T> {
    const bucket = this.#bucket;
    if (bucket === undefined) throw new Error("The site has no bucket of pictures");
    this.#held.set(id, (this.#held.get(id) ?? 0) + 1);
    try {
      await this.#underWay.get(id);
      return await work(bucket);
    } finally {
      const others = (this.#held.get(id) ?? 1) - 1;
      if (others > 0) this.#held.set(id, others);
      else this.#held.delete(id);
    }
  }

  async #begin(bucket: R2Bucket, removal: Removal): Promise<void> {
    const removing = this.#remove(bucket, removal).finally(() => this.#underWay.delete(removal.id));
    this.#underWay.set(removal.id, removing);
    await removing;
  }

  async #remove(bucket: R2Bucket, removal: Removal): Promise<void> {
    try {
      await removeFiles(bucket, removal);
      this.#work.dropRemoval(removal.id);
    } catch (thrown) {
      this.#work.failedRemoval(removal, Date.now());
      report("media-not-removed", { media: removal.id, reason: reasonOf(thrown) });
    }
  }
}
