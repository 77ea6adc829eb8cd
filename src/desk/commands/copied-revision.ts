/** The import of a copied article, revision by revision. To run in a transaction. No KV, no clock. */
import { type Article, type Instant, isPublic } from "../../article/article.ts";
import type { FeedId } from "../../article/feed-id.ts";
import { resolveCopy, withoutResolved } from "./pictures.ts";
import type { CopiedRevision } from "./copy.ts";
import { commit, type Past } from "./commit.ts";
import type { ArticleRow } from "../ledger/article-row.ts";
import type { Outcome } from "../messages.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { missingPermission, type Principal } from "../principal.ts";
import type { StaleKeys } from "../ledger/stale-keys.ts";
import type { Waiting } from "../ledger/staging.ts";

const NOWHERE: ReadonlyMap<FeedId, string> = new Map();

/**
 * Imports a revision as it was; one that is here already changes nothing. A past revision waits, and changes no article:
 * with the last one all that wait are stored at once. An article that is edited here meanwhile stays as it is.
 * @param stale takes the KV keys that become stale
 */
export function restoreRevision(
  ledger: Ledger,
  stale: StaleKeys,
  { article: copied, digest, isPast = true, places }: CopiedRevision,
  actor: Principal,
  now: Instant,
): Outcome {
  const { articles, revisions, staging } = ledger;
  const article = resolveCopy(ledger, copied);
  const { id, revision, guid } = article;
  const missing = missingPermission(actor, "admin", article.sections);
  if (missing !== undefined) return { ok: false, reason: "forbidden", missing };
  const before = articles.find(id);
  const waiting = waitingOf(ledger, id, before);
  const isIn = revision <= (before?.revision ?? 0);
  const present = (isIn ? revisions : staging.revisions).find({ id, revision });
  if (present !== undefined && !isSame(ledger, present, copied))
    return { ok: false, reason: "revision-differs", id, revision };
  if (present !== undefined && (isIn || isPast)) {
    staging.touch(id, now);
    return { ok: true, change: "unchanged", article: present, feeds: [], staleKeys: [] };
  }
  if (present === undefined && revision !== (waiting?.last ?? before?.revision ?? 0) + 1)
    return { ok: false, reason: "revision-missing", id, revision };
  const known = waiting?.guid ?? before?.guid ?? guid;
  const namesake = articles.withGuid(guid);
  if (known !== guid || (namesake !== undefined && namesake.id !== id))
    return { ok: false, reason: "guid-taken", id: namesake?.id ?? id, guid };
  if (isPast) {
    staging.add(article, digest, now);
    return { ok: true, change: "imported", article, feeds: [], staleKeys: [] };
  }
  const past = waiting && storePast(ledger, id, waiting.first, revision, now);
  staging.drop(id);
  return commit(
    ledger,
    stale,
    {
      change: "imported",
      before,
      article: { ...article, status: isEarly(article, now) ? "scheduled" : article.status },
      digest,
      past,
      copied: (feed) => places?.[feed],
      actor: actor.name,
      note: waiting && `${revision - waiting.first + 1} revisions`,
    },
    now,
  );
}

/** The revisions of an article that wait for its last one. Those of an article that has gone on without them are dropped. */
function waitingOf({ staging }: Ledger, id: string, before: ArticleRow | undefined): Waiting | undefined {
  const waiting = staging.find(id);
  if (waiting === undefined || waiting.first === (before?.revision ?? 0) + 1) return waiting;
  staging.drop(id);
  return undefined;
}

/** Stores the revisions that wait, up to the last one of their article. */
function storePast(
  { revisions, staging, feedMembership }: Ledger,
  id: string,
  first: number,
  last: number,
  now: Instant,
): Past | undefined {
  let past: Past | undefined;
  for (let revision = first; revision < last; revision++) {
    const article = staging.revisions.article({ id, revision });
    revisions.store(article, staging.revisions.digest({ id, revision }));
    const { status } = article;
    const wasPublic = isPublic(status) && !isEarly(article, now);
    past = {
      wasSeen: wasPublic || (past?.wasSeen ?? false),
      shownIn: wasPublic && status === "published" ? feedMembership.feedsOf(article) : NOWHERE,
    };
  }
  return past;
}

/** Whether a record says that it is public, though by this clock its time hasn't come. */
function isEarly({ status, published }: Article, now: Instant): boolean {
  return published > now && isPublic(status);
}

/** Whether two records are one revision: the clock may have moved its status, and made way for another `updated`; a picture may have come, or gone. */
function isSame({ siteUrl }: Ledger, one: Article, other: Article): boolean {
  const [a, b] = [one, other].map((article) =>
    JSON.stringify({ ...withoutResolved(siteUrl, article), status: "", changed: 0, updated: 0 }),
  );
  return a === b;
}
