/** Readings of the Desk: the ledger answers, and nothing changes. */
import { DurableObject } from "cloudflare:workers";
import type { Article, Instant, Status } from "../article/article.ts";
import {
  copyFeeds,
  type MediaCopy,
  copyMedia,
  copyRevisions,
  type FeedPart,
  type FeedPosition,
  type Position,
  type StoredRevision,
} from "./commands/copy.ts";
import { MAX_USES } from "./commands/media.ts";
import { type Health, healthOf } from "./health.ts";
import { listed } from "./ledger/article-row.ts";
import type { AuditEntry, AuditFilter } from "./ledger/audit.ts";
import type { Capacity } from "./ledger/capacity.ts";
import type { Ledger } from "./ledger/ledger.ts";
import type { MediaPlace, StoredMedia } from "./ledger/media.ts";
import type { RefusalEntry, RefusalFilter } from "./ledger/refusals.ts";
import type { Token } from "./ledger/tokens.ts";
import type { Listed } from "./messages.ts";
import type { Principal } from "./principal.ts";

export class DeskReadings extends DurableObject<Env> {
  readonly #ledger: Ledger;
  readonly #capacity: Capacity;

  constructor(ctx: DurableObjectState, env: Env, ledger: Ledger, capacity: Capacity) {
    super(ctx, env);
    this.#ledger = ledger;
    this.#capacity = capacity;
  }

  /** An article as an editor sees it, whatever its status; undefined where there is none. */
  article(id: string): Article | undefined {
    const row = this.#ledger.articles.find(id);
    return row && this.#ledger.revisions.present(row);
  }

  /** The id of the article that has this guid. */
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
      .map(({ seen: _seen, sequence: _sequence, ...row }) => row);
  }

  /** An article's revisions, the newest first: those below `before`, or all. */
  revisions(id: string, before: number | undefined, limit: number): Listed[] {
    const { articles, revisions } = this.#ledger;
    const row = articles.find(id);
    return revisions
      .numbers(id, before, limit)
      .flatMap(
        (revision) =>
          (revision === row?.revision ? revisions.present(row) : revisions.find({ id, revision })) ?? [],
      )
      .map(listed);
  }

  /** A revision of an article; undefined where there is none. */
  revision(id: string, revision: number): Article | undefined {
    return this.#ledger.revisions.find({ id, revision });
  }

  /** The holder of the token with this SHA-256; undefined where nobody holds it any more. */
  principal(digest: string): Principal | undefined {
    return this.#ledger.tokens.principal(digest, Date.now());
  }

  /** Every token there ever was, the newest first. */
  tokens(): Token[] {
    return this.#ledger.tokens.all();
  }

  /** The audit, newest first: entries with a number below `before`. */
  audit(filter: AuditFilter, before: number | undefined, limit: number): AuditEntry[] {
    return this.#ledger.audit.list(filter, before, limit);
  }

  /** Refusals, newest first: rows with a number below `before`. */
  refusals(filter: RefusalFilter, before: number | undefined, limit: number): RefusalEntry[] {
    return this.#ledger.refusals.list(filter, before, limit);
  }

  /** The next revisions for a copy, after the one that `after` names; none at the end. */
  copiedRevisions(after: Position | undefined): StoredRevision[] {
    return copyRevisions(this.#ledger, after);
  }

  /** The next parts of the feeds for a copy, after the one that `after` names; none at the end. */
  copiedFeeds(after: FeedPosition | undefined): FeedPart[] {
    return copyFeeds(this.#ledger, after, Date.now());
  }

  /** The records of kept pictures for a copy, by their ids: some after one; none at the end. */
  copiedMedia(after: string): MediaCopy[] {
    return copyMedia(this.#ledger, after);
  }

  /** A picture, with the ids of articles that use it; undefined where there is none. */
  media(id: string): { media: StoredMedia; uses: string[] } | undefined {
    const media = this.#ledger.media.find(id);
    return media && { media, uses: this.#ledger.media.uses(id, MAX_USES) };
  }

  /** Pictures, the newest first, after the one that `after` names. */
  allMedia(after: MediaPlace | undefined, limit: number): StoredMedia[] {
    return this.#ledger.media.list(after, limit);
  }

  /** The state of the newsroom: its storage, its outbox and its clock. */
  health(): Health {
    return healthOf(this.#ledger, this.#capacity);
  }
}
