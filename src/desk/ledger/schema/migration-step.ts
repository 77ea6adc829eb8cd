/** Operations of which a step of the schema is made. Each may find its own work done, wholly or in part. */
import * as v from "valibot";
import { isAnyRow, rows } from "../../../rows.ts";

/** SQL that may run again, or a function that looks at what is there. */
export type Operation = string | ((sql: SqlStorage) => void);

/** Adds a column, unless the table has it. @param definition the column's name and what follows it */
export function addColumn(table: string, definition: string): Operation {
  const [name = ""] = definition.split(" ");
  return (sql) => {
    if (!columnsOf(sql, table).has(name)) sql.exec(`ALTER TABLE ${table} ADD COLUMN ${definition}`);
  };
}

/** Gives a table another name, so that one of a new form can take its place. @param column only the new form has it */
export function moveAway(table: string, name: string, column: string): Operation {
  return (sql) => {
    const columns = columnsOf(sql, table);
    if (columns.size > 0 && !columns.has(column)) sql.exec(`ALTER TABLE ${table} RENAME TO ${name}`);
  };
}

/** Copies the rows of a table that was moved away, and drops it; nothing where there is none. */
export function copyRows(table: string, copy: string): Operation {
  return (sql) => {
    if (!hasTable(sql, table)) return;
    sql.exec(copy);
    sql.exec(`DROP TABLE ${table}`);
  };
}

/** Drops a table that has no row; leaves alone one that has. */
export function dropIfEmpty(table: string): (sql: SqlStorage) => void {
  return (sql) => {
    if (hasTable(sql, table) && !isAnyRow(sql, `SELECT 1 FROM ${table} LIMIT 1`))
      sql.exec(`DROP TABLE ${table}`);
  };
}

/** Whether there is a table of this name. */
export function hasTable(sql: SqlStorage, table: string): boolean {
  return columnsOf(sql, table).size > 0;
}

/** The names of a table's columns; none where there is no such table. */
function columnsOf(sql: SqlStorage, table: string): ReadonlySet<string> {
  const columns = rows(sql, v.object({ name: v.string() }), "SELECT name FROM pragma_table_info(?)", table);
  return new Set(columns.map(({ name }) => name));
}
