/** The commit: the one way in which an article changes. To run in a transaction. No KV, no clock. */
import { type Article, type Instant, isPublic } from "../../article/article.ts";
import { eventOf } from "../../article/event.ts";
import type { FeedId } from "../../article/feed-id.ts";
import { NEWS_MILLISECONDS } from "../../store/directory.ts";
import type { ArticleRow } from "../ledger/article-row.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Accepted } from "../messages.ts";
import { mediaOf } from "./pictures.ts";
import type { CopiedPage } from "../ledger/feed-membership.ts";
import { hasRecord, nextSequence } from "../ledger/sequence.ts";
import type { StaleKeys } from "../ledger/stale-keys.ts";

/** Past revisions: whether readers could have seen any, and the feeds that showed the last one, each with its title. */
export type Past = { wasSeen: boolean; shownIn: ReadonlyMap<FeedId, string> };

export type Change<Name extends string> = {
  change: Name;
  /** The row of the article before the change; undefined for a new article. */
  before: ArticleRow | undefined;
  article: Article;
  /** Of the draft that the article came from; undefined where an editor handed none in. */
  digest?: string | undefined;
  /** For an article that comes from a copy. */
  copied?: CopiedPage | undefined;
  /** The revisions that a copy brings between `before` and this one; undefined where there are none. */
  past?: Past | undefined;
  actor: string;
  /** For the audit. */
  note?: string | undefined;
};

/** A change that was made; see `Accepted`. Its feeds and keys are all of the transaction so far. */
export type Committed<Name extends string> = Omit<Accepted, "change"> & { change: Name };

/**
 * Stores an article, moves it between the feeds, notes which KV keys are stale, and writes the audit.
 * @param others takes the keys that become stale; those of an article that is taken from its readers are urgent whatever the cause
 */
export function commit<Name extends string>(
  ledger: Ledger,
  others: StaleKeys,
  change: Change<Name>,
  now: Instant,
): Committed<Name> {
  const { articles, revisions, tombstones, expiries, feedMembership, directory, audit, outbox, hubNotes } =
    ledger;
  const { media } = ledger;
  const { before, digest, past, actor, note } = change;
  const article = withFreeUpdated(ledger, change.article);
  const wasShown = before?.status === "published";
  const seen = isPublic(article.status) || (before?.seen ?? false) || (past?.wasSeen ?? false);
  const isTold = hasRecord({ status: article.status, seen });
  const wasTold = before !== undefined && hasRecord(before);
  const sequence = nextSequence(before, { status: article.status, seen });
  const event = eventOf(
    before && { status: before.status, correction: formerCorrection(ledger, change) },
    article,
  );
  articles.store(article, seen, sequence);
  media.noteUses(article.id, article.status === "withdrawn" ? [] : mediaOf(article), before === undefined);
  const length = revisions.store(article, digest, before === undefined && past === undefined);
  const shown = article.status === "published" ? article : undefined;
  const isTakenAway = before !== undefined && isPublic(before.status) && !isPublic(article.status);
  const stale = isTakenAway ? others.urgent() : others;
  if (isTold || wasTold) stale.addArticle(article.id);
  const moved =
    before === undefined
      ? feedMembership.add(article.id, shown, length, stale, change.copied)
      : feedMembership.update(article.id, shown, length, stale, change.copied);
  if (isTakenAway) hubNotes.recall(new Set(["all", ...moved.left, ...outbox.urgentWindows()]));
  // An import moves an archive: that is no news, but for what it takes away.
  if (event !== undefined && stale.isUrgent()) hubNotes.event(event, article, now);
  const isWithdrawn = article.status === "withdrawn";
  const isRecalled = before?.status === "withdrawn" && (!isWithdrawn || past !== undefined);
  const recalled = isRecalled ? tombstones.remove(article.id) : [];
  const left = past === undefined && wasShown ? moved.left : [];
  const announced = isWithdrawn ? [...left, ...openFeeds(ledger, past)] : [];
  tombstones.add(article.id, announced, article.changed);
  const kept = before === undefined && article.status !== "expired" ? [] : expiries.note(article);
  for (const feed of [...announced, ...recalled, ...kept]) stale.addWindow(feed);
  const newest = Math.max(
    wasShown ? before.published : -Infinity,
    shown === undefined ? -Infinity : shown.published,
  );
  if (moved.isSiteChanged) stale.addListing("site");
  for (const feed of moved.touched) directory.note(feed, stale);
  if (newest > now - NEWS_MILLISECONDS) stale.addListing("news");
  audit.add({
    instant: now,
    actor,
    action: change.change,
    subject: article.id,
    fromRevision: before?.revision,
    toRevision: article.revision,
    result: "done",
    note,
  });
  return {
    ok: true,
    change: change.change,
    article,
    feeds: stale.feeds(),
    staleKeys: stale.list(),
    ...(isTakenAway && !isWithdrawn && { isHidden: true }),
  };
}

/** The correction before a change; not looked up where there is none after it. */
function formerCorrection(
  { revisions }: Ledger,
  { before, article }: Pick<Change<string>, "before" | "article">,
): string | undefined {
  if (before === undefined || article.correction === undefined) return undefined;
  return revisions.present(before).correction;
}

/** Gives an article that readers see an `updated` that no other such article has. */
function withFreeUpdated({ articles }: Ledger, article: Article): Article {
  if (!isPublic(article.status)) return article;
  return { ...article, updated: articles.freeUpdated(article.updated, article.id) };
}

/** Makes the feeds that showed the last past revision: a fresh ledger has none of them yet. @returns all of them */
function openFeeds({ feeds }: Ledger, past: Past | undefined): FeedId[] {
  const shownIn = [...(past?.shownIn ?? [])];
  for (const [feed, title] of shownIn) feeds.open(feed, title);
  return shownIn.map(([feed]) => feed);
}
