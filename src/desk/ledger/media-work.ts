/** Work under way in R2: uploads that write files, and removals that are to be made. To run in a transaction. No R2, no clock. */
import * as v from "valibot";
import type { Instant } from "../../article/article.ts";
import { type Media, PICTURE_TYPES } from "../../article/media.ts";
import { optional, onlyRow, rows } from "../../rows.ts";

/** The names of a picture's files follow from these. */
export type MediaFiles = Pick<Media, "id" | "type">;

const FilesRow = v.object({ id: v.string(), type: v.picklist(PICTURE_TYPES) });
const RemovalRow = v.object({ ...FilesRow.entries, attempts: v.number() });
const DueRow = v.object({ due: optional(v.number()) });

const UploadRow = v.object({ ...FilesRow.entries, upload: v.string() });

export type Removal = v.InferOutput<typeof RemovalRow>;

const BACK_OFF_MILLISECONDS = 1000;
const MAX_BACK_OFF_MILLISECONDS = 600_000;

export class MediaWork {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Notes that an upload writes a picture's files from now on. @param upload names it: others may write the same files */
  beginUpload(upload: string, { id, type }: MediaFiles, now: Instant): void {
    const statement = "INSERT INTO media_upload (upload, id, type, began) VALUES (?, ?, ?, ?)";
    this.#sql.exec(statement, upload, id, type, now);
  }

  endUpload(upload: string): void {
    this.#sql.exec("DELETE FROM media_upload WHERE upload = ?", upload);
  }

  /** Uploads that began before an instant and never ended; at most `limit`. */
  staleUploads(before: Instant, limit: number): v.InferOutput<typeof UploadRow>[] {
    const statement = "SELECT upload, id, type FROM media_upload WHERE began < ? ORDER BY began LIMIT +?";
    return rows(this.#sql, UploadRow, statement, before, limit);
  }

  /** Notes that a picture's files are to be removed. */
  addRemoval({ id, type }: MediaFiles, now: Instant): void {
    this.#sql.exec(
      "INSERT OR REPLACE INTO media_removal (id, type, due, attempts) VALUES (?, ?, ?, 0)",
      id,
      type,
      now,
    );
  }

  /** Removals that may be made now, those that have waited longest first; at most `limit`. */
  dueRemovals(now: Instant, limit: number): Removal[] {
    const statement = "SELECT id, type, attempts FROM media_removal WHERE due <= ? ORDER BY due LIMIT +?";
    return rows(this.#sql, RemovalRow, statement, now, limit);
  }

  /** The instant at which the next removal may be made; undefined where none waits. */
  nextRemoval(): Instant | undefined {
    return onlyRow(this.#sql, DueRow, "SELECT min(due) AS due FROM media_removal").due;
  }

  /** Drops a removal: it was made, or nobody wants it any more. */
  dropRemoval(id: string): void {
    this.#sql.exec("DELETE FROM media_removal WHERE id = ?", id);
  }

  /** Notes that a removal failed: it is tried again, later each time. */
  failedRemoval({ id, attempts }: Removal, now: Instant): void {
    const backOff = Math.min(BACK_OFF_MILLISECONDS * 2 ** attempts, MAX_BACK_OFF_MILLISECONDS);
    this.#sql.exec(
      "UPDATE media_removal SET due = ?, attempts = attempts + 1 WHERE id = ?",
      now + backOff,
      id,
    );
  }
}
