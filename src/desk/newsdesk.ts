/** What happens to an article: published, revised, withdrawn, released. Every function is to run in one transaction. */
import { type Article, type Draft, type Instant, statusAt } from "../article/article.ts";
import { articleId, isoDay, tagUri } from "../article/identity.ts";
import { likeness } from "../article/likeness.ts";
import { articleKey, SITE_KEY, windowKey } from "../store/keys.ts";
import { isMet, type Expectation } from "./expectation.ts";
import type { FeedChanges, Feeds } from "./feeds.ts";
import type { Entry, Ledger } from "./ledger.ts";
import type { Outbox } from "./outbox.ts";
import type { Outcome, Submission } from "./outcome.ts";

// Nearly the same body: a few words in a hundred differ.
const RESEMBLANCE = 0.8;
const MAX_COMPARED = 10;

export class Newsdesk {
  readonly #ledger: Ledger;
  readonly #feeds: Feeds;
  readonly #outbox: Outbox;

  constructor(ledger: Ledger, feeds: Feeds, outbox: Outbox) {
    this.#ledger = ledger;
    this.#feeds = feeds;
    this.#outbox = outbox;
  }

  /**
   * Creates or revises an article; the very draft that it already has changes nothing.
   * @param digest of the draft
   */
  publish(submission: Submission, digest: string, now: Instant): Outcome {
    const { draft, expectation } = submission;
    const twin = submission.id === undefined ? this.#ledger.madeFrom(digest) : undefined;
    const id = submission.id ?? twin?.id ?? this.#freeId(draft);
    const before = this.#ledger.find(id);
    if (before?.status === "withdrawn") return { ok: false, reason: "withdrawn", id };
    if (!isMet(expectation, before?.revision)) {
      return { ok: false, reason: "expectation-failed", id, revision: before?.revision };
    }
    if (before !== undefined && (twin !== undefined || this.#ledger.digest(before) === digest)) {
      return { ok: true, change: "unchanged", article: this.#ledger.article(before), feeds: [] };
    }
    const article = this.#revise(submission, id, before, now);
    const change = before === undefined ? "created" : "revised";
    const accepted = this.#commit(change, before, article, digest, submission.actor);
    const resembles = before === undefined ? this.#resembling(article) : undefined;
    return { ...accepted, ...(resembles !== undefined && { resembles }) };
  }

  /** Retracts an article: it leaves every feed, and its page answers 410. Again changes nothing. */
  withdraw(id: string, expectation: Expectation, actor: string, now: Instant): Outcome {
    const before = this.#ledger.find(id);
    if (before === undefined) return { ok: false, reason: "not-found", id };
    if (!isMet(expectation, before.revision)) {
      return { ok: false, reason: "expectation-failed", id, revision: before.revision };
    }
    const present = this.#ledger.article(before);
    if (before.status === "withdrawn") return { ok: true, change: "unchanged", article: present, feeds: [] };
    const article: Article = { ...present, status: "withdrawn", revision: before.revision + 1, changed: now };
    return this.#commit("withdrawn", before, article, undefined, actor);
  }

  /** Publishes a scheduled article whose time has come. Its revision stays: nobody edited it. */
  release(before: Entry, now: Instant): void {
    const article: Article = { ...this.#ledger.article(before), status: "published", changed: now };
    this.#commit("released", before, article, undefined, "the clock");
  }

  #revise(submission: Submission, id: string, before: Entry | undefined, now: Instant): Article {
    const { draft, authority } = submission;
    const status = statusAt(draft.published, now);
    // Readers' software shows `updated` as the date of the news: it starts as the dateline's time, and moves
    // when somebody who may have read the article should read it again.
    const isSeen = before?.seen ?? false;
    const updated = isSeen ? Math.max(now, draft.published) : draft.published;
    return {
      version: 1,
      id,
      guid: before?.guid ?? tagUri(authority, isoDay(now), id),
      revision: (before?.revision ?? 0) + 1,
      status,
      ...draft,
      updated: this.#ledger.freeUpdated(updated, id),
      changed: now,
    };
  }

  #commit<Change extends string>(
    change: Change,
    before: Entry | undefined,
    article: Article,
    digest: string | undefined,
    actor: string,
  ): { ok: true; change: Change; article: Article; feeds: FeedChanges["windows"] } {
    const wasPublic = before?.status === "published" ? before : undefined;
    const isPublic = article.status === "published";
    const seen = isPublic || (before?.seen ?? false);
    this.#ledger.store(article, digest, seen);
    const { windows, isSiteChanged } = this.#feeds.move(wasPublic, isPublic ? article : undefined);
    const buried =
      article.status === "withdrawn" && wasPublic ? this.#feeds.bury(wasPublic, article.changed) : [];
    const feeds = [...new Set([...windows, ...buried])];
    if (seen) this.#outbox.add(articleKey(article.id));
    for (const feed of feeds) this.#outbox.add(windowKey(feed));
    if (isSiteChanged) this.#outbox.add(SITE_KEY);
    this.#ledger.audit(article.changed, actor, change, before, article);
    return { ok: true, change, article, feeds };
  }

  #freeId(draft: Draft): string {
    for (let attempt = 1; ; attempt++) {
      const id = articleId(draft.published, draft.headline, attempt);
      if (this.#ledger.find(id) === undefined) return id;
    }
  }

  #resembling(article: Article): string | undefined {
    return this.#ledger
      .sameTime(article.published, article.id, MAX_COMPARED)
      .map((entry) => this.#ledger.article(entry))
      .find(
        (other) =>
          sectionsOf(other) === sectionsOf(article) && likeness(other.text, article.text) >= RESEMBLANCE,
      )?.id;
  }
}

function sectionsOf({ sections }: Article): string {
  return sections
    .map(({ id }) => id)
    .toSorted()
    .join(" ");
}
