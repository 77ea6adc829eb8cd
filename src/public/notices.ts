/** Notices over HTTP: what stands at an address with nothing, and in place of a withdrawn article. They do without KV where it fails. */
import type { Tombstone } from "../article/article.ts";
import { BRIEF_CACHING } from "../http/caching.ts";
import { notFoundPage, type Onward, withdrawnPage } from "../pages/notice-page.tsx";
import { windowKey } from "../store/keys.ts";
import type { KvReads } from "../store/read/kv-reads.ts";
import { type PublicContext, type PublicDoor, readsOf } from "./door.ts";
import { itemsOf, newestOf, sectionsOf } from "./surroundings.ts";

/** The page of a 404. */
export async function notFound({ site, cache }: PublicDoor, c: PublicContext): Promise<string> {
  return notFoundPage(site, await onwardFrom({ site }, readsOf(c, cache, Date.now()), ""));
}

/** The 410 of a withdrawn article, kept briefly: it may be reinstated. */
export async function goneResponse(
  { site }: Pick<PublicDoor, "site">,
  reads: KvReads,
  tombstone: Tombstone,
): Promise<Response> {
  const page = withdrawnPage(site, tombstone, await onwardFrom({ site }, reads, tombstone.id));
  return new Response(page, {
    status: 410,
    headers: { ...BRIEF_CACHING, "Content-Type": "text/html; charset=UTF-8" },
  });
}

/** @param without the id of an article that isn't to be among the newest: a replica may still have it */
async function onwardFrom(
  { site }: Pick<PublicDoor, "site">,
  reads: KvReads,
  without: string,
): Promise<Onward> {
  const [sections, newest] = await Promise.all([
    sectionsOf(reads, site),
    newestOf(reads, windowKey("all"), without),
  ]);
  return { navigation: sections.shown, newest: itemsOf(site, newest.shown) };
}
