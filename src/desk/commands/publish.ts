/** The decision on an upload: a new article, a revision, or nothing. To run in a transaction. No KV, no clock. */
import { type Article, type Instant, statusAt } from "../../article/article.ts";
import { articleId, isId, tagUri, hashSuffix, hashedId } from "../../article/identity.ts";
import { isoDay } from "../../article/instant.ts";
import { commit } from "./commit.ts";
import type { ArticleRow } from "../ledger/article-row.ts";
import { excessesOfImage, missingLink, pictureAfter, resolveBody } from "./pictures.ts";
import { preconditionsHold } from "../preconditions.ts";
import type { WriteRequest, Outcome, Refused, Submission } from "../messages.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { StaleKeys } from "../ledger/stale-keys.ts";
import { missingPermission } from "../principal.ts";
import { updatedOf } from "./updated.ts";

/**
 * Creates or revises an article; the draft that it has already changes nothing. A draft without id and guid belongs to the
 * article that was made from it. One whose guid is new is another article, whatever its text.
 * @param stale takes the KV keys that become stale
 * @param digest of the draft
 */
export function publish(
  ledger: Ledger,
  stale: StaleKeys,
  submission: Submission,
  digest: string,
  { actor, preconditions }: WriteRequest,
  now: Instant,
): Outcome {
  const { articles, revisions } = ledger;
  const { draft, isDraft, guid } = submission;
  const known = guid === undefined ? undefined : articles.withGuid(guid);
  const isNameless = submission.id === undefined && guid === undefined;
  const twin = isNameless ? articles.madeFrom(digest) : undefined;
  const id = submission.id ?? known?.id ?? twin?.id ?? freeId(ledger, submission, digest, now);
  const before = articles.find(id);
  const missing = missingPermission(actor, "publish", [...draft.sections, ...(before?.sections ?? [])]);
  if (missing !== undefined) return { ok: false, reason: "forbidden", missing };
  if (before?.status === "withdrawn") return { ok: false, reason: "withdrawn", id };
  if (!preconditionsHold(preconditions, before?.revision)) {
    return { ok: false, reason: "expectation-failed", id, revision: before?.revision };
  }
  if (guid !== undefined && known !== undefined && known.id !== id) {
    return { ok: false, reason: "guid-taken", id: known.id, guid };
  }
  const isPresent = before !== undefined && revisions.digest(before) === digest;
  // A document of an earlier revision that comes without an id names its article, and brings nothing back.
  const isFormer = before !== undefined && twin !== undefined && !isPresent;
  if (isFormer || (isPresent && isDraft === (before.status === "draft"))) {
    return {
      ok: true,
      change: "unchanged",
      article: revisions.present(before),
      feeds: [],
      staleKeys: [],
    };
  }
  const revised = revise(ledger, submission, id, before, digest, now);
  if (!revised.ok) return revised;
  const { article } = revised;
  if (article.expires !== undefined && article.expires <= article.published) {
    return { ok: false, reason: "expires-before-published", id };
  }
  const change = before === undefined ? "created" : "revised";
  return commit(ledger, stale, { change, before, article, digest, actor: actor.name }, now);
}

function revise(
  ledger: Ledger,
  { draft, guid, isDraft, isSilent, authority }: Submission,
  id: string,
  before: ArticleRow | undefined,
  digest: string,
  now: Instant,
): { ok: true; article: Article } | Refused {
  const present = before && ledger.revisions.present(before);
  const { image: named, correction = present?.correction, expires = present?.expires, ...rest } = draft;
  const picture = pictureAfter(ledger, named, rest, present);
  if (!picture.ok) return picture;
  const { image, pictured, named: said } = picture;
  const excesses = excessesOfImage(rest, image);
  if (excesses.length > 0) return { ok: false, reason: "beyond-bounds", id, excesses };
  const body = resolveBody(ledger, { ...rest, image });
  if (!body.ok) return body;
  const missing = missingLink(ledger, { ...draft, html: body.html });
  if (missing !== undefined) return { ok: false, reason: "no-such-media", media: missing };
  // A document that still has the time from which the newsroom has moved the article doesn't move it back.
  const isMoved = present?.dateline !== undefined && present.dateline === draft.published;
  const times = {
    published: isMoved ? present.published : draft.published,
    dateline: isMoved ? present.dateline : undefined,
    expires: expires ?? undefined,
  };
  const status = isDraft ? "draft" : statusAt(times, now);
  const article: Article = {
    version: 1,
    id,
    guid: before?.guid ?? guid ?? freeGuid(ledger, authority, isoDay(now), id, digest),
    revision: (before?.revision ?? 0) + 1,
    status,
    ...rest,
    html: body.html,
    image,
    pictured,
    named: said,
    ...times,
    correction: correction ?? undefined,
    updated: updatedOf({ status, published: times.published }, before, isSilent, now),
    changed: now,
  };
  return { ok: true, article };
}

/**
 * The id that another Dateline gave it, or one from its date and headline. The plain ones are for what readers see at once:
 * if a draft or an embargo could have one, the next public article of this date and headline would get `-2`, and tell of it.
 * An id never changes, so that what is hidden at first keeps its other ending when it is published.
 */
function freeId(
  { articles }: Ledger,
  { draft, guid, authority, isDraft }: Submission,
  digest: string,
  now: Instant,
): string {
  const { published, headline } = draft;
  const own =
    guid !== undefined && guid.startsWith(`tag:${authority},`) ? guid.slice(guid.lastIndexOf(":") + 1) : "";
  if (isId(own) && articles.find(own) === undefined) return own;
  const isHidden = isDraft || statusAt({ published, expires: undefined }, now) === "scheduled";
  return firstFree(
    (id) => articles.find(id),
    isHidden ? undefined : (attempt) => articleId(published, headline, attempt),
    (attempt) => hashedId(published, headline, `${digest} ${attempt}`),
  );
}

function freeGuid({ articles }: Ledger, authority: string, day: string, id: string, digest: string): string {
  return firstFree(
    (guid) => articles.withGuid(guid),
    (attempt) => tagUri(authority, day, attempt === 1 ? id : `${id}.${attempt}`),
    (attempt) => tagUri(authority, day, `${id}.${hashSuffix(`${digest} ${attempt}`)}`),
  );
}

/**
 * The first name that no article has. A counted name tells how many articles have its stem: it may count only those that readers
 * could have seen. Where an editor has given such a name to a hidden article, the result is a name that counts nothing.
 * @param holderOf the article that has a name
 * @param counted the n-th counted name; undefined where none is wanted
 * @param other the n-th of the names that count nothing
 */
function firstFree(
  holderOf: (name: string) => ArticleRow | undefined,
  counted: ((attempt: number) => string) | undefined,
  other: (attempt: number) => string,
): string {
  if (counted !== undefined) {
    for (let attempt = 1; ; attempt++) {
      const name = counted(attempt);
      const holder = holderOf(name);
      if (holder === undefined) return name;
      if (!holder.seen) break;
    }
  }
  for (let attempt = 1; ; attempt++) {
    const name = other(attempt);
    if (holderOf(name) === undefined) return name;
  }
}
