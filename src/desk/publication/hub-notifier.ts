/** Tells the hub which feeds have changed and what happened to articles, in the background. What the hub doesn't get is told again. */
import { type Article, type Instant, isPublic } from "../../article/article.ts";
import { inTime } from "../../in-time.ts";
import { reasonOf, report } from "../../report.ts";
import type { EventRow } from "../ledger/hub-notes.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { ArticleEvent, HubLine } from "../messages.ts";
import { tombstoneOf } from "./projection.ts";

const MAX_NOTICES = 100;
// Each has a whole article.
const MAX_EVENTS = 20;
const PAUSE_MILLISECONDS = 5000;

type Tables = Pick<Ledger, "hubNotes" | "articles" | "revisions">;

export class HubNotifier {
  readonly #ledger: Tables;
  readonly #epoch: string;
  readonly #hub: HubLine;
  #isUnderWay = false;
  #isAllDue = false;
  #pausedUntil = Number.NEGATIVE_INFINITY;

  constructor(ledger: Tables, epoch: string, hub: HubLine) {
    this.#ledger = ledger;
    this.#epoch = epoch;
    this.#hub = hub;
  }

  /** Tells the hub of what was taken away: that waits for nothing. Never throws, as `notify`. */
  recall(): Promise<void> {
    return this.#run();
  }

  /**
   * Tells the hub all that KV has: feeds after their windows, events after their articles. Never throws, and begins once at a time:
   * what comes meanwhile is told too.
   */
  notify(): Promise<void> {
    this.#isAllDue = true;
    return this.#run();
  }

  /** The instant at which the hub is to be told something; undefined where there is nothing, or it is being told. */
  next(now: Instant): Instant | undefined {
    return this.#isUnderWay || !this.#ledger.hubNotes.isAny(now)
      ? undefined
      : Math.max(now, this.#pausedUntil);
  }

  async #run(): Promise<void> {
    const isPaused = Date.now() < this.#pausedUntil;
    if (this.#isUnderWay || (isPaused && this.#ledger.hubNotes.notices("recalls", 1).length === 0)) return;
    this.#isUnderWay = true;
    try {
      while (await this.#step());
    } catch (thrown) {
      this.#pausedUntil = Date.now() + PAUSE_MILLISECONDS;
      report("hub-not-notified", { reason: reasonOf(thrown) });
    }
    this.#isUnderWay = false;
  }

  /** @returns whether there was anything to tell */
  async #step(): Promise<boolean> {
    if (await this.#sendNotices("recalls")) return true;
    if (!this.#isAllDue) return false;
    const hasNotices = await this.#sendNotices("all");
    const hasEvents = await this.#sendEvents();
    this.#isAllDue = hasNotices || hasEvents;
    return this.#isAllDue;
  }

  /** @returns whether there were any */
  async #sendNotices(which: "recalls" | "all"): Promise<boolean> {
    const { hubNotes } = this.#ledger;
    const notices = hubNotes.notices(which, MAX_NOTICES);
    if (notices.length === 0) return false;
    await inTime(this.#hub.changed(notices));
    hubNotes.removeNotices(notices);
    return true;
  }

  /** @returns whether there were any */
  async #sendEvents(): Promise<boolean> {
    const { hubNotes } = this.#ledger;
    const events = hubNotes.events(MAX_EVENTS, Date.now());
    if (events.length === 0) return false;
    await inTime(this.#hub.happened(events.flatMap((event) => this.#eventOf(event))));
    hubNotes.removeEvents(events);
    return true;
  }

  /**
   * An event with the article as it was then, or what may be told of one that no reader sees any more. Its sections are those of
   * before and after: whoever is told of one of them learns that the article left it.
   */
  #eventOf({ number, instant, kind, article, revision }: EventRow): ArticleEvent[] {
    const { articles, revisions } = this.#ledger;
    const row = articles.find(article);
    const now = revisions.find({ id: article, revision });
    const before = revisions.find({ id: article, revision: revision - 1 });
    if (row === undefined) return [];
    const sections = [...(now ?? row).sections, ...(before?.sections ?? [])];
    const happened = { id: `${this.#epoch}-${number}`, instant, kind };
    const event = { ...happened, sections: [...new Set(sections.map(({ id }) => id))] };
    if (kind === "withdrawn")
      return [
        {
          ...event,
          record: tombstoneOf({ ...row, revision, changed: instant, reason: (now ?? row).reason }),
        },
      ];
    if (!isPublic(row.status)) return [{ ...event, record: tombstoneOf(row) }];
    if (now !== undefined) return [{ ...event, record: asOf(now, instant) }];
    report("event-not-read", { article, revision });
    return [];
  }
}

/** A record as it was at an instant. The clock lets an article expire without a revision: it changes the record itself. */
function asOf(record: Article, instant: Instant): Article {
  const isEarlier = record.status === "expired" && instant < (record.expires ?? instant);
  return isEarlier ? { ...record, status: "published", changed: instant } : record;
}
