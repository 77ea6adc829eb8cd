/** The digest of a draft: the same document gives the same one. */
import type { Draft } from "../../article/article.ts";
import { digestOf } from "../../digest.ts";

/** @returns SHA-256 in hexadecimal */
export async function draftDigest(draft: Draft): Promise<string> {
  return (await digestOf(JSON.stringify(draft))).hex;
}
