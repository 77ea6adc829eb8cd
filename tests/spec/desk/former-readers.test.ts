/** Readers that an earlier release noted in the Desk's ledger: the cron trigger hands them over to the Audience. */
import { createScheduledController, evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { Sighting } from "../../../src/audience/readers.ts";
import { startFrom, workAs } from "../../support/ledgers/earlier-releases.ts";
import { at, desk, sweep } from "../../support/newsroom.ts";
import { audience, FEEDLY, gistOfReaders, readerRows, startIsolate } from "../../support/reading/readers.ts";
import worker from "../../support/worker.ts";

const NOON = Date.parse("2031-11-24T12:00:00Z");
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const FEEDLY_ROW = {
  feed: "all",
  format: "rss",
  agent: "Feedly",
  subscribers: 400,
  seen: NOON - HOUR,
  requests: 700,
  conditional: 600,
} as const;
const OTHER_ROW = {
  feed: "section:politics",
  format: "json",
  agent: "other",
  subscribers: null,
  seen: NOON - 29 * DAY,
  requests: 3,
  conditional: 0,
} as const;
const READER_TABLE = `CREATE TABLE reader (feed TEXT NOT NULL, format TEXT NOT NULL, agent TEXT NOT NULL, subscribers INTEGER,
  seen INTEGER NOT NULL, requests INTEGER NOT NULL, conditional INTEGER NOT NULL, PRIMARY KEY (feed, format, agent))
  WITHOUT ROWID`;
/** More than one call takes. */
const MANY = 1100;

type Row = Omit<Sighting, "subscribers"> & { subscribers: number | null };

/** Notes rows as the third release did. */
function note(sql: SqlStorage, ...rows: readonly Row[]): void {
  for (const { feed, format, agent, subscribers, seen, requests, conditional } of rows)
    sql.exec(
      "INSERT INTO reader VALUES (?, ?, ?, ?, ?, ?, ?)",
      feed,
      format,
      agent,
      subscribers,
      seen,
      requests,
      conditional,
    );
}

/** A newsroom of the third release, which has noted some readers. */
function startWith(...rows: readonly Row[]): Promise<void> {
  return startFrom(3, (sql) => note(sql, ...rows));
}

function tagRow(number: number): Row {
  return { ...OTHER_ROW, feed: `tag:t${number}`, seen: NOON - DAY + number };
}

/** The rows that the ledger has left; undefined once it has no table. */
function left(): Promise<number | undefined> {
  return runInDurableObject(desk(), (_instance, { storage: { sql } }) => {
    const tables = sql.exec("SELECT name FROM sqlite_master WHERE name = 'reader'").toArray();
    return tables.length === 0
      ? undefined
      : sql.exec<{ n: number }>("SELECT count(*) AS n FROM reader").one().n;
  });
}

beforeEach(() => at(NOON));

test("all readers are with the Audience after some sweeps, and the ledger has no table of them", async () => {
  const rows = [FEEDLY_ROW, OTHER_ROW, ...Array.from({ length: MANY }, (_, index) => tagRow(index))];
  await startWith(...rows);
  expect([await left(), await readerRows()]).toEqual([rows.length, []]);
  await sweep();
  expect(await left()).toBe(rows.length - 1000);
  await sweep();
  expect(await left()).toBeUndefined();
  expect(new Set(await readerRows())).toEqual(new Set(rows));
  await sweep();
  expect(await readerRows()).toHaveLength(rows.length);
});

test("a new ledger has no table of readers, and one of an earlier release loses an empty one", async () => {
  expect(await left()).toBeUndefined();
  await startWith();
  expect(await left()).toBeUndefined();
});

test("a reader that has polled meanwhile keeps its newer count", async () => {
  await startWith(FEEDLY_ROW, OTHER_ROW);
  await startIsolate().poll("/rss.xml", FEEDLY);
  await sweep();
  expect(await readerRows()).toEqual([
    { ...FEEDLY_ROW, subscribers: 462, seen: NOON, requests: 1, conditional: 0 },
    OTHER_ROW,
  ]);
});

test("a reader that hasn't polled for thirty days isn't kept", async () => {
  await startWith(FEEDLY_ROW, { ...OTHER_ROW, seen: NOON - 30 * DAY });
  await sweep();
  expect([await left(), await readerRows()]).toEqual([undefined, [FEEDLY_ROW]]);
});

test("a damaged row is left out, and the others come", async () => {
  const log = vi.spyOn(console, "error").mockReturnValue();
  await startFrom(3, (sql) => {
    note(sql, FEEDLY_ROW, { ...OTHER_ROW, agent: "Inoreader" });
    sql.exec("UPDATE reader SET seen = 'yesterday' WHERE agent = 'Feedly'");
    sql.exec(
      "INSERT INTO reader SELECT 'nothing', format, agent, subscribers, 0, requests, conditional FROM reader",
    );
  });
  await sweep();
  expect([await left(), await readerRows()]).toEqual([undefined, [{ ...OTHER_ROW, agent: "Inoreader" }]]);
  expect(log).toHaveBeenCalledTimes(3);
});

test("damaged rows alone leave no table", async () => {
  vi.spyOn(console, "error").mockReturnValue();
  await startFrom(3, (sql) => {
    note(sql, FEEDLY_ROW);
    sql.exec("UPDATE reader SET seen = 'yesterday', agent = x'00ff'");
  });
  await sweep();
  expect([await left(), await readerRows()]).toEqual([undefined, []]);
});

describe("no reader is lost, and none counts twice,", () => {
  test.each<[string, () => Partial<Env>]>([
    [
      "when the Audience is down",
      () => ({
        AUDIENCE: new Proxy(env.AUDIENCE, {
          get: () => () => ({ note: () => Promise.reject(new Error("Down")) }),
        }),
      }),
    ],
    [
      "when the hand-over is cut off before the Desk knows of it",
      () => ({
        DESK: new Proxy(env.DESK, {
          get: () => () => ({
            sweep: () => Promise.resolve(),
            formerReaders: async () => desk().formerReaders(),
            removeFormerReaders: () => Promise.reject(new Error("Down")),
          }),
        }),
      }),
    ],
  ])("%s", async (_, faulty) => {
    const log = vi.spyOn(console, "error").mockReturnValue();
    await startWith(FEEDLY_ROW, OTHER_ROW);
    await worker.scheduled(createScheduledController(), { ...env, ...faulty() });
    expect(log.mock.calls).toEqual([
      [JSON.stringify({ event: "readers-not-handed-over", reason: "Error: Down" })],
    ]);
    expect(await left()).toBe(2);
    await sweep();
    expect([await left(), await readerRows()]).toEqual([undefined, [FEEDLY_ROW, OTHER_ROW]]);
  });

  test("when an earlier release has noted readers again after a rollback", async () => {
    await startWith(FEEDLY_ROW, OTHER_ROW);
    await sweep();
    const again = { ...FEEDLY_ROW, subscribers: 410, seen: NOON + 2 * HOUR, requests: 20, conditional: 10 };
    // The fourth release makes the table anew, where the second has set down the version before.
    await runInDurableObject(desk(), (_instance, { storage: { sql } }) => {
      sql.exec(`${READER_TABLE}; UPDATE ledger SET version = 4`);
      note(sql, again);
    });
    await evictDurableObject(desk());
    at(NOON + 3 * HOUR);
    await sweep();
    expect(await left()).toBeUndefined();
    expect(await readerRows()).toEqual([{ ...again, requests: 720, conditional: 610 }, OTHER_ROW]);
    expect(await audience().subscribers(["all"])).toEqual([
      { feed: "all", agent: "Feedly", subscribers: 410 },
    ]);
  });

  test("when a rollback comes in the middle of the hand-over", async () => {
    await startWith(FEEDLY_ROW, ...Array.from({ length: MANY }, (_, index) => tagRow(index)));
    await sweep();
    const before = await left();
    await workAs(3, (sql) => note(sql, { ...FEEDLY_ROW, feed: "tag:new" }));
    await sweep();
    expect([before, await left()]).toEqual([MANY + 1 - 1000, undefined]);
    expect(await readerRows()).toHaveLength(MANY + 2);
    expect(await gistOfReaders()).toContain("all rss Feedly 400 700");
  });
});
