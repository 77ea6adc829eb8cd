/** The hub's messages: requests of subscribers, jobs for those who deliver, and what these report. */

/** A request of a subscriber, whose form was judged already (WebSub, section 5.1). */
export type SubscriptionRequest = {
  mode: "subscribe" | "unsubscribe";
  /** The topic's canonical address. */
  topic: string;
  /** As the subscriber spelled it. */
  sentTopic: string;
  callback: string;
  /** The callback's host. */
  host: string;
  secret?: string | undefined;
  /** PubSubHubbub 0.3 had this: it is sent back with the challenge. */
  verifyToken?: string | undefined;
  /** In seconds. */
  lease: number;
  /** The SHA-256 of the address that sent it, in hexadecimal digits. */
  source: string;
};

/** Why the hub takes no request: it has as many as it takes, in one of its bounds, or an administrator blocked the host. */
export type RequestRefusal = "too-many-pending" | "source-full" | "hub-full" | "host-full" | "blocked";

/** A lane: subscribers that answered last time, and those that didn't. */
export type Lane = "healthy" | "slow";

/** A job for a courier or a queue, under 300 bytes: who is to get what. No body, no address, no secret. */
export type Message = FeedMessage | WebhookMessage;

/** @param sequence the topic's newest edition then; what is sent is the newest at the time of sending */
export type FeedMessage = { version: 1; topic: number; sequence: number; ids: number[] };

export type WebhookMessage = { version: 1; webhook: string; ids: number[] };

export type Job = { lane: Lane; message: Message };

/** What a courier gets for a message, at the moment: the letters that are still to be sent. */
export type Taken = {
  /** The newest edition of the topic; left out where the courier has it. */
  edition?: { sequence: number; fields: Record<string, string>; body: Uint8Array } | undefined;
  letters: Letter[];
};

export type Letter = {
  /** Of the subscription, or of the delivery to a webhook. */
  id: number;
  url: string;
  /** Tells a later state of the recipient apart. */
  version: number;
  /** The number of reports of the recipient that have counted. */
  settled: number;
  /** The secrets that sign it. */
  secrets: string[];
  /** The event that a webhook gets; for a subscriber it is the edition. */
  event?: { id: string; fields: Record<string, string>; body: string } | undefined;
};

/** What became of a letter. */
export type Outcome = {
  id: number;
  version: number;
  /** As in the letter: where another report has counted since, this one is a repetition. */
  settled: number;
  /** Of the edition that was sent. */
  sequence?: number | undefined;
  result: Result;
};

/** The answer of a recipient; without a status there was none. */
export type Result = {
  status?: number | undefined;
  milliseconds: number;
  /** In milliseconds, where the answer asks for a pause (RFC 9110, section 10.2.3). */
  retryAfter?: number | undefined;
  reason?: "timed-out" | "no-connection" | undefined;
};

/** A verification that is to be made: a GET of this address (WebSub, sections 5.2 and 5.3). */
export type Verification = {
  id: number;
  mode: "subscribe" | "unsubscribe" | "denied";
  topic: string;
  callback: string;
  lease: number;
  verifyToken?: string | undefined;
  userAgent: string;
};

/** @returns whether a recipient took what it was sent */
export function isSuccess({ status }: Result): boolean {
  return status !== undefined && status >= 200 && status < 300;
}
