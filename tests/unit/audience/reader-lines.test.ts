import { describe, expect, test } from "vitest";
import type { Subscribers } from "../../../src/audience/readers.ts";
import { readerLines } from "../../../src/audience/reader-lines.ts";

function reader(agent: string, subscribers = 0, feed: Subscribers["feed"] = "all"): Subscribers {
  return { feed, agent, subscribers };
}

describe("a feed's line of readers", () => {
  test.each<[string, Subscribers[]]>([
    ["Feedly 1 subscriber", [reader("Feedly", 1)]],
    ["Feedly 1, Inoreader 1 subscribers", [reader("Inoreader", 1), reader("Feedly", 1)]],
    ["Feedly 1,462, Inoreader 114 subscribers", [reader("Inoreader", 114), reader("Feedly", 1462)]],
    [
      "Feedly 462 subscribers; also Miniflux, NetNewsWire, browsers, others",
      [reader("other"), reader("browser"), reader("NetNewsWire"), reader("Miniflux"), reader("Feedly", 462)],
    ],
    ["Feedbin, NetNewsWire", [reader("NetNewsWire"), reader("Feedbin", 0)]],
    ["others", [reader("other")]],
  ])("%s", (line, readers) => {
    expect([...readerLines(readers)]).toEqual([["all", line]]);
  });

  test.each<[string, number, Subscribers[]]>([
    ["1 WebSub subscription", 1, []],
    [
      "Feedly 462 subscribers; also others; 1,204 WebSub subscriptions",
      1204,
      [reader("Feedly", 462), reader("other")],
    ],
  ])("%s", (line, count, readers) => {
    expect([...readerLines(readers, new Map([["all", count]]))]).toEqual([["all", line]]);
  });

  test("is of that feed alone", () => {
    const lines = readerLines([reader("Feedly", 2), reader("Feedbin", 3, "tag:bridges")]);
    expect([...lines]).toEqual([
      ["all", "Feedly 2 subscribers"],
      ["tag:bridges", "Feedbin 3 subscribers"],
    ]);
  });
});
