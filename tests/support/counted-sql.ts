/** The real SQLite, with a list of what was executed and counts of the rows that were read and written. */

export type Counted = {
  sql: SqlStorage;
  /** The number of rows that were read since the last call. */
  rowsRead: () => number;
  /** The number of rows that were written since the last call, those of indexes too. */
  rowsWritten: () => number;
  /** How often each statement was executed since the last call. */
  executions: () => ReadonlyMap<string, number>;
  /** Every statement that was executed, once each. */
  statements: () => string[];
};

type Cursor = { rowsRead: number; rowsWritten: number };

export function counted(sql: SqlStorage): Counted {
  const cursors: Cursor[] = [];
  const written: Cursor[] = [];
  const statements = new Set<string>();
  let executions = new Map<string, number>();
  const proxy = new Proxy(sql, {
    get(target, property) {
      if (property !== "exec") return Reflect.get(target, property);
      return (...statement: Parameters<SqlStorage["exec"]>) => {
        const cursor = target.exec(...statement);
        cursors.push(cursor);
        written.push(cursor);
        statements.add(statement[0]);
        executions.set(statement[0], (executions.get(statement[0]) ?? 0) + 1);
        return cursor;
      };
    },
  });
  return {
    sql: proxy,
    rowsRead: () => cursors.splice(0).reduce((sum, { rowsRead }) => sum + rowsRead, 0),
    rowsWritten: () => written.splice(0).reduce((sum, { rowsWritten }) => sum + rowsWritten, 0),
    executions: () => {
      const found = executions;
      executions = new Map();
      return found;
    },
    statements: () => [...statements],
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
