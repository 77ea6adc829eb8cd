/** The renderers: a feed's own address and its hub (WebSub, section 4), in every format and dialect. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { FeedDocument, FeedFormat } from "../../../src/feed/document.ts";
import { PARTNERS } from "../../../src/public/partners.ts";
import { FORMATS } from "../../../src/render/formats.ts";
import { ATOM, named, only, parseXml } from "../../support/reading/xml.ts";
import { documents, EMPTY, text } from "../../support/stories/feed-document.ts";

type Renderer = { name: string; format: FeedFormat; render: (document: FeedDocument) => string };

const RENDERERS: Renderer[] = [
  ...FORMATS,
  ...PARTNERS.map(({ aggregator, render }) => ({ name: aggregator.name, format: "rss" as const, render })),
];

/** Each link to the feed itself or to a hub: its relation and its address. */
function announced({ format, render }: Renderer, document: FeedDocument): unknown[] {
  const rendered = render(document);
  if (format === "json") {
    const { feed_url: self, hubs = [] } = JSON.parse(rendered);
    return [["self", self], ...hubs.map((hub: { type: string; url: string }) => [hub.type, hub.url])];
  }
  const root = parseXml(rendered, ATOM);
  const head = format === "rss" ? only(named(root, "channel")) : root;
  return named(head, "link")
    .map(({ attributes }) => [attributes["rel"], attributes["href"]])
    .filter(([rel]) => rel === "self" || rel === "hub");
}

test.each(RENDERERS)(
  "$name: a feed names itself once and its hub once, whatever their addresses",
  (renderer) => {
    const relation = renderer.format === "json" ? "WebSub" : "hub";
    fc.assert(
      fc.property(documents(text), (document) => {
        expect(announced(renderer, document)).toEqual([
          ["self", document.self[renderer.format]],
          ...(document.hub === undefined ? [] : [[relation, document.hub]]),
        ]);
      }),
    );
  },
);

test.each(RENDERERS)("$name: a feed without a hub is silent about hubs", ({ render }) => {
  expect(render(EMPTY)).not.toMatch(/hub/i);
});
