/** The fourth release's windows and weights: made as it made them, and never to be changed. */
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { Article } from "../../../src/article/article.ts";
import { desk } from "../newsroom.ts";
import { startAnotherIsolate } from "../worker.ts";

/** The weight of a record by the fourth release: its whole text counts. */
function weightOf(article: Article): number {
  const { html, text: _text, ...rest } = article;
  const escaped = JSON.stringify(rest).match(/[&<>]|\\./g)?.length ?? 0;
  const ends = html.split("]]>").length - 1;
  return new TextEncoder().encode(JSON.stringify(article)).length + escaped * 9 + ends * 12;
}

/**
 * Takes the newsroom back to the fourth release: its windows have whole records, and end where those fill a megabyte; its ledger
 * has its weights. The next request finds this release again. No article may have been withdrawn.
 */
export async function writeWholeWindows(): Promise<void> {
  const { keys } = await env.ARTICLES.list({ prefix: "window:" });
  for (const { name, metadata } of keys) {
    const { articles, ...rest } = JSON.parse((await env.ARTICLES.get(name)) ?? "");
    const window = { version: 1, articles: await wholeOnes(articles), ...rest };
    await env.ARTICLES.put(name, JSON.stringify(window), { metadata });
  }
  await runInDurableObject(desk(), (_instance, { storage: { sql } }) => {
    sql.exec("UPDATE filing SET definition = replace(definition, '[3,', '[2,')");
    const records = sql.exec<{ record: string }>("SELECT record FROM revision WHERE typeof(record) = 'text'");
    for (const { record } of records.toArray()) {
      const article: Article = JSON.parse(record);
      sql.exec("UPDATE entry SET length = ? WHERE article = ?", weightOf(article), article.id);
    }
  });
  await evictDurableObject(desk());
  startAnotherIsolate();
}

async function wholeOnes(articles: readonly { id: string }[]): Promise<Article[]> {
  const records = await Promise.all(
    articles.map(({ id }) => env.ARTICLES.get<Article>(`article:${id}`, "json")),
  );
  const light = records.filter((record) => record !== null && weightOf(record) <= 200_000);
  let bytes = 0;
  return light.flatMap((record) => {
    if (record === null) return [];
    bytes += weightOf(record);
    return bytes <= 990_000 ? [record] : [];
  });
}
