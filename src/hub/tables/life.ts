/** The life of this storage: its name, and when it was tidied up last. No clock. */
import * as v from "valibot";
import type { Instant } from "../../article/article.ts";
import { onlyRow } from "../../rows.ts";

const LifeRow = v.object({ epoch: v.string(), tidied: v.number() });

export class Life {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Tells this storage from that of an earlier hub. */
  epoch(): string {
    return this.#row().epoch;
  }

  tidied(): Instant {
    return this.#row().tidied;
  }

  tidy(now: Instant): void {
    this.#sql.exec("UPDATE life SET tidied = ?", now);
  }

  #row(): v.InferOutput<typeof LifeRow> {
    return onlyRow(this.#sql, LifeRow, "SELECT epoch, tidied FROM life");
  }
}
