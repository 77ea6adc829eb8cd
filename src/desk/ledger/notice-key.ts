/** Notices for the hub, as the outbox names them. Pure. */
import { type FeedId, readFeedId } from "../../article/feed-id.ts";

/** Tells the hub that a feed has changed. */
export type Notice = {
  feed: FeedId;
  /** Whether an article was taken away from readers: what the hub has of the feed must not go out any more. */
  isRecall: boolean;
};

const CHANGE = "hub:";
const RECALL = "recall:";

export function noticeKey({ feed, isRecall }: Notice): string {
  return `${isRecall ? RECALL : CHANGE}${feed}`;
}

/** Whether a key of the outbox is a notice for the hub, and no key of KV. */
export function isNoticeKey(key: string): boolean {
  return key.startsWith(CHANGE) || key.startsWith(RECALL);
}

/** @param key that `noticeKey` made */
export function readNoticeKey(key: string): Notice {
  const isRecall = key.startsWith(RECALL);
  return { feed: readFeedId(key.slice((isRecall ? RECALL : CHANGE).length)), isRecall };
}
