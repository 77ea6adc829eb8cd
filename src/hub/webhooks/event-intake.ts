/** Takes the events of which the Desk tells, each once, for the webhooks that want them. */
import type { Instant } from "../../article/article.ts";
import type { ArticleEvent } from "../../desk/messages.ts";
import type { Tables } from "../tables/tables.ts";
import type { Webhook } from "../tables/webhooks.ts";

export class EventIntake {
  readonly #storage: DurableObjectStorage;
  readonly #tables: Tables;

  constructor(storage: DurableObjectStorage, tables: Tables) {
    this.#storage = storage;
    this.#tables = tables;
  }

  /** Stores events, in their order, and their deliveries. */
  take(events: readonly ArticleEvent[], now: Instant): void {
    this.#storage.transactionSync(() => {
      const all = this.#tables.webhooks.all();
      if (all.length > 0) for (const event of events) this.#take(event, all, now);
    });
  }

  #take(event: ArticleEvent, all: readonly Webhook[], now: Instant): void {
    const { events, deliveries } = this.#tables;
    const { id, kind, record } = event;
    if (events.has(id)) return;
    // From now on nothing that waits, or is sent again, has the words of what was taken away.
    if (!("html" in record)) events.bury(record);
    const interested = all.filter((webhook) => wants(webhook, event));
    // A withdrawal is noted in any case: told again, it must not bury what has been reinstated since.
    if (interested.length === 0 && kind !== "withdrawn") return;
    const number = events.add(event);
    for (const webhook of interested) deliveries.add(webhook, number, record.id, now);
  }
}

/** Whether a webhook is to be told of an event. */
function wants(
  { events, sections }: Pick<Webhook, "events" | "sections">,
  event: Pick<ArticleEvent, "kind" | "sections">,
): boolean {
  const isIn = sections === undefined || event.sections.some((id) => sections.includes(id));
  return isIn && events.includes(event.kind);
}
