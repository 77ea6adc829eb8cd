/** Rows of a Durable Object's SQLite: every row that a statement returns passes a decoder here. */
import * as v from "valibot";
import { readFeedId } from "./article/feed-id.ts";

type Decoder<Row> = v.GenericSchema<unknown, Row>;

/** A column that holds the id of a feed. */
export const feedId = v.pipe(v.string(), v.transform(readFeedId));

/** A column that may hold null: undefined then. */
export function optional<Value>(schema: Decoder<Value>) {
  return v.pipe(
    v.nullable(schema),
    v.transform((value) => value ?? undefined),
  );
}

/** All rows of a statement. @throws ValiError on a row that the schema does not allow */
export function rows<Row>(
  sql: SqlStorage,
  schema: Decoder<Row>,
  statement: string,
  ...bindings: SqlStorageValue[]
): Row[] {
  const found = sql.exec(statement, ...bindings).toArray();
  return found.map((row) => v.parse(schema, row));
}

/** The same, each read when it is asked for: whoever ends early reads no more of them. */
export function* eachRow<Row>(
  sql: SqlStorage,
  schema: Decoder<Row>,
  statement: string,
  ...bindings: SqlStorageValue[]
): Generator<Row, void> {
  for (const row of sql.exec(statement, ...bindings)) yield v.parse(schema, row);
}

/** The first row of a statement; undefined where there is none. @throws ValiError as `rows` */
export function firstRow<Row>(
  sql: SqlStorage,
  schema: Decoder<Row>,
  statement: string,
  ...bindings: SqlStorageValue[]
): Row | undefined {
  const [row] = sql.exec(statement, ...bindings).toArray();
  return row === undefined ? undefined : v.parse(schema, row);
}

/** The row of a statement that returns exactly one. @throws Error where it returns none or several, ValiError as `rows` */
export function onlyRow<Row>(
  sql: SqlStorage,
  schema: Decoder<Row>,
  statement: string,
  ...bindings: SqlStorageValue[]
): Row {
  return v.parse(schema, sql.exec(statement, ...bindings).one());
}

/** Whether a statement returns any row, whatever it says. */
export function isAnyRow(sql: SqlStorage, statement: string, ...bindings: SqlStorageValue[]): boolean {
  return sql.exec(statement, ...bindings).toArray().length > 0;
}
