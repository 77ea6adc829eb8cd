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
 * @param noted what the ledger has of an article: an earlier release noted the length of its record
 */
export async function writeWholeWindows(noted = weightOf): Promise<void> {
  const { keys } = await env.ARTICLES.list({ prefix: "window:" });
  for (const { name, metadata } of keys) {
    const { articles: _light, isCut: _cut, ...rest } = JSON.parse((await env.ARTICLES.get(name)) ?? "");
    const ids = await newest(name);
    const articles = await wholeOnes(ids);
    const window = { version: 1, articles, ...rest, ...(articles.length < ids.length && { isCut: true }) };
    await env.ARTICLES.put(name, JSON.stringify(window), { metadata });
  }
  await runInDurableObject(desk(), (_instance, { storage: { sql } }) => {
    sql.exec("UPDATE filing SET definition = replace(definition, '[3,', '[2,')");
    const records = sql.exec<{ record: string }>("SELECT record FROM revision WHERE typeof(record) = 'text'");
    for (const { record } of records.toArray()) {
      const article: Article = JSON.parse(record);
      sql.exec("UPDATE entry SET length = ? WHERE article = ?", noted(article), article.id);
    }
  });
  await evictDurableObject(desk());
  startAnotherIsolate();
}

/** The ids of a window's newest articles, by the ledger: a window of this release may have had less room. */
async function newest(window: string): Promise<string[]> {
  return runInDurableObject(desk(), (_instance, { storage: { sql } }) => {
    const statement =
      "SELECT article FROM entry WHERE feed = ? ORDER BY published DESC, article DESC LIMIT 50";
    const found = sql.exec<{ article: string }>(statement, window.slice("window:".length));
    return found.toArray().map(({ article }) => article);
  });
}

async function wholeOnes(ids: readonly string[]): Promise<Article[]> {
  const records = await Promise.all(ids.map((id) => env.ARTICLES.get<Article>(`article:${id}`, "json")));
  const light = records.filter((record) => record !== null && weightOf(record) <= 200_000);
  let bytes = 0;
  return light.flatMap((record) => {
    if (record === null) return [];
    bytes += weightOf(record);
    return bytes <= 990_000 ? [record] : [];
  });
}
