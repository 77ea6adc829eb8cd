/** The rows that the hub writes for webhooks, which its README names. */
import { runInDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import { DAY_MILLISECONDS } from "../../../src/article/instant.ts";
import type { ArticleEvent } from "../../../src/desk/messages.ts";
import { createTables } from "../../../src/hub/tables/tables.ts";
import { Administration } from "../../../src/hub/webhooks/administration.ts";
import { Deliveries } from "../../../src/hub/webhooks/deliveries.ts";
import { EventIntake } from "../../../src/hub/webhooks/event-intake.ts";
import { Retention } from "../../../src/hub/webhooks/retention.ts";
import { counted } from "../../support/counted-sql.ts";
import { hub } from "../../support/hub.ts";
import { site } from "../../support/site.ts";
import { anArticle } from "../../support/stories/article.ts";

const NOW = Date.parse("2031-11-24T12:00:00Z");
const GRANT = {
  name: "Partner",
  url: "https://partner.example.org/",
  events: ["published"],
  format: "dateline",
} as const;

// As src/hub/README.md has them.
const EVENT = 8;
const DELIVERY = 17;
const FAILURE = 12;

const eventOf = (number: number): ArticleEvent => ({
  id: `a-${number}`,
  instant: NOW,
  kind: "published",
  sections: ["politics"],
  record: anArticle({ id: `story-${number}` }),
});

/**
 * The rows written for each event, until it is removed.
 * @param webhooks how many are told of it
 * @param answers their statuses, one attempt after the other
 */
function rowsOf(count: number, webhooks: number, answers: readonly number[]): Promise<number> {
  return runInDurableObject(hub(), (_instance, { storage }) => {
    const { sql, rowsWritten } = counted(storage.sql);
    const tables = createTables(sql);
    const administration = new Administration(storage, tables);
    for (let index = 0; index < webhooks; index++) administration.make(GRANT, "Ann", NOW);
    rowsWritten();
    const events = Array.from({ length: count }, (_, index) => eventOf(index));
    new EventIntake(storage, tables).take(events, NOW);
    const deliveries = new Deliveries(storage, tables, site, "Dateline-Hub/1");
    for (const [hour, status] of answers.entries()) attemptAll(deliveries, status, NOW + hour * 3_600_000);
    new Retention(storage, tables).run(NOW + 31 * DAY_MILLISECONDS);
    return rowsWritten() / count;
  });
}

/** Makes an attempt of each delivery that is due, which all have this answer. */
function attemptAll(deliveries: Deliveries, status: number, now: number): void {
  for (const { message } of deliveries.begin(() => true, now)) {
    if (!("webhook" in message)) continue;
    const { letters } = deliveries.take(message, "courier", now);
    const outcomes = letters.map(({ id, version, settled }) => ({
      id,
      version,
      settled,
      result: { status, milliseconds: 1 },
    }));
    deliveries.report(message, "courier", outcomes, true, now);
  }
}

test.each([
  ["10 events for no webhook write", 10, 0, [], 0],
  ["10 events for one that takes them write", 10, 1, [204], EVENT + DELIVERY],
  ["10 events for three that take them write", 10, 3, [204], EVENT + 3 * DELIVERY],
  ["an event for one that takes it after a failure writes", 1, 1, [500, 204], EVENT + DELIVERY + FAILURE],
])("%s as many rows as the README says", async (_what, events, webhooks, answers, rows) => {
  expect(await rowsOf(events, webhooks, answers)).toBe(rows);
});
