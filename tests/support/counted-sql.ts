/** The real SQLite, with a list of what was executed and a count of the rows that were read. */

export type Counted = {
  sql: SqlStorage;
  /** The number of rows that were read since the last call. */
  rowsRead: () => number;
  /** Every statement that was executed, once each. */
  statements: () => string[];
  /** The statements since the last call, as often as they were executed. */
  executed: () => string[];
};

export function counted(sql: SqlStorage): Counted {
  const cursors: { rowsRead: number }[] = [];
  const statements = new Set<string>();
  const executed: string[] = [];
  const proxy = new Proxy(sql, {
    get(target, property) {
      if (property !== "exec") return Reflect.get(target, property);
      return (...statement: Parameters<SqlStorage["exec"]>) => {
        const cursor = target.exec(...statement);
        cursors.push(cursor);
        statements.add(statement[0]);
        executed.push(statement[0]);
        return cursor;
      };
    },
  });
  return {
    sql: proxy,
    rowsRead: () => cursors.splice(0).reduce((sum, { rowsRead }) => sum + rowsRead, 0),
    statements: () => [...statements],
    executed: () => executed.splice(0),
  };
}

/** The database's plan for a statement, a line for each step. */
export function explain(sql: SqlStorage, statement: string): string[] {
  const parameters = Math.max(
    (statement.match(/\?(?!\d)/g) ?? []).length,
    ...[...statement.matchAll(/\?(\d+)/g)].map(([, number]) => Number(number)),
  );
  return sql
    .exec<{ detail: string }>(`EXPLAIN QUERY PLAN ${statement}`, ...Array<null>(parameters).fill(null))
    .toArray()
    .map(({ detail }) => detail);
}
