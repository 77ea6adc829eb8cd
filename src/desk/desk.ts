/** The Desk: the one Durable Object through which every write goes. It never reads KV to decide anything. */
import { DurableObject } from "cloudflare:workers";
import type { Article, Instant, Status } from "../article/article.ts";
import type { FeedId } from "../article/feed-id.ts";
import { change } from "./commands/change.ts";
import { administer, type TokenAction } from "./commands/tokens.ts";
import {
  copyFeeds,
  copyRevisions,
  type FeedPart,
  type FeedPosition,
  type Position,
  type StoredRevision,
} from "./commands/copy.ts";
import type { AuditEntry, AuditFilter } from "./ledger/audit.ts";
import { Capacity, STORAGE_BYTES } from "./ledger/capacity.ts";
import { Delivery } from "./publication/delivery.ts";
import { draftDigest } from "./commands/draft-digest.ts";
import { listed } from "./ledger/article-row.ts";
import { Backfill } from "./commands/backfill.ts";
import { Scheduler } from "./publication/scheduler.ts";
import { type Health, healthOf } from "./health.ts";
import { ImportCommand } from "./commands/import.ts";
import type { Imported, ImportItem } from "./commands/import-item.ts";
import { migrate, VERSION } from "./ledger/schema/migration.ts";
import { closed, NewerLedger, reportNewerLedger } from "./ledger/schema/newer-ledger.ts";
import { publish } from "./commands/publish.ts";
import type { Action, Listed, WriteRequest, Outcome, Refused, Submission } from "./messages.ts";
import { type Layout, type Ledger, createLedger } from "./ledger/ledger.ts";
import type { Principal } from "./principal.ts";
import { Projection } from "./publication/projection.ts";
import type { Audience, Place, Reader, Sighting } from "./ledger/readers.ts";
import type { RefusalEntry, RefusalFilter, RefusalNote } from "./ledger/refusals.ts";
import type { Token } from "./ledger/tokens.ts";
import { Transactions } from "./commands/transactions.ts";

export class Desk extends DurableObject<Env> {
  readonly #storage: DurableObjectStorage;
  readonly #ledger: Ledger;
  readonly #importCommand: ImportCommand;
  readonly #transactions: Transactions;
  readonly #scheduler: Scheduler;
  readonly #capacity: Capacity;
  readonly #ledgerVersion: number;

  /** @param storageLimit in bytes */
  constructor(ctx: DurableObjectState, env: Env, layout: Layout, storageLimit = STORAGE_BYTES) {
    super(ctx, env);
    this.#storage = ctx.storage;
    const { epoch, version } = migrate(ctx.storage, crypto.randomUUID().slice(0, 8));
    this.#ledgerVersion = version;
    const sql = this.#isLedgerNewer() ? closed(ctx.storage.sql) : ctx.storage.sql;
    const ledger = createLedger(sql, layout);
    this.#ledger = ledger;
    this.#capacity = new Capacity(sql, storageLimit);
    this.#transactions = new Transactions(ctx.storage, ledger, this.#capacity);
    const delivery = new Delivery(env.ARTICLES, ledger.outbox, new Projection(ledger, epoch));
    const backfill = new Backfill(sql, ledger, layout.feeds);
    this.#scheduler = new Scheduler(ctx.storage, ledger, backfill, delivery);
    this.#importCommand = new ImportCommand(ctx.storage, ledger, this.#transactions, this.#scheduler);
    if (this.#isLedgerNewer()) {
      reportNewerLedger(version);
      return;
    }
    ctx.storage.transactionSync(() => {
      const now = Date.now();
      if (version < VERSION) backfill.restart(version, now);
      backfill.start(now);
    });
    if (backfill.isOpen()) ctx.waitUntil(this.#scheduler.scheduleSoon());
  }

  /**
   * Publishes or schedules an article, or revises it. Once this answers, the article is stored; KV has been written
   * as far as its pace and its health allowed, and the rest follows by itself.
   */
  async publish(submission: Submission, request: WriteRequest): Promise<Outcome> {
    const digest = await draftDigest(submission.draft);
    return this.#change(request, "publish", submission.id, (now) =>
      publish(this.#ledger, "urgent", submission, digest, request, now),
    );
  }

  /** Does something to an article that is there. */
  act(id: string, action: Action, request: WriteRequest): Promise<Outcome> {
    return this.#change(request, action.kind, id, (now) =>
      change(this.#ledger, "urgent", id, action, request, now),
    );
  }

  /** Takes lines of an import. @returns what became of each, in their order */
  import(items: ImportItem[], request: WriteRequest): Promise<Imported[]> {
    return this.#importCommand.run(items, request);
  }

  /** An article as an editor sees it, whatever its status; undefined where there is none. */
  article(id: string): Article | undefined {
    const entry = this.#ledger.articles.find(id);
    return entry && this.#ledger.revisions.present(entry);
  }

  /** The article that has this guid. */
  idOf(guid: string): string | undefined {
    return this.#ledger.articles.withGuid(guid)?.id;
  }

  /** Articles in feed order, whatever their status or of one, after the one that `after` names. */
  articles(
    after: { published: Instant; id: string } | undefined,
    limit: number,
    status: Status | undefined,
  ): Listed[] {
    return this.#ledger.articles
      .list(after, limit, status)
      .map(({ seen: _seen, sequence: _sequence, ...entry }) => entry);
  }

  /** An article's revisions, the newest first: those below `before`, or all. */
  revisions(id: string, before: number | undefined, limit: number): Listed[] {
    const { articles, revisions } = this.#ledger;
    const entry = articles.find(id);
    return revisions
      .numbers(id, before, limit)
      .flatMap(
        (revision) =>
          (revision === entry?.revision ? revisions.present(entry) : revisions.find({ id, revision })) ?? [],
      )
      .map(listed);
  }

  revision(id: string, revision: number): Article | undefined {
    return this.#ledger.revisions.find({ id, revision });
  }

  /** Who holds the token whose SHA-256 this is; undefined where nobody does any more. */
  principal(digest: string): Principal | undefined {
    return this.#ledger.tokens.principal(digest, Date.now());
  }

  tokens(): Token[] {
    return this.#ledger.tokens.all();
  }

  /** Makes, rotates or revokes a token. */
  administer(action: TokenAction, actor: Principal): { ok: true; token: Token } | Refused {
    return this.#transactions.authorised(actor, (now) =>
      this.#transactions.ifRoom(action.kind, () => administer(this.#ledger, action, actor, now)),
    );
  }

  /** The audit, newest first: entries with a number below `before`. */
  audit(filter: AuditFilter, before: number | undefined, limit: number): AuditEntry[] {
    return this.#ledger.audit.list(filter, before, limit);
  }

  /** What was refused, newest first: rows with a number below `before`. */
  refusals(filter: RefusalFilter, before: number | undefined, limit: number): RefusalEntry[] {
    return this.#ledger.refusals.list(filter, before, limit);
  }

  /** Notes what the Worker refused without asking. */
  noteRefusals(notes: RefusalNote[]): void {
    const now = Date.now();
    this.#storage.transactionSync(() => {
      for (const note of notes) this.#ledger.refusals.note(note, now);
    });
  }

  /** Notes polls of the feeds. @returns for each, in their order, whether it was noted: one within the hour is not. */
  noteReaders(sightings: Sighting[]): boolean[] {
    return this.#ledger.readers.note(sightings, Date.now());
  }

  /** Who has polled a feed, or any feed, lately: those whose place is after the one that `after` names. */
  readers(feed: string | undefined, after: Place | undefined, limit: number): Reader[] {
    return this.#ledger.readers.list(feed, after, limit, Date.now());
  }

  /** Who has polled some feeds lately, over all formats. */
  audience(feeds: FeedId[]): Audience[] {
    return this.#ledger.readers.audience(feeds, Date.now());
  }

  /** A page of all revisions for a copy, after the one that `after` names; empty at the end. */
  copiedRevisions(after: Position | undefined): StoredRevision[] {
    return copyRevisions(this.#ledger, after);
  }

  /** Parts of the feeds for a copy, after the one that `after` names; none at the end. */
  copiedFeeds(after: FeedPosition | undefined): FeedPart[] {
    return copyFeeds(this.#ledger, after, Date.now());
  }

  health(): Health {
    return healthOf(this.#ledger, this.#capacity);
  }

  /** Nothing: it is for whoever has to know beforehand that the Desk is open. @throws NewerLedger when it is not */
  open(): void {
    if (this.#isLedgerNewer()) throw new NewerLedger();
  }

  override alarm(): Promise<void> {
    return this.#isLedgerNewer() ? this.#scheduler.scheduleLater() : this.#scheduler.onAlarm();
  }

  /** What the alarm does; the cron trigger asks for it too, in case an alarm was lost. */
  async sweep(): Promise<void> {
    if (!this.#isLedgerNewer()) {
      this.#capacity.warn(Date.now());
      return this.#scheduler.sweep();
    }
    reportNewerLedger(this.#ledgerVersion);
    await this.#scheduler.scheduleLater();
  }

  #isLedgerNewer(): boolean {
    return this.#ledgerVersion > VERSION;
  }

  async #change(
    request: WriteRequest,
    action: string,
    subject: string | undefined,
    decide: (now: Instant) => Outcome,
  ): Promise<Outcome> {
    const outcome = this.#transactions.change(request, action, subject, decide);
    if (outcome.ok && outcome.change !== "unchanged" && !request.isDryRun)
      await this.#scheduler.publishToKv(outcome.staleKeys);
    return outcome;
  }
}
