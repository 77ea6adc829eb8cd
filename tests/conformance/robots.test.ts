/** robots.txt (RFC 9309; sitemaps.org, "Specifying the Sitemap location in your robots.txt file"). */
import { expect, test } from "vitest";
import { get, put, settle } from "../support/newsroom.ts";
import { ORIGIN } from "../support/site.ts";
import { wire } from "../support/stories/wire.ts";

async function locations(path: string): Promise<string[]> {
  const text = await (await get(path)).text();
  return [...text.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, loc = ""]) => loc);
}

/** Whether a robot may fetch a path: the longest rule that matches decides, and Allow wins a draw (RFC 9309, section 2.2.2). */
function isAllowed(robots: string, path: string): boolean {
  const rules = [...robots.matchAll(/^(Allow|Disallow): *(\S+)$/gim)]
    .map(([, verb = "", prefix = ""]) => ({ isAllow: verb.toLowerCase() === "allow", prefix }))
    .filter(({ prefix }) => path.startsWith(prefix))
    .toSorted((a, b) => b.prefix.length - a.prefix.length || Number(b.isAllow) - Number(a.isAllow));
  return rules[0]?.isAllow ?? true;
}

test("[RFC 9309 2.3] robots.txt lies at the root, in text/plain and UTF-8, and is smaller than 500 KiB", async () => {
  const response = await get("/robots.txt");
  expect([response.status, response.headers.get("Content-Type")]).toEqual([200, "text/plain; charset=utf-8"]);
  expect((await response.arrayBuffer()).byteLength).toBeLessThan(500 * 1024);
});

test("[RFC 9309 2.2] every line is a group's user agent, a rule, another record, or blank, and each group begins with its agent", async () => {
  const lines = (await (await get("/robots.txt")).text()).split("\n").filter((line) => line !== "");
  expect(lines.filter((line) => !/^(?:User-agent|Allow|Disallow|Sitemap): \S+$/i.test(line))).toEqual([]);
  expect(lines[0]).toBe("User-agent: *");
});

test("[RFC 9309 2.2.2] robots may fetch every feed, page and sitemap, and nothing of the editor's API", async () => {
  await put("harbour-bridge", wire());
  await settle();
  const robots = await (await get("/robots.txt")).text();
  const maps = ["/sitemap-pages.xml", "/sitemap-1.xml", "/news-sitemap.xml"];
  const pages = (await Promise.all(maps.map(locations))).flat().map((loc) => loc.slice(ORIGIN.length));
  const paths = [...pages, ...maps, "/sitemap.xml", "/rss.xml", "/archive/1/atom.xml", "/feeds.opml"];
  expect(paths.filter((path) => !isAllowed(robots, path))).toEqual([]);
  expect(["/api/articles", "/api/export", "/api/tokens"].filter((path) => isAllowed(robots, path))).toEqual(
    [],
  );
});

test("[Sitemaps 0.9 Informing search engines] each Sitemap line of robots.txt is an absolute address that answers", async () => {
  const robots = await (await get("/robots.txt")).text();
  const named = [...robots.matchAll(/^Sitemap: (\S+)$/gim)].map(([, url = ""]) => url);
  const answers = await Promise.all(named.map((url) => get(url.slice(ORIGIN.length))));
  expect(named.filter((url) => !url.startsWith(`${ORIGIN}/`))).toEqual([]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
});
