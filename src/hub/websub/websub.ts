/** WebSub: requests of subscribers, editions of topics, and who gets them. There is none where the hub is switched off. */
import type { HubLimits } from "../../article/site.ts";
import type { Duty } from "../clock.ts";
import type { Couriers, Spread } from "../delivery/spread.ts";
import type { Lane } from "../messages.ts";
import type { Tables } from "../tables/tables.ts";
import type { Topics } from "../topics.ts";
import { FanOut } from "./fan-out.ts";
import { Housekeeping } from "./housekeeping.ts";
import { Publication, type ReadWindows } from "./publication.ts";
import { Requests } from "./requests.ts";

// Of editions, in one alarm: other duties have their turn.
const MAX_ROUNDS = 10;
const LANES: readonly Lane[] = ["healthy", "slow"];

export type WebSubParts = {
  storage: DurableObjectStorage;
  tables: Tables;
  topics: Topics;
  readWindows: ReadWindows;
  limits: HubLimits;
  /** The hub's address. */
  url: string;
  /** Names this hub to the servers that it asks and tells. */
  userAgent: string;
};

export class WebSub {
  readonly requests: Requests;
  readonly publication: Publication;
  readonly fanOut: FanOut;
  readonly housekeeping: Housekeeping;
  readonly #tables: Tables;

  constructor({ storage, tables, topics, readWindows, limits, url, userAgent }: WebSubParts) {
    this.#tables = tables;
    this.publication = new Publication(storage, tables, topics, readWindows);
    this.requests = new Requests(storage, tables, topics, this.publication, limits, userAgent);
    this.fanOut = new FanOut(storage, tables, { "User-Agent": userAgent }, url);
    this.housekeeping = new Housekeeping(storage, tables, topics);
  }

  /** What is done from time to time: news first. */
  duties(spread: Spread, couriers: Couriers): Duty[] {
    const { topics, recipients } = this.#tables;
    return [
      {
        name: "editions",
        run: async () => {
          for (let round = 0; round < MAX_ROUNDS && this.publication.isMore(); round++) {
            for (const topic of await this.publication.makeDue())
              await spread.send(this.fanOut.jobsOf(topic, Date.now()));
          }
        },
        next: () => topics.nextEdition(),
      },
      {
        name: "attempts",
        run: () => spread.send(this.fanOut.dueJobs(LANES.filter(spread.hasRoom), Date.now())),
        next: () => {
          const attempts = LANES.filter(spread.hasRoom).map((lane) => recipients.nextAttempt(lane));
          return earliest(...attempts, recipients.nextEcho(), topics.nextSearch());
        },
      },
      {
        name: "verifications",
        run: () => {
          while (couriers.canVerify()) {
            const ids = this.requests.begin(Date.now());
            if (ids.length === 0) return;
            couriers.verify(ids);
          }
        },
        next: () => (couriers.canVerify() ? this.requests.next() : undefined),
      },
      {
        name: "housekeeping",
        run: () => this.housekeeping.run(Date.now()),
        next: () => this.housekeeping.next(),
      },
    ];
  }
}

function earliest(...instants: readonly (number | undefined)[]): number | undefined {
  const found = instants.filter((instant) => instant !== undefined);
  return found.length === 0 ? undefined : Math.min(...found);
}
