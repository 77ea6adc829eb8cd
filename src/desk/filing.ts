/**
 * Files what is published under feeds that came later: those of a ledger from before there were authors, tags and archives,
 * and those that the owner has defined since. Some articles at a time; to run in a transaction. No KV, no clock.
 */
import type { StandingFeed } from "../article/site.ts";
import { articleKey, windowKey } from "../store/keys.ts";
import type { Parts } from "./parts.ts";

// Rises when an article belongs to other feeds than before though the owner's definitions are the same.
const VERSION = 1;
const STEP = 200;

type Progress = { definition: string; published: number; article: string; done: number };

export class Filing {
  readonly #sql: SqlStorage;
  readonly #parts: Parts;
  readonly #definition: string;

  constructor(sql: SqlStorage, parts: Parts, standing: readonly StandingFeed[]) {
    this.#sql = sql;
    this.#parts = parts;
    this.#definition = JSON.stringify([
      VERSION,
      standing.map(({ id, all, any, none, tags }) => [id, all, any, none, tags]),
    ]);
  }

  /** Says that all is filed, in a ledger that has no article yet. */
  start(): void {
    const [article] = this.#sql.exec("SELECT id FROM article LIMIT 1").toArray();
    if (article !== undefined || !this.isOpen()) return;
    this.#begun();
    this.#sql.exec("UPDATE filing SET done = 1");
  }

  /** Whether articles wait to be filed. */
  isOpen(): boolean {
    const progress = this.#progress();
    return progress?.definition !== this.#definition || progress.done === 0;
  }

  /** Files the next articles, the oldest first; nothing where all are. */
  step(): void {
    if (!this.isOpen()) return;
    const { ledger, counters } = this.#parts;
    const progress = this.#begun();
    const batch = ledger.publishedAfter({ published: progress.published, id: progress.article }, STEP);
    for (const { id, revision } of batch) this.#file(id, revision);
    const last = batch.at(-1);
    if (last !== undefined) {
      this.#sql.exec("UPDATE filing SET published = ?, article = ?", last.published, last.id);
      return;
    }
    this.#sql.exec("UPDATE filing SET done = 1");
    counters.raise("authors");
    counters.raise("news");
  }

  #file(id: string, revision: number): void {
    const { ledger, revisions, entries, placement, outbox } = this.#parts;
    const article = revisions.article({ id, revision });
    ledger.annotate(article);
    // The first releases counted the editions of records otherwise than archive pages name them.
    if (entries.of(id).every(({ page }) => page === 0)) outbox.add(articleKey(id));
    const { windows, pages } = placement.file(article, revisions.record({ id, revision }).length);
    for (const key of pages) outbox.add(key);
    for (const feed of windows) outbox.add(windowKey(feed));
  }

  #progress(): Progress | undefined {
    return this.#sql.exec<Progress>("SELECT definition, published, article, done FROM filing").toArray()[0];
  }

  /** Where to go on: at the first article, when the feeds are others than at the last step. */
  #begun(): Progress {
    const progress = this.#progress();
    if (progress?.definition === this.#definition) return progress;
    const start = { definition: this.#definition, published: Number.MIN_SAFE_INTEGER, article: "", done: 0 };
    this.#sql.exec("DELETE FROM filing");
    this.#sql.exec(
      "INSERT INTO filing (definition, published, article, done) VALUES (?, ?, ?, 0)",
      start.definition,
      start.published,
      start.article,
    );
    return start;
  }
}
