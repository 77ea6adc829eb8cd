/** The hub's subscriptions, as the API shows them to editors. */
import { textOf } from "../description.ts";
import { edit } from "../newsroom.ts";

/** A subscription as the API shows it. */
export type ShownSubscription = {
  id: number;
  topic: string;
  feed: string;
  host: string;
  created: string;
  expires: string;
  lane: string;
  lastSuccess?: string;
  lastFailure?: { time: string; status?: number };
  nextAttempt?: string;
};

export type SubscriptionList = { subscriptions: ShownSubscription[]; next?: string };

export async function listSubscriptions(query = ""): Promise<SubscriptionList> {
  const response = await edit("GET", `/api/subscriptions${query}`);
  if (!response.ok) throw new Error(await response.text());
  return response.json<SubscriptionList>();
}

/** The whole body of an answer that is no problem, as text. */
export async function whole(answer: Promise<Response>): Promise<string> {
  const response = await answer;
  const text = await textOf(response);
  if (!response.ok) throw new Error(text);
  return text;
}
