/** Subscriptions of the hub: listed, ended by administrators, and the hosts that these block. */
import * as v from "valibot";
import { formatInstant, timeOf } from "../../article/instant.ts";
import type { BlockedHost } from "../../hub/tables/blocked-hosts.ts";
import type { ListedSubscription } from "../../hub/tables/listed-subscriptions.ts";
import { paginate, PAGINATION, readNumber, readPagination, writeNumber } from "../pagination.ts";
import {
  BlockedHostList,
  type BlockedHostView,
  BlockView,
  EndedView,
  SubscriptionList,
  type SubscriptionView,
  UnblockedView,
} from "../schemas/subscriptions.ts";
import { NOTHING, type Operation, operation } from "./operation.ts";
import { HOST, SUBSCRIPTION } from "./parameters.ts";

const word = v.optional(v.pipe(v.string(), v.nonEmpty("must not be empty")));

const SubscriptionsQuery = v.strictObject({
  ...PAGINATION,
  feed: v.pipe(
    word,
    v.description(
      "Only subscriptions of this feed, in every format: `all`, `section:` and a section's id, …",
    ),
  ),
  topic: v.pipe(word, v.description("Only subscriptions of this address of a feed.")),
});

export const SUBSCRIPTIONS: readonly Operation[] = [
  operation({
    ...NOTHING,
    id: "listSubscriptions",
    method: "get",
    path: "/api/subscriptions",
    summary: "List the subscriptions by WebSub",
    description:
      "Lists who is sent a feed as soon as it changes: the feed, the callback's host, the lease, and what became of the deliveries. Neither secrets nor whole callbacks are shown. With pagination.",
    access: "signed-in",
    query: SubscriptionsQuery,
    answers: [
      { status: 200, description: "A part of the list.", content: { "application/json": SubscriptionList } },
    ],
    problems: ["invalid-cursor"],
    example: { address: "/api/subscriptions?feed=all" },
    handle:
      () =>
      async ({ query: { feed, topic, ...asked }, hub }) => {
        const { after, limit } = readPagination(asked, readNumber);
        const found = await hub.subscriptions({ feed, topic }, after, limit + 1);
        const { listed, next } = paginate(found, limit, ({ id }) => writeNumber(id));
        return Response.json({ subscriptions: listed.map(view), next });
      },
  }),
  operation({
    ...NOTHING,
    id: "endSubscription",
    method: "delete",
    path: "/api/subscriptions/{id}",
    summary: "End a subscription",
    description:
      "Ends the subscription, and tells the subscriber that it is denied. One that has ended already stays so. The subscriber may subscribe again: block its host to prevent that.",
    access: { right: "admin", action: "end-subscription", subjectPrefix: "subscription:" },
    params: SUBSCRIPTION,
    answers: [{ status: 200, description: "What was done.", content: { "application/json": EndedView } }],
    problems: ["invalid-id"],
    example: { address: "/api/subscriptions/1" },
    handle:
      () =>
      async ({ params: { id }, actor, hub }) =>
        Response.json({ ended: Number(await hub.endSubscription(id, actor.name)) }),
  }),
  operation({
    ...NOTHING,
    id: "blockHost",
    method: "put",
    path: "/api/blocked-hosts/{host}",
    summary: "Block a host",
    description:
      "Ends every subscription whose callback is on the host or on one of its subdomains, and tells the subscribers that they are denied. From now on the hub refuses their requests.",
    access: { right: "admin", action: "block-host", subjectPrefix: "host:" },
    params: HOST,
    answers: [{ status: 200, description: "The block.", content: { "application/json": BlockView } }],
    problems: ["invalid-host"],
    example: { address: "/api/blocked-hosts/push.example.org" },
    handle:
      () =>
      async ({ params: { host }, actor, hub }) => {
        const { ended, ...blocked } = await hub.blockHost(host, actor.name);
        return Response.json({ ...blockedView(blocked), ended });
      },
  }),
  operation({
    ...NOTHING,
    id: "listBlockedHosts",
    method: "get",
    path: "/api/blocked-hosts",
    summary: "List blocked hosts",
    description:
      "Lists the hosts whose callbacks the hub refuses, with those of their subdomains, in alphabetical order.",
    access: { right: "admin", action: "list-blocked-hosts" },
    answers: [{ status: 200, description: "The hosts.", content: { "application/json": BlockedHostList } }],
    problems: [],
    example: { address: "/api/blocked-hosts" },
    handle:
      () =>
      async ({ hub }) => {
        const hosts = await hub.blockedHosts();
        return Response.json({ hosts: hosts.map(blockedView) });
      },
  }),
  operation({
    ...NOTHING,
    id: "unblockHost",
    method: "delete",
    path: "/api/blocked-hosts/{host}",
    summary: "Take a block back",
    description:
      "From now on the host and its subdomains may subscribe again, unless another block covers them. Subscriptions that ended stay so, and so does a host that isn't blocked.",
    access: { right: "admin", action: "unblock-host", subjectPrefix: "host:" },
    params: HOST,
    answers: [{ status: 200, description: "What was done.", content: { "application/json": UnblockedView } }],
    problems: ["invalid-host"],
    example: { address: "/api/blocked-hosts/push.example.org" },
    handle:
      () =>
      async ({ params: { host }, actor, hub }) =>
        Response.json({ unblocked: Number(await hub.unblockHost(host, actor.name)) }),
  }),
];

function view({
  id,
  topic,
  feed,
  host,
  created,
  expires,
  lane,
  succeeded,
  failed,
  status,
  due,
}: ListedSubscription): v.InferOutput<typeof SubscriptionView> {
  return {
    id,
    topic,
    feed,
    host,
    created: formatInstant(created),
    expires: formatInstant(expires),
    lane,
    lastSuccess: timeOf(succeeded),
    lastFailure: failed === undefined ? undefined : { time: formatInstant(failed), status },
    nextAttempt: timeOf(due),
  };
}

function blockedView({ host, since }: BlockedHost): v.InferOutput<typeof BlockedHostView> {
  return { host, since: formatInstant(since) };
}
