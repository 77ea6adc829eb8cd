/** The real SQLite, and how many rows its statements read. */

/** @returns the same SQLite, and a function that says how many rows were read since it was last asked */
export function counting(sql: SqlStorage): { sql: SqlStorage; rowsRead: () => number } {
  const cursors: { rowsRead: number }[] = [];
  const counted = new Proxy(sql, {
    get(target, property) {
      if (property !== "exec") return Reflect.get(target, property);
      return (...statement: Parameters<SqlStorage["exec"]>) => {
        const cursor = target.exec(...statement);
        cursors.push(cursor);
        return cursor;
      };
    },
  });
  return { sql: counted, rowsRead: () => cursors.splice(0).reduce((sum, { rowsRead }) => sum + rowsRead, 0) };
}
