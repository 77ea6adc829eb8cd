/** The run of what changes kept pictures: R2 and the ledger in step. */
import {
  type Media,
  type MediaDescription,
  originalName,
  type PictureFile,
  sizeName,
} from "../../article/media.ts";
import { hasFiles } from "../../media/bucket.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { MediaFiles } from "../ledger/media-work.ts";
import { noteOf } from "../ledger/refusals.ts";
import type { Refused } from "../messages.ts";
import type { ExpectedTags } from "../preconditions.ts";
import { missingPermission, type Principal } from "../principal.ts";
import type { MediaRemovals } from "../publication/media-removals.ts";
import type { Scheduler } from "../publication/scheduler.ts";
import {
  type DescribedMedia,
  describeMedia,
  type KeptMedia,
  keepMedia,
  removeMedia,
  type UploadedMedia,
} from "./media.ts";
import type { Transactions } from "./transactions.ts";

/** The files of an upload that aren't in R2: somebody removed the picture meanwhile. */
export type FilesMissing = { ok: false; reason: "files-missing" };

/** An upload that may write its files now. */
export type BegunUpload = { ok: true; upload: string; known: Media | undefined };

export class MediaCommand {
  readonly #ledger: Ledger;
  readonly #transactions: Transactions;
  readonly #scheduler: Scheduler;
  readonly #removals: MediaRemovals;

  constructor(ledger: Ledger, transactions: Transactions, scheduler: Scheduler, removals: MediaRemovals) {
    this.#ledger = ledger;
    this.#transactions = transactions;
    this.#scheduler = scheduler;
    this.#removals = removals;
  }

  /**
   * Notes that an upload is about to write a picture's files: should it break off, they are removed.
   * @returns its name, and the record, where the picture is kept already
   */
  begin(files: MediaFiles, actor: Principal): BegunUpload | Refused {
    const upload = crypto.randomUUID();
    return this.#decide<BegunUpload>(actor, "upload-media", files.id, (now) => {
      const missing = missingPermission(actor, "publish", []);
      if (missing !== undefined) return { ok: false, reason: "forbidden", missing };
      this.#ledger.mediaWork.beginUpload(upload, files, now);
      return { ok: true, upload, known: this.#ledger.media.kept(files.id) };
    });
  }

  /**
   * Keeps a picture whose files were written. No removal of it is under way between the look at them and the record: there is never
   * a record without its files. Sizes that another upload has made meanwhile stay.
   */
  keep(uploaded: UploadedMedia, actor: Principal): Promise<KeptMedia | FilesMissing | Refused> {
    const { id, type, sizes } = uploaded;
    return this.#removals.without(id, async (bucket) => {
      const names = [originalName(id, type), ...sizes.map((size) => sizeName(id, size))];
      if (!(await hasFiles(bucket, names))) return { ok: false, reason: "files-missing" };
      const gone = new Set<number>();
      for (const size of this.#otherSizes(uploaded))
        if (!(await hasFiles(bucket, [sizeName(id, size)]))) gone.add(size.width);
      return this.#decide(actor, "upload-media", id, (now) => {
        // The record of now: what has come to it since was there a moment ago.
        const more = this.#otherSizes(uploaded).filter(({ width }) => !gone.has(width));
        const all = [...sizes, ...more].toSorted((one, other) => other.width - one.width);
        return keepMedia(this.#ledger, { ...uploaded, sizes: all }, actor, now);
      });
    });
  }

  /** Says of a picture what an editor wants it to say. */
  describe(
    id: string,
    description: MediaDescription,
    expected: ExpectedTags,
    actor: Principal,
  ): DescribedMedia | Refused {
    return this.#decide(actor, "describe-media", id, (now) =>
      describeMedia(this.#ledger, id, description, expected, actor, now),
    );
  }

  /** Removes a picture that no article uses, and its files. What fails in R2 is done later. */
  async remove(id: string, actor: Principal): Promise<{ ok: true } | Refused> {
    const decided = this.#decide(actor, "remove-media", id, (now) =>
      removeMedia(this.#ledger, id, actor, now),
    );
    if (decided.ok) await this.#scheduler.removeFiles();
    return decided;
  }

  /** The sizes in a picture's record that an upload lacks, and may have. */
  #otherSizes({ id, isAnimated, sizes }: UploadedMedia): PictureFile[] {
    const known = isAnimated ? [] : (this.#ledger.media.kept(id)?.sizes ?? []);
    return known.filter(({ width }) => sizes.every((size) => size.width !== width));
  }

  /** Decides for an actor whose token is checked again; a refusal is noted. */
  #decide<T extends { ok: true }>(
    actor: Principal,
    action: string,
    id: string,
    decide: (now: number) => T | Refused,
  ): T | Refused {
    return this.#transactions.authorised(actor, (now): T | Refused => {
      const decided = this.#transactions.ifRoom(action, () => decide(now));
      if (!decided.ok) this.#ledger.refusals.note(noteOf(decided, actor.name, action, `media:${id}`), now);
      return decided;
    });
  }
}
