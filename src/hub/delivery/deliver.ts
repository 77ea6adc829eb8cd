/** The work of one courier: asks the hub who is to get what, sends it, six at a time, and reports what became of it. */
import pLimit from "p-limit";
import type { Letter, Message, Outcome, Taken, Verification } from "../messages.ts";
import { webhookFields } from "../webhooks/standard-webhooks.ts";
import { post } from "./post.ts";
import { hubSignature } from "./signature.ts";
import { verify } from "./verify.ts";

/** The hub, as a courier speaks to it. */
export type CouriersHub = {
  take: (message: Message, courier: string, known: number | undefined) => Promise<Taken>;
  report: (message: Message, courier: string, outcomes: Outcome[], isLast: boolean) => Promise<void>;
  takeVerifications: (ids: number[]) => Promise<Verification[]>;
  reportVerifications: (results: { id: number; isVerified: boolean }[]) => Promise<void>;
};

/** Cloudflare lets so many connections of an invocation wait for header fields; the local runtime lets all ("Limits", Workers). */
export const SLOTS = 6;
/** An invocation may have fifty subrequests on the free plan: each letter may need three, and the message three more. */
export const MAX_LETTERS = 15;
// Outcomes that come within so long are one report.
const GATHERING_MILLISECONDS = 50;
// What was taken earlier is asked for again before it is sent: the article in it may be withdrawn, the subscription ended.
const FRESH_MILLISECONDS = 1000;

type Edition = NonNullable<Taken["edition"]>;
type Fresh = { since: number; edition: Edition | undefined; letters: ReadonlyMap<number, Letter> };

/** Delivers what a message names. A letter that the hub no longer has is not sent. */
export async function deliver(message: Message, hub: CouriersHub): Promise<void> {
  const courier = crypto.randomUUID();
  const slots = pLimit(SLOTS);
  const reports = new Reports<Outcome>((outcomes, isLast) => hub.report(message, courier, outcomes, isLast));
  const unsent = new Set(message.ids);
  let fresh = take(undefined);
  async function take(known: Edition | undefined): Promise<Fresh> {
    // What this courier has sent already is no longer its own: another one may have the next edition for the same recipient.
    const { edition = known, letters } = await hub.take(
      { ...message, ids: [...unsent] },
      courier,
      known?.sequence,
    );
    return { since: Date.now(), edition, letters: new Map(letters.map((letter) => [letter.id, letter])) };
  }
  async function current(): Promise<Fresh> {
    const taken = fresh;
    const { since, edition } = await taken;
    if (Date.now() - since > FRESH_MILLISECONDS && fresh === taken) fresh = take(edition);
    return fresh;
  }
  const { letters } = await fresh;
  await reports.of(
    letters.keys().map((id) =>
      slots(async () => {
        const { edition, letters: left } = await current();
        unsent.delete(id);
        const letter = left.get(id);
        if (letter !== undefined) reports.add(await sendLetter(letter, edition));
      }),
    ),
  );
}

/** Makes verifications, and reports which subscribers confirmed. */
export async function verifyAll(ids: number[], hub: CouriersHub): Promise<void> {
  const slots = pLimit(SLOTS);
  const reports = new Reports<{ id: number; isVerified: boolean }>((results) =>
    hub.reportVerifications(results),
  );
  const verifications = await hub.takeVerifications(ids);
  await reports.of(
    verifications.map((verification) =>
      slots(async () => reports.add({ id: verification.id, isVerified: await verify(verification) })),
    ),
  );
}

/** Sends a letter, signed when its slot is free. */
async function sendLetter(
  { id, url, version, settled, secrets, event }: Letter,
  edition: Edition | undefined,
): Promise<Outcome> {
  if (event !== undefined) {
    const body = new TextEncoder().encode(event.body);
    const signed = await webhookFields(secrets, event.id, Date.now(), body);
    return { id, version, settled, result: await post(url, { ...event.fields, ...signed }, body) };
  }
  const [secret] = secrets;
  const { sequence, fields, body } = edition ?? { sequence: 0, fields: {}, body: new Uint8Array() };
  const signature = secret === undefined ? {} : { "X-Hub-Signature": await hubSignature(secret, body) };
  return { id, version, settled, sequence, result: await post(url, { ...fields, ...signature }, body) };
}

/** Reports to the hub, now and then: what comes while one is under way goes with the next. One recipient's delay keeps no other's outcome back. */
class Reports<Item> {
  readonly #send: (items: Item[], isLast: boolean) => Promise<void>;
  readonly #done = new AbortController();
  #items: Item[] = [];
  #underWay: Promise<void> | undefined;

  constructor(send: (items: Item[], isLast: boolean) => Promise<void>) {
    this.#send = send;
  }

  add(item: Item): void {
    this.#items.push(item);
    this.#underWay ??= this.#sendAll();
  }

  /**
   * Ends when all work is done and reported.
   * @throws what the work threw, or the last report
   */
  async of(work: Iterable<Promise<void>>): Promise<void> {
    const outcomes = await Promise.allSettled(work);
    this.#done.abort();
    await this.#underWay;
    await this.#send(this.#items.splice(0), true);
    for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
  }

  /** What the hub doesn't get goes with the next report. */
  async #sendAll(): Promise<void> {
    await scheduler.wait(GATHERING_MILLISECONDS, { signal: this.#done.signal }).catch(() => undefined);
    for (let some = this.#items.splice(0); some.length > 0; some = this.#items.splice(0)) {
      try {
        await this.#send(some, false);
      } catch {
        this.#items.unshift(...some);
        break;
      }
    }
    this.#underWay = undefined;
  }
}
