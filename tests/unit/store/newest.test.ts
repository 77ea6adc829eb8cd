/** The first articles of a window. */
import { expect, test } from "vitest";
import { windowArticleText, readWindow } from "../../../src/store/records.ts";
import { readNewest } from "../../../src/store/newest.ts";

const TRAPS = [
  "plain",
  '},{"version":1,"id":"trap"',
  '"},{"version":1,"id":"',
  '\\"},{"version":1,"id":"',
  "]}",
];

function windowOf(count: number): string {
  const articles = Array.from({ length: count }, (_, at) =>
    windowArticleText({
      version: 1,
      id: `a${at}`,
      guid: `a${at}`,
      revision: 1,
      status: "published",
      sections: [{ id: "politics", title: "Politics" }],
      headline: TRAPS[at % TRAPS.length] ?? "",
      html: `<p>${TRAPS[(at + 2) % TRAPS.length]}</p>`,
      excerpt: TRAPS[(at + 1) % TRAPS.length] ?? "",
      authors: [{ name: "Jane Roe" }],
      tags: [],
      language: "en",
      attachments: [],
      published: at,
      updated: at,
      changed: at,
    }),
  );
  return `{"version":1,"articles":[${articles.join(",")}],"withdrawn":[{"version":1,"id":"w","guid":"w","revision":2,"withdrawn":1}]}`;
}

test("the newest articles of a window are its first, however many it has and whatever their texts hold", () => {
  for (const size of [0, 1, 2, 5, 12]) {
    const text = windowOf(size);
    const { articles } = readWindow(text, "window");
    for (const count of [1, 2, 5, 20])
      expect(readNewest(text, count, "window")).toEqual(articles.slice(0, count));
  }
});

test("a window that is written in another way is read as a whole", () => {
  const text = JSON.stringify(JSON.parse(windowOf(5)), undefined, 1);
  expect(readNewest(text, 2, "window").map(({ id }) => id)).toEqual(["a0", "a1"]);
  expect(readNewest(undefined, 2, "window")).toEqual([]);
});
