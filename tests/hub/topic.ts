/** A topic as a subscriber discovers it (WebSub, section 4). */
import { equal } from "node:assert/strict";
import { type Link, fieldLinks } from "../support/reading/link-field.ts";
import { ATOM, parseXml } from "../support/reading/xml.ts";
import { wire } from "../support/stories/wire.ts";
import { until } from "../support/local-worker.ts";
import type { Site } from "./site.ts";

export type Topic = {
  /** The address that the topic gives as its own. */
  self: string;
  /** The hub that it names. */
  hub: string;
  /** Publishes a new article in it, with its number in the headline. */
  publish: (number: number) => Promise<void>;
};

/** What the topic serves. */
export type Served = { body: Buffer; contentType: string | null; links: Link[] };

/**
 * Opens a section with a first article, and finds the hub of its feed.
 * @param section its id, which no other test has
 * @param file the feed's format: `rss.xml`
 */
export async function openTopic(site: Site, section: string, file: string): Promise<Topic> {
  const publish = (number: number): Promise<void> =>
    site.publish(`${section}-${number}`, story(section, number));
  const address = `${site.origin}/sections/${section}/${file}`;
  await publish(1);
  await until(async () => (await serve(address)).body.includes(headline(section, 1)), `${address} is empty`);
  const { links } = await serve(address);
  return { self: only(links, "self"), hub: only(links, "hub"), publish };
}

/** The headline of a section's article. */
export function headline(section: string, number: number): string {
  return `Story ${number} of ${section}`;
}

function story(section: string, number: number): string {
  return wire({
    sections: section,
    time: `2026-11-04T07:${String(number).padStart(2, "0")}:00Z`,
    headline: headline(section, number),
  });
}

/** Fetches a topic. */
export async function serve(topic: string): Promise<Served> {
  const response = await fetch(topic);
  return {
    body: Buffer.from(await response.arrayBuffer()),
    contentType: response.headers.get("Content-Type"),
    links: fieldLinks(response.headers.get("Link")),
  };
}

/** The target of the only link with a relation. */
export function only(links: readonly Link[], rel: string): string {
  const targets = links.filter((link) => link.rel === rel).map(({ href }) => href);
  equal(targets.length, 1, `${targets.length} links with rel=${rel}`);
  return targets[0] ?? "";
}

/** The hubs and the addresses that an RSS or Atom document gives for itself, as a reader without HTTP fields finds them. */
export function documentLinks(text: string): { hub: string[]; self: string[] } {
  const root = parseXml(text);
  const feed = root.children.find(({ name }) => name === "channel") ?? root;
  const links = feed.children.filter(({ name }) => name === `{${ATOM}}link`);
  const targets = (rel: string): string[] =>
    links.flatMap(({ attributes }) => (attributes["rel"] === rel ? [attributes["href"] ?? ""] : []));
  return { hub: targets("hub"), self: targets("self") };
}
