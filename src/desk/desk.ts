/** The Desk: the one Durable Object through which every write goes. It never reads KV to decide anything. */
import { DurableObject } from "cloudflare:workers";
import type { Article, Instant, Status } from "../article/article.ts";
import type { FeedId } from "../article/feed-id.ts";
import { Actions } from "./commands/change.ts";
import { Administration, type TokenAction } from "./commands/tokens.ts";
import {
  Archive,
  type FeedPart,
  type FeedPosition,
  type Position,
  type StoredRevision,
} from "./commands/copy.ts";
import type { AuditEntry, AuditFilter } from "./ledger/audit.ts";
import { Book } from "./commands/commit.ts";
import { Capacity, STORAGE_BYTES } from "./ledger/capacity.ts";
import { Delivery } from "./publication/delivery.ts";
import { draftDigest } from "./commands/draft-digest.ts";
import { listed } from "./ledger/article-row.ts";
import { Filing } from "./commands/backfill.ts";
import { FollowUp } from "./publication/scheduler.ts";
import { type Health, healthOf } from "./health.ts";
import { ImportRun } from "./commands/import.ts";
import type { Imported, ImportItem } from "./commands/import-item.ts";
import { migrate, VERSION } from "./ledger/schema/migration.ts";
import { closed, NewerLedger, reportNewerLedger } from "./ledger/schema/newer-ledger.ts";
import { Newsdesk } from "./commands/publish.ts";
import type { Action, Listed, Order, Outcome, Refused, Submission } from "./messages.ts";
import { type Layout, type Parts, partsOf } from "./ledger/ledger.ts";
import type { Principal } from "./principal.ts";
import { Projection } from "./publication/projection.ts";
import type { Audience, Place, Reader, Sighting } from "./ledger/readers.ts";
import type { RefusalEntry, RefusalFilter, RefusalNote } from "./ledger/refusals.ts";
import { Repeats } from "./ledger/idempotency.ts";
import { type Token, Tokens } from "./ledger/tokens.ts";
import { Transactions } from "./commands/transactions.ts";

export class Desk extends DurableObject<Env> {
  readonly #storage: DurableObjectStorage;
  readonly #parts: Parts;
  readonly #tokens: Tokens;
  readonly #newsdesk: Newsdesk;
  readonly #actions: Actions;
  readonly #administration: Administration;
  readonly #archive: Archive;
  readonly #importRun: ImportRun;
  readonly #transactions: Transactions;
  readonly #followUp: FollowUp;
  readonly #capacity: Capacity;
  readonly #ledgerVersion: number;

  /** @param storageLimit in bytes */
  constructor(ctx: DurableObjectState, env: Env, layout: Layout, storageLimit = STORAGE_BYTES) {
    super(ctx, env);
    this.#storage = ctx.storage;
    const { epoch, version } = migrate(ctx.storage, crypto.randomUUID().slice(0, 8));
    this.#ledgerVersion = version;
    const sql = this.#isLedgerNewer() ? closed(ctx.storage.sql) : ctx.storage.sql;
    const parts = partsOf(sql, layout);
    const book = new Book(parts, "urgent");
    this.#parts = parts;
    this.#tokens = new Tokens(sql);
    this.#newsdesk = new Newsdesk(parts, book);
    this.#actions = new Actions(parts, book);
    this.#administration = new Administration(this.#tokens, parts.audit, parts.refusals);
    this.#archive = new Archive(parts);
    this.#capacity = new Capacity(sql, storageLimit);
    const repeats = new Repeats(sql, parts.revisions);
    this.#transactions = new Transactions(ctx.storage, this.#tokens, repeats, parts.refusals, this.#capacity);
    const delivery = new Delivery(env.ARTICLES, parts.outbox, new Projection(parts, epoch));
    const filing = new Filing(sql, parts, layout.feeds);
    this.#followUp = new FollowUp(ctx.storage, parts, this.#actions, filing, delivery);
    this.#importRun = new ImportRun(ctx.storage, parts, this.#transactions, this.#followUp);
    if (this.#isLedgerNewer()) {
      reportNewerLedger(version);
      return;
    }
    ctx.storage.transactionSync(() => {
      const now = Date.now();
      if (version < VERSION) filing.restart(version, now);
      filing.start(now);
    });
    if (filing.isOpen()) ctx.waitUntil(this.#followUp.soon());
  }

  /**
   * Publishes or schedules an article, or revises it. Once this answers, the article is stored; KV has been written
   * as far as its pace and its health allowed, and the rest follows by itself.
   */
  async publish(submission: Submission, order: Order): Promise<Outcome> {
    const digest = await draftDigest(submission.draft);
    return this.#change(order, "publish", submission.id, (now) =>
      this.#newsdesk.publish(submission, digest, order, now),
    );
  }

  /** Does something to an article that is there. */
  act(id: string, action: Action, order: Order): Promise<Outcome> {
    return this.#change(order, action.kind, id, (now) => this.#actions.act(id, action, order, now));
  }

  /** Takes lines of an import. @returns what became of each, in their order */
  import(items: ImportItem[], order: Order): Promise<Imported[]> {
    return this.#importRun.take(items, order);
  }

  /** An article as an editor sees it, whatever its status; undefined where there is none. */
  article(id: string): Article | undefined {
    const entry = this.#parts.ledger.find(id);
    return entry && this.#parts.revisions.present(entry);
  }

  /** The article that has this guid. */
  idOf(guid: string): string | undefined {
    return this.#parts.ledger.withGuid(guid)?.id;
  }

  /** Articles in feed order, whatever their status or of one, after the one that `after` names. */
  articles(
    after: { published: Instant; id: string } | undefined,
    limit: number,
    status: Status | undefined,
  ): Listed[] {
    return this.#parts.ledger
      .list(after, limit, status)
      .map(({ seen: _seen, sequence: _sequence, ...entry }) => entry);
  }

  /** An article's revisions, the newest first: those below `before`, or all. */
  revisions(id: string, before: number | undefined, limit: number): Listed[] {
    const { ledger, revisions } = this.#parts;
    const entry = ledger.find(id);
    return revisions
      .numbers(id, before, limit)
      .flatMap(
        (revision) =>
          (revision === entry?.revision ? revisions.present(entry) : revisions.find({ id, revision })) ?? [],
      )
      .map(listed);
  }

  revision(id: string, revision: number): Article | undefined {
    return this.#parts.revisions.find({ id, revision });
  }

  /** Who holds the token whose SHA-256 this is; undefined where nobody does any more. */
  principal(digest: string): Principal | undefined {
    return this.#tokens.principal(digest, Date.now());
  }

  tokens(): Token[] {
    return this.#tokens.all();
  }

  /** Makes, rotates or revokes a token. */
  administer(action: TokenAction, actor: Principal): { ok: true; token: Token } | Refused {
    return this.#transactions.authorised(actor, (now) =>
      this.#transactions.ifRoom(action.kind, () => this.#administration.act(action, actor, now)),
    );
  }

  /** The audit, newest first: entries with a number below `before`. */
  audit(filter: AuditFilter, before: number | undefined, limit: number): AuditEntry[] {
    return this.#parts.audit.list(filter, before, limit);
  }

  /** What was refused, newest first: rows with a number below `before`. */
  refusals(filter: RefusalFilter, before: number | undefined, limit: number): RefusalEntry[] {
    return this.#parts.refusals.list(filter, before, limit);
  }

  /** Notes what the Worker refused without asking. */
  noteRefusals(notes: RefusalNote[]): void {
    const now = Date.now();
    this.#storage.transactionSync(() => {
      for (const note of notes) this.#parts.refusals.note(note, now);
    });
  }

  /** Notes polls of the feeds. @returns for each, in their order, whether it was noted: one within the hour is not. */
  noteReaders(sightings: Sighting[]): boolean[] {
    return this.#parts.readers.note(sightings, Date.now());
  }

  /** Who has polled a feed, or any feed, lately: those whose place is after the one that `after` names. */
  readers(feed: string | undefined, after: Place | undefined, limit: number): Reader[] {
    return this.#parts.readers.list(feed, after, limit, Date.now());
  }

  /** Who has polled some feeds lately, over all formats. */
  audience(feeds: FeedId[]): Audience[] {
    return this.#parts.readers.audience(feeds, Date.now());
  }

  /** A page of all revisions for a copy, after the one that `after` names; empty at the end. */
  copiedRevisions(after: Position | undefined): StoredRevision[] {
    return this.#archive.revisions(after);
  }

  /** Parts of the feeds for a copy, after the one that `after` names; none at the end. */
  copiedFeeds(after: FeedPosition | undefined): FeedPart[] {
    return this.#storage.transactionSync(() => this.#archive.feeds(after, Date.now()));
  }

  health(): Health {
    return healthOf(this.#parts, this.#capacity);
  }

  /** Nothing: it is for whoever has to know beforehand that the Desk is open. @throws NewerLedger when it is not */
  open(): void {
    if (this.#isLedgerNewer()) throw new NewerLedger();
  }

  override alarm(): Promise<void> {
    return this.#isLedgerNewer() ? this.#followUp.later() : this.#followUp.wake();
  }

  /** What the alarm does; the cron trigger asks for it too, in case an alarm was lost. */
  async sweep(): Promise<void> {
    if (!this.#isLedgerNewer()) {
      this.#capacity.warn(Date.now());
      return this.#followUp.sweep();
    }
    reportNewerLedger(this.#ledgerVersion);
    await this.#followUp.later();
  }

  #isLedgerNewer(): boolean {
    return this.#ledgerVersion > VERSION;
  }

  async #change(
    order: Order,
    action: string,
    subject: string | undefined,
    decide: (now: Instant) => Outcome,
  ): Promise<Outcome> {
    const outcome = this.#transactions.change(order, action, subject, decide);
    if (outcome.ok && outcome.change !== "unchanged" && !order.isRehearsal)
      await this.#followUp.publicise(outcome);
    return outcome;
  }
}
