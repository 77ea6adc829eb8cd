/** A feed's archive as a whole: how many pages it has, and several of them at once. Never anything but `get`. */
import * as v from "valibot";
import { report } from "../report.ts";
import { type ArchivePage, readArchivePage } from "./archive-page.ts";
import { decode, parseJson } from "./decode.ts";
import { type Edition, readEdition } from "./edition.ts";
import type { PageKey } from "./keys.ts";
import { type NewestPage, NewestPageSchema } from "./records.ts";

/** An archive page as it was read: its text is decoded by `pageOf` alone. */
export type HeldPage = { key: PageKey; edition: Edition; text: string };

// As for a single key: the least that Workers KV takes.
const KV_CACHE_SECONDS = 30;

const Archived = v.object({ archive: v.optional(NewestPageSchema) });

/**
 * A feed's newest archive page, without a look at the articles of its window.
 * @param text the window's
 * @returns undefined where the feed has no archive page
 */
export function newestPage(text: string | undefined, where: string): NewestPage | undefined {
  return text === undefined ? undefined : decode(Archived, parseJson(text), where)?.archive;
}

/**
 * Some archive pages, by one read of KV.
 * @param keys at most 100, which is what a bulk read takes
 * @returns those that are there, in the order of the keys; one whose edition can't be read is reported and left out
 */
export async function readPages(kv: KVNamespace, keys: readonly PageKey[]): Promise<HeldPage[]> {
  const found = await kv.getWithMetadata([...keys], { type: "text", cacheTtl: KV_CACHE_SECONDS });
  return keys.flatMap((key) => {
    const { value: text, metadata } = found.get(key) ?? { value: null, metadata: null };
    if (text === null) return [];
    const edition = readEdition(metadata);
    if (edition !== undefined) return [{ key, edition, text }];
    report("unreadable-edition", { key });
    return [];
  });
}

/** One that can't be read is empty. */
export function pageOf({ key, text }: HeldPage): ArchivePage {
  return readArchivePage(text, key);
}
