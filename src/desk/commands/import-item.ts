/** One line of an import: an upload, a withdrawal, or a piece of a copy. To run in a transaction. */
import type { Instant } from "../../article/article.ts";
import { Actions } from "./change.ts";
import { Adoption } from "./copied-feed.ts";
import type { CopiedFeed, CopiedRevision } from "./copy.ts";
import { Book } from "./commit.ts";
import { Newsdesk } from "./publish.ts";
import type { Change, Order, Outcome, Refused, Submission } from "../messages.ts";
import type { Parts } from "../ledger/ledger.ts";
import { lackOf } from "../principal.ts";
import { Restoration } from "./copied-revision.ts";

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

export class Importer {
  readonly #ledger: Parts["ledger"];
  readonly #newsdesk: Newsdesk;
  readonly #actions: Actions;
  readonly #restoration: Restoration;
  readonly #adoption: Adoption;

  constructor(parts: Parts) {
    const book = new Book(parts, "backlog");
    this.#ledger = parts.ledger;
    this.#newsdesk = new Newsdesk(parts, book);
    this.#actions = new Actions(parts, book);
    this.#restoration = new Restoration(parts, book);
    this.#adoption = new Adoption(parts);
  }

  /** @param digest of the draft, for an upload */
  take(item: ImportItem, digest: string, order: Order, now: Instant): Taken {
    switch (item.kind) {
      case "upload":
        return shorten(this.#newsdesk.publish(item.submission, digest, order, now));
      case "withdrawal": {
        const { guid = "", reason } = item;
        const id = item.id ?? this.#ledger.withGuid(guid)?.id;
        if (id === undefined) return { ok: false, reason: "not-found", id: guid };
        return shorten(this.#actions.act(id, { kind: "withdraw", reason }, order, now));
      }
      case "revision":
        return shorten(this.#restoration.restore(item.copied, order.actor, now));
      case "feed": {
        const lack = lackOf(order.actor, "admin", []);
        if (lack !== undefined) return { ok: false, reason: "forbidden", lack };
        const isAdopted = this.#adoption.adopt(item.copied, now);
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
