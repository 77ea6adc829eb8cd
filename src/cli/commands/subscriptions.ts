/** `dateline subscriptions`: lists who is sent the feeds by WebSub, ends a subscription, blocks a host. */
import { Command } from "commander";
import * as v from "valibot";
import { SiteOptions, withSite } from "../options.ts";
import type { Session } from "../session.ts";
import type { Request } from "../transport/request.ts";
import { sendAndPrint, sendAndRead } from "./send-and-print.ts";

// Loose: --json shows all of it.
const Subscription = v.looseObject({
  id: v.number(),
  topic: v.string(),
  host: v.string(),
  expires: v.string(),
  lane: v.string(),
  lastSuccess: v.optional(v.string()),
  lastFailure: v.optional(v.looseObject({ time: v.string(), status: v.optional(v.number()) })),
  nextAttempt: v.optional(v.string()),
});
type Subscription = v.InferOutput<typeof Subscription>;

const Subscriptions = v.object({ subscriptions: v.array(Subscription), next: v.optional(v.string()) });
const Ended = v.object({ ended: v.number() });
const Unblocked = v.object({ unblocked: v.number() });

const ListOptions = v.object({ ...SiteOptions.entries, feed: v.optional(v.string()) });

export function subscriptionsCommand(session: Session): Command {
  const command = new Command("subscriptions").description("list, end and block subscriptions by WebSub");
  command.addCommand(withSite(listCommand(session)), { isDefault: true });
  for (const each of [endCommand, blockCommand, unblockCommand]) command.addCommand(withSite(each(session)));
  return command;
}

function listCommand(session: Session): Command {
  const command = new Command("list")
    .description("list the subscriptions, without callbacks and secrets")
    .option("--feed <id>", "only those of a feed, such as all or section:politics");
  return command.action(async () => {
    const { json, feed } = v.parse(ListOptions, command.opts());
    const all = await readAll(command, session, feed);
    if (all === undefined) return;
    if (json) session.out.json({ subscriptions: all });
    else for (const subscription of all) session.out.line(lineOf(subscription));
  });
}

function endCommand(session: Session): Command {
  const command = new Command("end")
    .description("end a subscription; its subscriber is told that it is denied")
    .argument("<id>", "the subscription's id");
  return command.action(async (id: string) => {
    const request = change("DELETE", `/api/subscriptions/${encodeURIComponent(id)}`);
    await sendAndPrint(command, session, request, Ended, ({ ended }) =>
      session.out.line(`${ended === 0 ? "not there" : "ended"}  ${id}`),
    );
  });
}

function blockCommand(session: Session): Command {
  const command = new Command("block")
    .description("end all subscriptions of a host and its subdomains, and refuse their requests")
    .argument("<host>", "the host of callbacks, such as push.example.org");
  return command.action(async (host: string) => {
    await sendAndPrint(command, session, change("PUT", pathOf(host)), Ended, ({ ended }) =>
      session.out.line(`blocked  ${host}  ${ended} ended`),
    );
  });
}

function unblockCommand(session: Session): Command {
  const command = new Command("unblock")
    .description("let a host subscribe again that was blocked")
    .argument("<host>", "the host of callbacks");
  return command.action(async (host: string) => {
    await sendAndPrint(command, session, change("DELETE", pathOf(host)), Unblocked, ({ unblocked }) =>
      session.out.line(`${unblocked === 0 ? "not there" : "unblocked"}  ${host}`),
    );
  });
}

/** Every part of the list, one after the other; undefined after a refusal. */
async function readAll(
  command: Command,
  session: Session,
  feed: string | undefined,
): Promise<Subscription[] | undefined> {
  const all: Subscription[] = [];
  let cursor: string | undefined;
  do {
    const query = new URLSearchParams({ ...(feed !== undefined && { feed }), ...(cursor && { cursor }) });
    const path = query.size === 0 ? "/api/subscriptions" : `/api/subscriptions?${query.toString()}`;
    const request: Request = { method: "GET", path, isIdempotent: true };
    const part = await sendAndRead(command, session, request, Subscriptions);
    if (part === undefined) return undefined;
    all.push(...part.value.subscriptions);
    cursor = part.value.next;
  } while (cursor !== undefined);
  return all;
}

function change(method: "PUT" | "DELETE", path: string): Request {
  return { method, path, isIdempotent: true };
}

function pathOf(host: string): string {
  return `/api/blocked-hosts/${encodeURIComponent(host)}`;
}

function lineOf({ id, topic, host, expires, lane, ...rest }: Subscription): string {
  const { lastSuccess, lastFailure, nextAttempt } = rest;
  return [
    id,
    topic,
    host,
    lane,
    `expires ${expires}`,
    ...(lastSuccess === undefined ? [] : [`succeeded ${lastSuccess}`]),
    ...(lastFailure === undefined
      ? []
      : [`failed ${lastFailure.time} (${lastFailure.status ?? "no answer"})`]),
    ...(nextAttempt === undefined ? [] : [`next attempt ${nextAttempt}`]),
  ].join("  ");
}
