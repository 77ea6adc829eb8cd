/** A commit names every KV key that it makes stale, and raises the sequence of each value. */
import { runInDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import { change } from "../../../src/desk/commands/change.ts";
import { publish } from "../../../src/desk/commands/publish.ts";
import { createLedger } from "../../../src/desk/ledger/ledger.ts";
import { StaleKeys } from "../../../src/desk/ledger/stale-keys.ts";
import type { Accepted, Action, Outcome, WriteRequest } from "../../../src/desk/messages.ts";
import { RIGHTS } from "../../../src/desk/principal.ts";
import { desk } from "../../support/newsroom.ts";

const NOON = Date.parse("2026-11-04T12:00:00Z");
const DRAFT = {
  sections: [{ id: "politics", title: "Politics" }],
  headline: "Harbour bridge reopens",
  html: "<p>Cars crossed the bridge at noon.</p>",
  text: "Cars crossed the bridge at noon.",
  authors: [{ name: "Ada Marlow" }],
  tags: ["Harbour"],
  language: "en",
  attachments: [],
  published: NOON,
};
const REQUEST: WriteRequest = {
  actor: { name: "EDITOR_TOKEN", rights: RIGHTS },
  preconditions: {},
  isDryRun: false,
};
const FEEDS = ["all", "section:politics", "author:ada-marlow", "tag:harbour"];

function accepted(outcome: Outcome): Accepted {
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome;
}

/** The answer of each action, the keys that the outbox got, and the feeds whose sequence rose. */
async function outcomeOf(actions: readonly (Action | "upload" | "second upload")[]) {
  await desk().tokens();
  return runInDurableObject(desk(), (_instance, { storage }) => {
    const { sql } = storage;
    const ledger = createLedger(sql, { url: "https://news.example", itemsPerFeed: 50, feeds: [] });
    const sequences = () =>
      new Map(
        sql
          .exec<{ id: string; sequence: number }>("SELECT id, sequence FROM feed")
          .toArray()
          .map(({ id, sequence }) => [id, sequence]),
      );
    const results = actions.map((action, index) => {
      sql.exec("DELETE FROM outbox");
      const before = sequences();
      const now = NOON + index;
      const html = action === "upload" ? DRAFT.html : "<p>Another text.</p>";
      const submission = { draft: { ...DRAFT, html }, id: "bridge", isDraft: false, isSilent: false };
      const stale = new StaleKeys(ledger, "urgent", now);
      const outcome = accepted(
        typeof action === "string"
          ? publish(ledger, stale, { ...submission, authority: "courier.example" }, html, REQUEST, now)
          : change(ledger, stale, "bridge", action, REQUEST, now),
      );
      const raised = [...sequences()].filter(([id, sequence]) => sequence > (before.get(id) ?? 0));
      const waiting = sql.exec<{ key: string }>("SELECT key FROM outbox").toArray();
      return { outcome, waiting: waiting.map(({ key }) => key), raised: raised.map(([id]) => id) };
    });
    return results.at(-1);
  });
}

test.each<[string, (Action | "upload" | "second upload")[]]>([
  ["the first upload of an article", ["upload"]],
  ["a revision", ["upload", "second upload"]],
  ["a correction", ["upload", { kind: "correct", correction: "Five months." }]],
  ["a withdrawal", ["upload", { kind: "withdraw" }]],
  ["a reinstatement", ["upload", { kind: "withdraw" }, { kind: "reinstate" }]],
  ["a later time", ["upload", { kind: "publish", published: NOON + 3_600_000 }]],
  ["an expiry at once", ["upload", { kind: "expire", expires: NOON + 1 }]],
])("%s returns exactly the keys that wait for KV afterwards, each once", async (_, actions) => {
  const { outcome, waiting = [], raised = [] } = (await outcomeOf(actions)) ?? {};
  expect(outcome?.staleKeys.toSorted()).toEqual(waiting.toSorted());
  expect(outcome?.feeds.toSorted()).toEqual(FEEDS.toSorted());
  expect(raised.toSorted()).toEqual(FEEDS.toSorted());
  expect(waiting).toEqual(
    expect.arrayContaining(["article:bridge", ...FEEDS.map((feed) => `window:${feed}`)]),
  );
});

test("an upload that changes nothing returns no stale key", async () => {
  const { outcome, waiting } = (await outcomeOf(["upload", "upload"])) ?? {};
  expect([outcome?.change, outcome?.staleKeys, waiting]).toEqual(["unchanged", [], []]);
});
