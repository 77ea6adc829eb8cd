/** Feed readers on the web that subscribe to a feed by a link. Pure. */

export type WebReader = {
  name: string;
  /** The address at which the reader subscribes to a feed. */
  subscribeTo: (feedUrl: string) => string;
};

export const WEB_READERS: readonly WebReader[] = [
  { name: "Feedly", subscribeTo: after("https://feedly.com/i/subscription/feed/") },
  { name: "Inoreader", subscribeTo: after("https://www.inoreader.com/?add_feed=") },
  { name: "NewsBlur", subscribeTo: after("https://www.newsblur.com/?url=") },
  { name: "Feedbin", subscribeTo: after("https://feedbin.com/?subscribe=") },
  { name: "The Old Reader", subscribeTo: after("https://theoldreader.com/feeds/subscribe?url=") },
];

/** The link for a program on the reader's own machine that has registered the scheme `feed:`. */
export function feedSchemeUrl(feedUrl: string): string {
  return `feed:${feedUrl}`;
}

function after(prefix: string): (feedUrl: string) => string {
  return (feedUrl) => prefix + encodeURIComponent(feedUrl);
}
