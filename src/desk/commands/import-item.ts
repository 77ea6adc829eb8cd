/** One line of an import: an upload, a withdrawal, or a piece of a copy. To run in a transaction. */
import type { Instant } from "../../article/article.ts";
import { ChangeCommand } from "./change.ts";
import { CopiedFeeds } from "./copied-feed.ts";
import type { CopiedFeed, CopiedRevision } from "./copy.ts";
import { Committer } from "./commit.ts";
import { PublishCommand } from "./publish.ts";
import type { Change, WriteRequest, Outcome, Refused, Submission } from "../messages.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { missingPermission } from "../principal.ts";
import { CopiedRevisions } from "./copied-revision.ts";

export type ImportItem =
  | { kind: "upload"; submission: Submission }
  /** Of the article with this id, or with this guid. */
  | { kind: "withdrawal"; id?: string | undefined; guid?: string | undefined; reason?: string | undefined }
  | { kind: "revision"; copied: CopiedRevision }
  | { kind: "feed"; copied: CopiedFeed };

/** What became of a line: `id` is an article's or a feed's. */
type Taken =
  | { ok: true; change: Change; id: string; revision?: number | undefined; resembles?: string | undefined }
  | Refused;
export type Imported = Taken | { ok: false; reason: "internal-error" };

export class ImportItems {
  readonly #articles: Ledger["articles"];
  readonly #publishCommand: PublishCommand;
  readonly #changeCommand: ChangeCommand;
  readonly #copiedRevisions: CopiedRevisions;
  readonly #copiedFeeds: CopiedFeeds;

  constructor(ledger: Ledger) {
    const committer = new Committer(ledger, "backlog");
    this.#articles = ledger.articles;
    this.#publishCommand = new PublishCommand(ledger, committer);
    this.#changeCommand = new ChangeCommand(ledger, committer);
    this.#copiedRevisions = new CopiedRevisions(ledger, committer);
    this.#copiedFeeds = new CopiedFeeds(ledger);
  }

  /** @param digest of the draft, for an upload */
  take(item: ImportItem, digest: string, request: WriteRequest, now: Instant): Taken {
    switch (item.kind) {
      case "upload":
        return shorten(this.#publishCommand.publish(item.submission, digest, request, now));
      case "withdrawal": {
        const { guid = "", reason } = item;
        const id = item.id ?? this.#articles.withGuid(guid)?.id;
        if (id === undefined) return { ok: false, reason: "not-found", id: guid };
        return shorten(this.#changeCommand.change(id, { kind: "withdraw", reason }, request, now));
      }
      case "revision":
        return shorten(this.#copiedRevisions.restore(item.copied, request.actor, now));
      case "feed": {
        const missing = missingPermission(request.actor, "admin", []);
        if (missing !== undefined) return { ok: false, reason: "forbidden", missing };
        const isAdopted = this.#copiedFeeds.adopt(item.copied, now);
        return { ok: true, change: isAdopted ? "imported" : "unchanged", id: item.copied.id };
      }
    }
  }
}

function shorten(outcome: Outcome): Taken {
  if (!outcome.ok) return outcome;
  const { change, article, resembles } = outcome;
  return { ok: true, change, id: article.id, revision: article.revision, resembles };
}
