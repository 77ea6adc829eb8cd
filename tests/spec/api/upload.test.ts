import { expect, test } from "vitest";
import { get, post, put } from "../../support/newsroom.ts";
import { wire } from "../../support/stories/wire.ts";

test("an uploaded article stands in the site's feed and in its sections' feeds at once", async () => {
  const response = await put("harbour-bridge", wire({ sections: "Politics Human Rights" }));
  expect(response.status).toBe(201);
  for (const path of ["/rss.xml", "/sections/politics/atom.xml", "/sections/human-rights/feed.json"]) {
    expect(await (await get(path)).text()).toContain("Harbour bridge reopens");
  }
});

test("the very same document again changes nothing and names the article that it made", async () => {
  const first = await post(wire());
  const second = await post(wire());
  expect(second.status).toBe(200);
  const { change, article } = await second.json<{
    change: string;
    article: { id: string; revision: number };
  }>();
  expect({ change, id: article.id, revision: article.revision }).toEqual({
    change: "unchanged",
    id: "2026-11-04-harbour-bridge-reopens",
    revision: 1,
  });
  expect(first.headers.get("Location")).toBe("/api/articles/2026-11-04-harbour-bridge-reopens");
});
