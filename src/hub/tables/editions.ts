/** The newest editions of topics, as their bytes. No clock. */
import * as v from "valibot";
import { rows } from "../../rows.ts";

export type StoredEdition = { contentType: string; body: Uint8Array };

// A row may hold 2 MB.
const PIECE_BYTES = 1_900_000;
// The newest, and the one before it.
const KEPT = 2;

const PieceRow = v.object({
  content_type: v.string(),
  bytes: v.pipe(
    v.instance(ArrayBuffer),
    v.transform((bytes) => new Uint8Array(bytes)),
  ),
});

export class EditionsTable {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Stores an edition, and removes those that are no longer among the newest. */
  add(topic: number, sequence: number, { contentType, body }: StoredEdition): void {
    for (let piece = 0; piece === 0 || piece * PIECE_BYTES < body.byteLength; piece++) {
      this.#sql.exec(
        "INSERT INTO edition (topic, sequence, piece, content_type, bytes) VALUES (?, ?, ?, ?, ?)",
        topic,
        sequence,
        piece,
        contentType,
        body.slice(piece * PIECE_BYTES, (piece + 1) * PIECE_BYTES),
      );
    }
    this.#sql.exec("DELETE FROM edition WHERE topic = ? AND sequence <= ?", topic, sequence - KEPT);
  }

  /** Removes all editions of a topic. */
  remove(topic: number): void {
    this.#sql.exec("DELETE FROM edition WHERE topic = ?", topic);
  }

  /** Undefined where there is none. */
  find(topic: number, sequence: number): StoredEdition | undefined {
    const pieces = rows(
      this.#sql,
      PieceRow,
      "SELECT content_type, bytes FROM edition WHERE topic = ? AND sequence = ? ORDER BY piece",
      topic,
      sequence,
    );
    const [first] = pieces;
    if (first === undefined) return undefined;
    const body = new Uint8Array(pieces.reduce((length, { bytes }) => length + bytes.byteLength, 0));
    let end = 0;
    for (const { bytes } of pieces) {
      body.set(bytes, end);
      end += bytes.byteLength;
    }
    return { contentType: first.content_type, body };
  }
}
