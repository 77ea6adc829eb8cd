import { describe, expect, test } from "vitest";
import { type Agent, agentOf } from "../../../src/audience/user-agent.ts";

const SAFARI =
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Safari/605.1.15";
const CHROME =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

function agent(name: string, subscribers: number): Agent {
  return { name, subscribers };
}

describe("a service's name and subscribers are read from the User-Agent", () => {
  test.each([
    ["Feedly/1.0 (+http://www.feedly.com/fetcher.html; 462 subscribers; )", agent("Feedly", 462)],
    [
      "Feedly/1.0 (+http://www.feedly.com/fetcher.html; 1 subscribers; like FeedFetcher-Google)",
      agent("Feedly", 1),
    ],
    ["Inoreader/1.0 (+http://www.inoreader.com/feed-fetcher; 195 subscribers; )", agent("Inoreader", 195)],
    ["Mozilla/5.0 (compatible; inoreader.com; 114 subscribers)", agent("Inoreader", 114)],
    ["Feedbin feed-id:1373711 - 142 subscribers", agent("Feedbin", 142)],
    ["Feedbin feed-id:1234567 - 1 subscriber", agent("Feedbin", 1)],
    [
      `NewsBlur Feed Fetcher - 27 subscribers - https://www.newsblur.com/site/7704055/the-courier (${SAFARI})`,
      agent("NewsBlur", 27),
    ],
    [
      "Mozilla/5.0 (compatible; theoldreader.com; 6 subscribers; feed-id=cead6c3a837650eeefd8fe4a)",
      agent("The Old Reader", 6),
    ],
    ["The Old Reader (6 subscribers)", agent("The Old Reader", 6)],
    ["Mozilla/5.0 (compatible; BazQux/2.4; +https://bazqux.com/fetcher; 2 subscribers)", agent("BazQux", 2)],
    [
      "Feedfetcher-Google; (+http://www.google.com/feedfetcher.html; 4 subscribers; feed-id=9048986372668769311)",
      agent("Google FeedFetcher", 4),
    ],
    ["Netvibes (http://www.netvibes.com/; 5 subscribers; feedId: 5404723)", agent("Netvibes", 5)],
    [
      "Overcast/1.0 Podcast Sync (1190 subscribers; feed-id=554901; +http://overcast.fm/)",
      agent("Overcast", 1190),
    ],
    [
      "Dreamwidth Studios (webmaster@dreamwidth.example; for https://www.dreamwidth.org/users/feed/; 2 readers)",
      agent("Dreamwidth", 2),
    ],
    ["PlainFeeder v0.0.1 (+http://plainfeeder.com/about ; Subscriber Count: 31)", agent("PlainFeeder", 31)],
  ])("%s", (userAgent, expected) => {
    expect(agentOf(userAgent)).toEqual(expected);
  });
});

describe("the name alone is read for other software", () => {
  test.each([
    ["NetNewsWire (RSS Reader; https://netnewswire.com/)", "NetNewsWire"],
    ["Mozilla/5.0 (compatible; Miniflux/2.2.3; +https://miniflux.app)", "Miniflux"],
    ["FreshRSS/1.29.1 (Linux; https://freshrss.org)", "FreshRSS"],
    ["Tiny Tiny RSS/23.05-a4543de (Unsupported) (https://tt-rss.org/)", "Tiny Tiny RSS"],
    ["CommaFeed/5.4.0 (https://github.com/Athou/commafeed)", "CommaFeed"],
    ["NextCloud-News/1.0", "Nextcloud News"],
    ["Newsboat/2.30 (Linux x86_64)", "newsboat"],
    ["Liferea/1.15.3 (Linux; https://lzone.de/liferea/)", "Liferea"],
    ["Akregator/5.24.0 (23.08.0); syndication", "Akregator"],
    ["Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Thunderbird/115.0", "Thunderbird"],
    ["Mozilla/5.0 Vienna/3.1.1", "Vienna"],
    ["Reeder/5.0 CFNetwork/3860.100.1 Darwin/25.0.0", "Reeder"],
    ["Fiery%20Feeds/572 CFNetwork/3860.100.1 Darwin/25.0.0", "Fiery Feeds"],
    ["SpaceCowboys Android RSS Reader / 2.13.0(3764)", "Feeder"],
    ["Feedspot/1.0 (+https://www.feedspot.com/fs/fetcher; like FeedFetcher-Google)", "Feedspot"],
    ["Newsify Feed Fetcher", "Newsify"],
    ["Mozilla/5.0 (compatible; FlipboardRSS/1.2; +http://flipboard.com/browserproxy)", "Flipboard"],
    ["Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "Googlebot"],
    ["Google-NotebookLM", "Google NotebookLM"],
    ["Blogtrottr/2.0", "Blogtrottr"],
    ["curl/8.14.1", "curl"],
    [SAFARI, "browser"],
    [CHROME, "browser"],
    ["Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "browser"],
    ["Mozilla/5.0 (compatible; Nobody/1.0; +https://nobody.example) Chrome/142.0.0.0 Safari/537.36", "other"],
    ["Invented by somebody/1.0", "other"],
    ["", "other"],
  ])("%s is %s", (userAgent, name) => {
    expect(agentOf(userAgent)).toEqual({ name });
  });
});

describe("a number of subscribers", () => {
  test.each([
    ["1,204 subscribers", 1204],
    ["1,204,007 subscribers", 1_204_007],
    ["0 subscribers", 0],
    ["12+subscribers", 12],
    ["7 SUBSCRIBERS", 7],
    ["10000000 subscribers", 10_000_000],
    ["10000001 subscribers", undefined],
    ["999999999999999999999999 subscribers", undefined],
    ["-5 subscribers", undefined],
    ["1.5 subscribers", undefined],
    ["1,2 subscribers", undefined],
    ["1e9 subscribers", undefined],
    ["x12 subscribers", undefined],
    ["12 subscribersX", undefined],
    ["many subscribers", undefined],
    ["subscribers", undefined],
  ])("given as “%s” is taken as %s", (text, expected) => {
    expect(agentOf(`Feedly/1.0 (+http://www.feedly.com/fetcher.html; ${text}; )`).subscribers).toBe(expected);
  });

  test("is not taken from a client that asks for one person, nor from an unknown one", () => {
    expect(agentOf("NetNewsWire (9000 subscribers)")).toEqual({ name: "NetNewsWire" });
    expect(agentOf("Nobody/1.0 (9000 subscribers)")).toEqual({ name: "other" });
    expect(agentOf(`${SAFARI} 9000 subscribers`)).toEqual({ name: "browser" });
  });
});

describe("a User-Agent of hostile length", () => {
  test.each([
    ["digits", "1".repeat(1_000_000)],
    ["groups of digits", "1,111".repeat(200_000)],
    ["blanks", `Feedly 1${" ".repeat(1_000_000)}subscribers`],
    ["words", "1 subscriber".repeat(100_000)],
  ])("of %s is read up to its 512th character", (_what, userAgent) => {
    expect(agentOf(`${userAgent} Feedly; 5 subscribers`).subscribers).toBeUndefined();
    expect(agentOf(`${userAgent}${"Feedly".repeat(10)}`).name).toBe(
      userAgent.includes("Feedly") ? "Feedly" : "other",
    );
  });
});
