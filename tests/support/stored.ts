/** Values in KV, as a replica may have them: taken aside, changed, put back. */
import { env } from "cloudflare:workers";
import type { Edition } from "../../src/store/edition.ts";

export type Stored = { value: string; metadata: Edition };

export async function stored(key: string): Promise<Stored> {
  const { value, metadata } = await env.ARTICLES.getWithMetadata<Edition>(key);
  if (value === null || metadata === null) throw new Error(`KV has no ${key}`);
  return { value, metadata };
}

export async function putStored(key: string, { value, metadata }: Stored): Promise<void> {
  await env.ARTICLES.put(key, value, { metadata });
}
