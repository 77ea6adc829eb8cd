/** The software that reads the feeds. */
import * as v from "valibot";
import type { FeedId } from "../../article/feed-id.ts";
import { formatInstant } from "../../article/instant.ts";
import type { Site } from "../../article/site.ts";
import { byFeed, sum } from "../../audience/reader-lines.ts";
import { type Reader, type Subscribers, UNIONS } from "../../audience/readers.ts";
import { OUTPUT_FILES, partPath } from "../../feed/addresses.ts";
import { loadSubscriptionCounts } from "../../hub/subscription-counts.ts";
import { paginate, PAGINATION, readPagination, readPlace, writePlace } from "../pagination.ts";
import { type FeedSubscribers, ReaderList, type ReaderView } from "../schemas/readers.ts";
import { NOTHING, type Operation, operation } from "./operation.ts";

const ReadersQuery = v.strictObject({
  ...PAGINATION,
  feed: v.pipe(
    v.optional(v.pipe(v.string(), v.nonEmpty("must not be empty"))),
    v.description("Only readers of this feed: `all`, `section:` and a section's id, …"),
  ),
});

export const READERS: readonly Operation[] = [
  operation({
    ...NOTHING,
    id: "listReaders",
    method: "get",
    path: "/api/readers",
    summary: "List the readers of the feeds",
    description:
      "Lists the software that polls the feeds, with the numbers of subscribers that services such as Feedly report, and of subscriptions by WebSub. Each kind of software is noted at most once an hour for each feed. Nothing about any person is stored. With pagination.",
    access: "signed-in",
    query: ReadersQuery,
    answers: [
      { status: 200, description: "A part of the list.", content: { "application/json": ReaderList } },
    ],
    problems: ["invalid-cursor"],
    example: { address: "/api/readers?feed=all" },
    handle:
      ({ site }) =>
      async ({ query: { feed, ...asked }, audience, hub }) => {
        const { after, limit } = readPagination(asked, readPlace);
        const [found, pushes] = await Promise.all([
          audience.readers(feed, after, limit + 1),
          loadSubscriptionCounts(site, hub),
        ]);
        const { listed, next } = paginate(found, limit, writePlace);
        // The sum is that of all readers of a feed, whose list may go on after this part.
        const subscribers = await audience.subscribers([...new Set(listed.map((reader) => reader.feed))]);
        const last = next === undefined ? undefined : listed.at(-1)?.feed;
        const isInPart = (id: string): boolean =>
          (feed === undefined || id === feed) &&
          (after === undefined || id > after.feed) &&
          (last === undefined || id < last);
        const list: v.InferOutput<typeof ReaderList> = {
          readers: listed.flatMap((reader) => view(site, reader)),
          feeds: feedsOf(subscribers, pushes, isInPart),
          next,
        };
        return Response.json(list);
      },
  }),
];

/**
 * The feeds of a part of the list: those of its readers, and in their places those that are only subscribed to.
 * @param pushes the number of subscriptions of each feed that has any; undefined where nobody knows
 */
function feedsOf(
  subscribers: readonly Subscribers[],
  pushes: ReadonlyMap<FeedId, number> | undefined,
  isInPart: (feed: FeedId) => boolean,
): v.InferOutput<typeof FeedSubscribers>[] {
  const polled = byFeed(subscribers);
  const pushed = [...(pushes?.keys() ?? [])].filter(isInPart);
  return [...new Set([...polled.keys(), ...pushed])].toSorted().map((feed) => ({
    feed,
    subscribers: sum(polled.get(feed) ?? []),
    subscriptions: feed === UNIONS ? undefined : pushes && (pushes.get(feed) ?? 0),
  }));
}

/** @returns nothing for a format that doesn't exist any more */
function view(
  site: Site,
  { feed, format, agent, subscribers, seen, requests, conditional }: Reader,
): v.InferOutput<typeof ReaderView>[] {
  const file = OUTPUT_FILES.get(format);
  if (file === undefined) return [];
  return [
    {
      feed,
      url: feed === UNIONS ? undefined : `${site.url}${partPath(feed, file)}`,
      format,
      agent,
      subscribers,
      seen: formatInstant(seen),
      requests,
      conditional: requests === 0 ? 0 : Math.round((conditional / requests) * 100) / 100,
    },
  ];
}
