/** Webhooks: the newsroom's own systems, and partners, are told of each event, in order for each article. */
import type { Site } from "../../article/site.ts";
import type { Duty } from "../clock.ts";
import type { Spread } from "../delivery/spread.ts";
import type { Tables } from "../tables/tables.ts";
import { Administration } from "./administration.ts";
import { AuditHandover, type TellDesk } from "./audit-handover.ts";
import { Deliveries } from "./deliveries.ts";
import { EventIntake } from "./event-intake.ts";
import { Retention } from "./retention.ts";

export type WebhooksParts = {
  storage: DurableObjectStorage;
  tables: Tables;
  /** Whose articles they are. */
  site: Site;
  /** Gives the Desk entries for its audit. */
  tellDesk: TellDesk;
  /** Names this hub to the servers that it tells. */
  userAgent: string;
};

export class Webhooks {
  readonly intake: EventIntake;
  readonly deliveries: Deliveries;
  readonly administration: Administration;
  readonly #retention: Retention;
  readonly #handover: AuditHandover;

  constructor({ storage, tables, site, tellDesk, userAgent }: WebhooksParts) {
    this.intake = new EventIntake(storage, tables);
    this.deliveries = new Deliveries(storage, tables, site, userAgent);
    this.administration = new Administration(storage, tables);
    this.#retention = new Retention(storage, tables);
    this.#handover = new AuditHandover(tables, tellDesk);
  }

  /** What is done from time to time: news first. */
  duties(spread: Spread): Duty[] {
    return [
      {
        name: "webhooks",
        run: () => spread.send(this.deliveries.begin(spread.hasRoom, Date.now())),
        next: (now) => this.deliveries.next(spread.hasRoom, now),
      },
      {
        name: "audit",
        run: () => this.#handover.run(),
        next: (now) => this.#handover.next(now),
      },
      {
        name: "retention",
        run: () => this.#retention.run(Date.now()),
        next: () => this.#retention.next(),
      },
    ];
  }
}
