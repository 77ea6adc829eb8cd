/** Changes of an article that is there. To run in a transaction. No KV, no clock. */
import { type Article, type Instant, isPublic, statusAt } from "../../article/article.ts";
import { formatInstant } from "../../article/instant.ts";
import { commit } from "./commit.ts";
import { removeUnused } from "./media.ts";
import { excessesOfImage, isSameImage, pictureSet, resolvePictures } from "./pictures.ts";
import type { ArticleRow } from "../ledger/article-row.ts";
import { preconditionsHold } from "../preconditions.ts";
import type { Action, Change, WriteRequest, Outcome, Refused } from "../messages.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { StaleKeys } from "../ledger/stale-keys.ts";
import { missingPermission } from "../principal.ts";
import { releasedAt, updatedOf } from "./updated.ts";

/** An article as it will be, and the name of the change; undefined where the action changes nothing. */
type Decision = { change: Change; article: Article; note?: string | undefined } | undefined;

/**
 * Changes an article, which makes a new revision. An article that is already as the action wants it stays as it is.
 * @param stale takes the KV keys that become stale
 */
export function change(
  ledger: Ledger,
  stale: StaleKeys,
  id: string,
  action: Action,
  { actor, preconditions }: WriteRequest,
  now: Instant,
): Outcome {
  const { articles, revisions } = ledger;
  const right = action.kind === "withdraw" || action.kind === "reinstate" ? "withdraw" : "publish";
  const before = articles.find(id);
  const former = action.kind === "restore" ? revisions.find({ id, revision: action.revision }) : undefined;
  const missing = missingPermission(actor, right, [...(before?.sections ?? []), ...(former?.sections ?? [])]);
  if (missing !== undefined) return { ok: false, reason: "forbidden", missing };
  if (before === undefined) return { ok: false, reason: "not-found", id };
  // A precondition counts only where the request would succeed without it (RFC 9110, section 13.2.1).
  if (before.status === "withdrawn" && right === "publish") return { ok: false, reason: "withdrawn", id };
  if (action.kind === "restore" && former === undefined) {
    return { ok: false, reason: "no-such-revision", id, revision: action.revision };
  }
  if (!preconditionsHold(preconditions, before.revision)) {
    return { ok: false, reason: "expectation-failed", id, revision: before.revision };
  }
  // A damaged record is withdrawn all the same, and never published.
  const present = action.kind === "withdraw" ? revisions.present(before) : revisions.article(before);
  const decided = decide(ledger, action, present, former, now);
  const decision = decided === undefined ? undefined : withPictures(ledger, action, present, decided);
  const deleted = (): { deletedMedia?: string[] } =>
    action.kind === "withdraw" && action.deletesMedia === true
      ? { deletedMedia: removeUnused(ledger, present, actor, now) }
      : {};
  if (decision === undefined)
    return { ok: true, change: "unchanged", article: present, feeds: [], staleKeys: [], ...deleted() };
  if ("reason" in decision) return decision;
  const { published, expires } = decision.article;
  if (expires !== undefined && expires <= published)
    return { ok: false, reason: "expires-before-published", id };
  // The draft that it came from stays the one that an upload is compared with: the same document again says nothing new.
  const digest = revisions.digest(former ?? before);
  const article = nextRevision(decision.article, before, isSilent(action), now);
  const committed = commit(ledger, stale, { ...decision, article, before, digest, actor: actor.name }, now);
  return { ...committed, ...deleted() };
}

/**
 * The decision with the pictures of the article as they are kept now: what becomes public again, or comes back, must have them.
 */
function withPictures(
  ledger: Ledger,
  { kind }: Action,
  { status }: Article,
  decision: NonNullable<Decision> | Refused,
): NonNullable<Decision> | Refused {
  if ("reason" in decision) return decision;
  // A draft that is given a time becomes public without another look. Another time for what readers see may hide it.
  const isNew = status === "draft" || (!isPublic(status) && isPublic(decision.article.status));
  if (kind !== "restore" && kind !== "reinstate" && (kind !== "publish" || !isNew)) return decision;
  const resolved = resolvePictures(ledger, decision.article);
  return resolved.ok ? { ...decision, article: resolved.article } : resolved;
}

/** Releases an article whose embargo is over, or lets one expire. Its revision stays: nobody edited it. */
export function tick(ledger: Ledger, before: ArticleRow, now: Instant): void {
  const present = ledger.revisions.article(before);
  const status = statusAt(present, now);
  const updated = releasedAt(present);
  const article: Article = { ...present, status, updated, changed: now };
  const name = status === "expired" ? "expired" : "released";
  const stale = new StaleKeys(ledger, "urgent", now);
  commit(ledger, stale, { change: name, before, article, actor: "clock" }, now);
}

function decide(
  ledger: Ledger,
  action: Action,
  present: Article,
  former: Article | undefined,
  now: Instant,
): Decision | Refused {
  switch (action.kind) {
    case "withdraw": {
      if (present.status === "withdrawn") return undefined;
      return {
        change: "withdrawn",
        article: { ...present, status: "withdrawn", reason: action.reason },
        note: action.reason,
      };
    }
    case "reinstate": {
      if (present.status !== "withdrawn") return undefined;
      const last = ledger.revisions.find({ ...present, revision: present.revision - 1 });
      // A copy may begin with a withdrawal: an article that isn't known to have been public comes back as a draft.
      const status = last === undefined || last.status === "withdrawn" ? "draft" : last.status;
      return { change: "reinstated", article: renewed({ ...present, status, reason: undefined }, now) };
    }
    case "publish":
      return schedule(action.published, present, now);
    case "expire": {
      const expires = action.expires ?? undefined;
      if (expires === present.expires) return undefined;
      return {
        change: "rescheduled",
        article: renewed({ ...present, expires }, now),
        note: `expires ${expires === undefined ? "never" : formatInstant(expires)}`,
      };
    }
    case "correct": {
      const correction = action.correction ?? undefined;
      if (correction === present.correction) return undefined;
      return { change: "corrected", article: { ...present, correction }, note: correction };
    }
    case "restore": {
      if (former === undefined || action.revision === present.revision) return undefined;
      // The text comes back. The times, the status and the correction stay as they are.
      const { status, published, dateline, expires, correction } = present;
      const article = { ...former, status, published, dateline, expires, correction, reason: undefined };
      return {
        change: "restored",
        article: renewed(article, now),
        note: `revision ${action.revision}`,
      };
    }
    case "picture": {
      const set = pictureSet(ledger, action.image ?? undefined, present);
      if (!set.ok) return set;
      const { image, pictured, named } = set;
      if (isSameImage(image, present.image)) return undefined;
      const excesses = excessesOfImage(present, image);
      if (excesses.length > 0) return { ok: false, reason: "beyond-bounds", id: present.id, excesses };
      return {
        change: "picture-changed",
        article: { ...present, image, pictured, named },
        note: image === undefined ? "none" : (image.media ?? image.url),
      };
    }
  }
}

function nextRevision(article: Article, before: ArticleRow, silently: boolean, now: Instant): Article {
  return {
    ...article,
    revision: before.revision + 1,
    updated: updatedOf(article, before, silently, now),
    changed: now,
  };
}

/** Whether readers needn't read again: a withdrawal and another expiry change nothing in what the article says. */
function isSilent(action: Action): boolean {
  switch (action.kind) {
    case "withdraw":
    case "expire":
      return true;
    case "restore":
    case "picture":
      return action.isSilent;
    case "publish":
    case "correct":
    case "reinstate":
      return false;
  }
}

/** An article with the status that its times give it; a draft stays one. */
function renewed(article: Article, now: Instant): Article {
  return { ...article, status: article.status === "draft" ? "draft" : statusAt(article, now) };
}

/** Publishes at a time or at once: an embargo ends early, a draft is published now, and a public article stays as it is. */
function schedule(wish: Instant | undefined, present: Article, now: Instant): Decision {
  const published = wish ?? (isPublic(present.status) ? present.published : now);
  if (published === present.published && present.status !== "draft") return undefined;
  const filed = present.dateline ?? present.published;
  const dateline = filed === published ? undefined : filed;
  const status = statusAt({ published, expires: present.expires }, now);
  const name = status === "scheduled" || isPublic(present.status) ? "rescheduled" : "published";
  return {
    change: name,
    article: { ...present, published, dateline, status },
    note: formatInstant(published),
  };
}
