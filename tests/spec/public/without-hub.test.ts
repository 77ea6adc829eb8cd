/** A site whose hub is switched off: `"hub": false` in content/site.json. */
import { beforeEach, expect, test } from "vitest";
import { createApp } from "../../../src/app.ts";
import { askIsolate } from "../../support/ask-isolate.ts";
import { get } from "../../support/newsroom.ts";
import { ORIGIN, site } from "../../support/site.ts";
import { publishAll, story } from "../../support/stories/stories.ts";

const HUB = `${ORIGIN}/hub`;
const FEEDS = [
  "/rss.xml",
  "/atom.xml",
  "/feed.json",
  "/rss.xml?content=summary",
  "/sections/politics/atom.xml",
  "/sections/business+politics/feed.json",
  "/feeds/sea-and-harbour/rss.xml",
  "/smartnews.xml",
  "/msn.xml",
  "/flipboard.xml",
];

beforeEach(() => publishAll([story("bridge")]));

test.each(FEEDS)("%s names its own address alone, and is otherwise as it is with a hub", async (path) => {
  const isolate = createApp({ ...site, hub: undefined }, "build", undefined);
  const response = await askIsolate(isolate, path);
  const withHub = await get(path);
  expect(response.headers.get("Link")).toBe(`<${ORIGIN}${path}>; rel="self"`);
  expect(withHub.headers.get("Link")).toBe(`<${HUB}>; rel="hub", <${ORIGIN}${path}>; rel="self"`);
  const announcement = path.includes(".json")
    ? /,\s*"hubs": \[\s*\{\s*"type": "WebSub",\s*"url": "[^"]*"\s*\}\s*\]/
    : /\n<(?:atom:)?link (?:rel="hub" href="[^"]*"|href="[^"]*" rel="hub")\/>/;
  const body = await response.text();
  expect(body).not.toContain(HUB);
  expect(body).toBe((await withHub.text()).replace(announcement, ""));
});
