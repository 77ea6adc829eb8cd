/** One line of an import: an upload, a withdrawal, or a piece of a copy. To run in a transaction. */
import type { Instant } from "../../article/article.ts";
import { change } from "./change.ts";
import { adoptFeed } from "./copied-feed.ts";
import type { CopiedFeed, CopiedRevision } from "./copy.ts";
import type { Media } from "../../article/media.ts";
import { importMedia } from "./media.ts";
import { publish } from "./publish.ts";
import type { Change, WriteRequest, Outcome, Refused, Submission } from "../messages.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { StaleKeys } from "../ledger/stale-keys.ts";
import { missingPermission } from "../principal.ts";
import { restoreRevision } from "./copied-revision.ts";
import { withResemblance } from "./resemblance.ts";

// Many articles of an archive may have one time: an import that compared ten for each would take several times as long.
const MAX_CANDIDATES = 2;

export type ImportItem =
  | { kind: "upload"; submission: Submission }
  /** Of the article with this id, or with this guid. */
  | { kind: "withdrawal"; id?: string | undefined; guid?: string | undefined; reason?: string | undefined }
  | { kind: "revision"; copied: CopiedRevision }
  | { kind: "feed"; copied: CopiedFeed }
  | { kind: "media"; copied: Media };

/** The outcome of a line: `id` is that of an article, a feed or a picture. */
type ImportedItem =
  | { ok: true; change: Change; id: string; revision?: number | undefined; resembles?: string | undefined }
  | Refused;
export type Imported = ImportedItem | { ok: false; reason: "internal-error" };

/**
 * Imports one line.
 * @param stale takes the KV keys that become stale, but for those of a feed, which is given dates of its own
 * @param digest of the draft, for an upload
 */
export function importItem(
  ledger: Ledger,
  stale: StaleKeys,
  item: ImportItem,
  digest: string,
  request: WriteRequest,
  now: Instant,
): ImportedItem {
  switch (item.kind) {
    case "upload": {
      const outcome = publish(ledger, stale, item.submission, digest, request, now);
      return shorten(withResemblance(ledger, outcome, MAX_CANDIDATES));
    }
    case "withdrawal": {
      const { guid = "", reason } = item;
      const id = item.id ?? ledger.articles.withGuid(guid)?.id;
      if (id === undefined) return { ok: false, reason: "not-found", id: guid };
      return shorten(change(ledger, stale, id, { kind: "withdraw", reason }, request, now));
    }
    case "revision":
      return shorten(restoreRevision(ledger, stale, item.copied, request.actor, now));
    case "feed": {
      const missing = missingPermission(request.actor, "admin", []);
      if (missing !== undefined) return { ok: false, reason: "forbidden", missing };
      const isAdopted = adoptFeed(ledger, item.copied, now);
      return { ok: true, change: isAdopted ? "imported" : "unchanged", id: item.copied.id };
    }
    case "media": {
      const imported = importMedia(ledger, item.copied, request.actor);
      if (!imported.ok) return imported;
      return { ok: true, change: imported.isChanged ? "imported" : "unchanged", id: item.copied.id };
    }
  }
}

function shorten(outcome: Outcome): ImportedItem {
  if (!outcome.ok) return outcome;
  const { article, resembles } = outcome;
  return { ok: true, change: outcome.change, id: article.id, revision: article.revision, resembles };
}
