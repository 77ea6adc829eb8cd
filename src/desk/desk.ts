/** The Desk: the one Durable Object through which every write goes. It never reads KV to decide anything. */
import type { Instant } from "../article/article.ts";
import type { MediaDescription } from "../article/media.ts";
import type { FeedId } from "../article/feed-id.ts";
import { change } from "./commands/change.ts";
import { addHubAudit } from "./commands/hub-audit.ts";
import { draftDigest } from "./commands/draft-digest.ts";
import type { Imported, ImportItem } from "./commands/import-item.ts";
import type { ImportCommand } from "./commands/import.ts";
import type { DescribedMedia, KeptMedia, UploadedMedia } from "./commands/media.ts";
import type { BegunUpload, FilesMissing, MediaCommand } from "./commands/media-command.ts";
import { publish } from "./commands/publish.ts";
import { withResemblance } from "./commands/resemblance.ts";
import { administer, type TokenAction } from "./commands/tokens.ts";
import type { Transactions } from "./commands/transactions.ts";
import { composeDesk } from "./composition.ts";
import { type Capacity, STORAGE_BYTES } from "./ledger/capacity.ts";
import type { Layout, Ledger } from "./ledger/ledger.ts";
import type { MediaFiles } from "./ledger/media-work.ts";
import type { FormerReader } from "./ledger/former-readers.ts";
import type { RefusalNote } from "./ledger/refusals.ts";
import { StaleKeys } from "./ledger/stale-keys.ts";
import { NewerLedger, reportNewerLedger } from "./ledger/schema/newer-ledger.ts";
import type { Token } from "./ledger/tokens.ts";
import type {
  Action,
  HubAuditEntry,
  HubLine,
  Outcome,
  Refused,
  Submission,
  WriteRequest,
} from "./messages.ts";
import type { ExpectedTags } from "./preconditions.ts";
import type { Principal } from "./principal.ts";
import type { Scheduler } from "./publication/scheduler.ts";
import type { Projection } from "./publication/projection.ts";
import { DeskReadings } from "./readings.ts";
import { UNWRITTEN, type VersionedValue } from "../store/edition.ts";

// Of how many articles of its time an upload may be a second version.
const MAX_CANDIDATES = 10;

export class Desk extends DeskReadings {
  readonly #storage: DurableObjectStorage;
  readonly #ledger: Ledger;
  readonly #capacity: Capacity;
  readonly #transactions: Transactions;
  readonly #importCommand: ImportCommand;
  readonly #projection: Projection;
  readonly #scheduler: Scheduler;
  readonly #mediaCommand: MediaCommand;
  readonly #newerVersion: number | undefined;

  /**
   * @param hub learns what changed
   * @param storageLimit in bytes
   */
  constructor(ctx: DurableObjectState, env: Env, layout: Layout, hub: HubLine, storageLimit = STORAGE_BYTES) {
    const epoch = crypto.randomUUID().slice(0, 8);
    const made = composeDesk(ctx, env, hub, layout, storageLimit, epoch, Date.now());
    super(ctx, env, made.ledger, made.capacity);
    this.#storage = ctx.storage;
    this.#ledger = made.ledger;
    this.#capacity = made.capacity;
    this.#transactions = made.transactions;
    this.#importCommand = made.importCommand;
    this.#projection = made.projection;
    this.#scheduler = made.scheduler;
    this.#mediaCommand = made.mediaCommand;
    this.#newerVersion = made.newerVersion;
    if (made.newerVersion !== undefined) reportNewerLedger(made.newerVersion);
    else if (made.scheduler.isBackfilling()) ctx.waitUntil(made.scheduler.scheduleSoon());
  }

  /**
   * Publishes or schedules an article, or revises it. Once this answers, the article is stored; KV has been written
   * as far as its pace and its health allowed, and the rest follows by itself.
   */
  async publish(submission: Submission, request: WriteRequest): Promise<Outcome> {
    const digest = await draftDigest(submission.draft);
    return this.#decide(request, "publish", submission.id, (now) => {
      const outcome = publish(this.#ledger, this.#urgent(now), submission, digest, request, now);
      return withResemblance(this.#ledger, outcome, MAX_CANDIDATES);
    });
  }

  /** Changes an article that is there. */
  change(id: string, action: Action, request: WriteRequest): Promise<Outcome> {
    return this.#decide(request, action.kind, id, (now) =>
      change(this.#ledger, this.#urgent(now), id, action, request, now),
    );
  }

  /** Imports lines. @returns the outcome of each, in their order */
  import(items: ImportItem[], request: WriteRequest): Promise<Imported[]> {
    return this.#importCommand.run(items, request);
  }

  /** Notes that an upload is about to write a picture's files. @returns the record, where the picture is kept already */
  beginMedia(files: MediaFiles, actor: Principal): BegunUpload | Refused {
    return this.#mediaCommand.begin(files, actor);
  }

  /** Keeps a picture whose files were written. */
  keepMedia(uploaded: UploadedMedia, actor: Principal): Promise<KeptMedia | FilesMissing | Refused> {
    return this.#mediaCommand.keep(uploaded, actor);
  }

  /** Says of a picture what an editor wants it to say. */
  describeMedia(
    id: string,
    description: MediaDescription,
    expected: ExpectedTags,
    actor: Principal,
  ): DescribedMedia | Refused {
    return this.#mediaCommand.describe(id, description, expected, actor);
  }

  /** Removes a picture that no article uses. */
  removeMedia(id: string, actor: Principal): Promise<{ ok: true } | Refused> {
    return this.#mediaCommand.remove(id, actor);
  }

  /** Makes, rotates or revokes a token. */
  administer(action: TokenAction, actor: Principal): { ok: true; token: Token } | Refused {
    return this.#transactions.authorised(actor, (now) =>
      this.#transactions.ifRoom(action.kind, () => administer(this.#ledger, action, actor, now)),
    );
  }

  /**
   * The present windows of some feeds, in their order, as KV has them or gets them soon: for the hub, which shows nothing that a
   * replica of KV tells too late. Dates editions that no backlog has, as a write to KV does.
   */
  windows(feeds: FeedId[]): VersionedValue[] {
    const now = Date.now();
    const none: VersionedValue = { edition: UNWRITTEN, text: undefined };
    return this.#storage.transactionSync(() =>
      feeds.map((feed) => this.#projection.window(feed, now) ?? none),
    );
  }

  /** Counts refusals that the Worker decided without asking the Desk. */
  noteRefusals(notes: RefusalNote[]): void {
    const now = Date.now();
    this.#storage.transactionSync(() => {
      for (const note of notes) this.#ledger.refusals.note(note, now);
    });
  }

  /** Adds entries of the hub to the audit, each once however often it is told. @param life names the hub's storage */
  addToAudit(life: string, entries: HubAuditEntry[]): void {
    this.#storage.transactionSync(() => addHubAudit(this.#ledger, life, entries));
  }

  /** Some readers that an earlier release noted and the Audience has to get. */
  formerReaders(): FormerReader[] {
    return this.#newerVersion === undefined ? this.#ledger.formerReaders.next() : [];
  }

  /** Removes readers that the Audience has got. */
  removeFormerReaders(readers: FormerReader[]): void {
    this.#storage.transactionSync(() => this.#ledger.formerReaders.remove(readers));
  }

  /** Does nothing: for a caller that has to know beforehand whether the Desk is open. @throws NewerLedger where it is not */
  open(): void {
    if (this.#newerVersion !== undefined) throw new NewerLedger();
  }

  override alarm(): Promise<void> {
    return this.#newerVersion === undefined ? this.#scheduler.onAlarm() : this.#scheduler.scheduleLater();
  }

  /** Does what the alarm does, and waits for R2 with patience: for the cron trigger, in case an alarm was lost. */
  async sweep(): Promise<void> {
    if (this.#newerVersion === undefined) {
      this.#capacity.warn(Date.now());
      await this.#scheduler.sweep();
      return this.#scheduler.removeFiles();
    }
    reportNewerLedger(this.#newerVersion);
    await this.#scheduler.scheduleLater();
  }

  #urgent(now: Instant): StaleKeys {
    return new StaleKeys(this.#ledger, "urgent", now);
  }

  async #decide(
    request: WriteRequest,
    action: string,
    subject: string | undefined,
    decide: (now: Instant) => Outcome,
  ): Promise<Outcome> {
    const outcome = this.#transactions.change(request, action, subject, decide);
    if (outcome.ok && outcome.change !== "unchanged" && !request.isDryRun)
      await this.#scheduler.publishToKv(outcome.staleKeys);
    if (outcome.ok && (outcome.deletedMedia ?? []).length > 0) await this.#scheduler.removeFiles();
    return outcome;
  }
}
