/** Events that webhooks are told of, with the article as it was then. No clock. */
import * as v from "valibot";
import type { Article, Instant, Tombstone } from "../../article/article.ts";
import { EVENT_KINDS } from "../../article/event.ts";
import { joined, rowPieces } from "../../desk/ledger/row-pieces.ts";
import type { ArticleEvent } from "../../desk/messages.ts";
import { firstRow, isAnyRow, onlyRow, optional, rows } from "../../rows.ts";
import { readArticleOrTombstone } from "../../store/records.ts";

const EventRow = v.object({
  number: v.number(),
  id: v.string(),
  instant: v.number(),
  kind: v.picklist(EVENT_KINDS),
  article: v.string(),
});

/** An event. `number` counts them in their order. */
export type EventRow = v.InferOutput<typeof EventRow>;

const COLUMNS = "number, id, instant, kind, article";
const RecordRow = v.object({ record: v.string() });
const NumberRow = v.object({ number: v.number() });
const Due = v.object({ due: optional(v.number()) });

export class EventsTable {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  has(id: string): boolean {
    return isAnyRow(this.#sql, "SELECT number FROM event WHERE id = ?", id);
  }

  find(number: number): EventRow | undefined {
    return firstRow(this.#sql, EventRow, `SELECT ${COLUMNS} FROM event WHERE number = ?`, number);
  }

  withId(id: string): EventRow | undefined {
    return firstRow(this.#sql, EventRow, `SELECT ${COLUMNS} FROM event WHERE id = ?`, id);
  }

  /** @returns the number of the event */
  add({ id, instant, kind, record }: ArticleEvent): number {
    const text = JSON.stringify(record);
    const { number } = onlyRow(
      this.#sql,
      NumberRow,
      "INSERT INTO event (id, instant, kind, article, length) VALUES (?, ?, ?, ?, ?) RETURNING number",
      id,
      instant,
      kind,
      record.id,
      text.length,
    );
    this.#addRecord(number, text);
    return number;
  }

  /** The article as it was at an event, or what was left of it since; undefined where that can't be read. */
  record({ number, id }: EventRow): Article | Tombstone | undefined {
    const statement = "SELECT record FROM event_record WHERE event = ? ORDER BY piece";
    const pieces = rows(this.#sql, RecordRow, statement, number).map(({ record }) => record);
    return readArticleOrTombstone(joined(pieces), `event ${id}`);
  }

  /** Puts a tombstone in the place of an article in all its events until now. */
  bury(tombstone: Tombstone): void {
    const text = JSON.stringify(tombstone);
    const statement = "UPDATE event SET length = ? WHERE article = ? RETURNING number";
    for (const { number } of rows(this.#sql, NumberRow, statement, text.length, tombstone.id)) {
      this.#sql.exec("DELETE FROM event_record WHERE event = ?", number);
      this.#addRecord(number, text);
    }
  }

  /** Removes the events up to an instant, with their deliveries. */
  prune(until: Instant): void {
    this.#remove("SELECT number FROM event WHERE instant <= ?", until);
  }

  /** Removes the events that no webhook is told of any more, but for withdrawals: told twice, one must not count twice. */
  removeOrphans(): void {
    this.#remove(
      "SELECT number FROM event WHERE kind <> 'withdrawn' AND number NOT IN (SELECT event FROM delivery)",
    );
  }

  /** The instant of the earliest. */
  first(): Instant | undefined {
    return onlyRow(this.#sql, Due, "SELECT min(instant) AS due FROM event").due;
  }

  #addRecord(number: number, text: string): void {
    for (const [piece, record] of rowPieces(text).entries()) {
      this.#sql.exec(
        "INSERT INTO event_record (event, piece, record) VALUES (?, ?, ?)",
        number,
        piece,
        record,
      );
    }
  }

  #remove(numbers: string, ...bindings: number[]): void {
    this.#sql.exec(`DELETE FROM delivery WHERE event IN (${numbers})`, ...bindings);
    this.#sql.exec(`DELETE FROM event_record WHERE event IN (${numbers})`, ...bindings);
    this.#sql.exec(`DELETE FROM event WHERE number IN (${numbers})`, ...bindings);
  }
}
