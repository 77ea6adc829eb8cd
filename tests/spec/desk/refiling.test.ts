/** An upgrade walks through the archive only where a step of the schema has changed what the backfill makes. */
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import { VERSION } from "../../../src/desk/ledger/schema/migration.ts";
import { desk, put, settle } from "../../support/newsroom.ts";
import { wire } from "../../support/stories/wire.ts";

test.each([
  [4, "walks", 0],
  [5, "doesn't walk", 1],
])("a ledger of version %i %s through its archive when it is opened", async (version, _does, done) => {
  await put("bridge", wire());
  await settle();
  await runInDurableObject(desk(), (_instance, { storage: { sql } }) => {
    sql.exec("UPDATE ledger SET version = ?", version);
  });
  await evictDurableObject(desk());
  const opened = await runInDurableObject(desk(), (_instance, { storage: { sql } }) => [
    sql.exec<{ version: number }>("SELECT version FROM ledger").one().version,
    sql.exec<{ done: number }>("SELECT done FROM filing").one().done,
  ]);
  expect(opened).toEqual([VERSION, done]);
});
