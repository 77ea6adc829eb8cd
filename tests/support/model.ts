/** A model of the newsroom: its articles, the parts of them that readers may see, and the commands that act on both. */
import { evictAllDurableObjects, runDurableObjectAlarm } from "cloudflare:test";
import type fc from "fast-check";
import { expect, vi } from "vitest";
import { type Fault, faults } from "./faulty-kv.ts";
import { act, desk, get, put, withdraw } from "./newsroom.ts";
import { wire } from "./stories/wire.ts";

export const SECOND = 1000;

export type Modelled = {
  headline: string;
  sections: string[];
  published: number;
  expires?: number | undefined;
  correction?: string | undefined;
  isDraft: boolean;
  isWithdrawn: boolean;
  /** Whether the Desk has noticed that the article's time has come. */
  isReleased: boolean;
  /** Whether any reader could have seen the article. */
  wasPublic: boolean;
};

export type Model = {
  articles: Map<string, Modelled>;
  /** The time from which readers may see a version, by its headline, which is unique; Infinity for a draft. */
  allowed: Map<string, number>;
  corrections: number;
};

export type Command = fc.AsyncCommand<Model, null, boolean>;

export function emptyModel(): Model {
  return { articles: new Map(), allowed: new Map(), corrections: 0 };
}

/** Whether an article has a page. */
export function hasPage({ isDraft, isWithdrawn, published }: Modelled): boolean {
  return !isDraft && !isWithdrawn && published <= Date.now();
}

/** Whether an article is in its feeds. */
export function isInFeeds(article: Modelled): boolean {
  return hasPage(article) && (article.expires ?? Infinity) > Date.now();
}

/** Does what the Desk does when it looks at its clock. */
export function release(model: Model): void {
  for (const article of model.articles.values()) notice(article);
}

function notice(article: Modelled): void {
  if (hasPage(article)) Object.assign(article, { isReleased: true, wasPublic: true });
}

function command(name: string, run: (model: Model) => Promise<void>): Command {
  return { check: () => true, run, toString: () => name };
}

/** @param offset seconds from now to the dateline: an embargo when positive */
export function upload(id: string, sections: string[], offset: number, isDraft: boolean): Command {
  return command(`upload(${id}, ${sections.join("+")}, ${offset}s, ${isDraft})`, async (model) => {
    const headline = `Headline ${model.allowed.size + 1}.`;
    const published = Math.floor(Date.now() / SECOND) * SECOND + offset * SECOND;
    const document = wire({
      headline,
      sections: sections.join(" "),
      time: new Date(published).toISOString(),
    });
    const { status } = await put(isDraft ? `${id}?draft` : id, document);
    const before = model.articles.get(id);
    if (before?.isWithdrawn === true) return expect(status).toBe(410);
    if ((before?.expires ?? Infinity) <= published) return expect(status).toBe(422);
    expect(status).toBe(before === undefined ? 201 : 200);
    model.allowed.set(headline, isDraft ? Infinity : published);
    const article = {
      ...(before ?? { isWithdrawn: false, wasPublic: false }),
      headline,
      sections,
      published,
      isDraft,
      isReleased: false,
    };
    notice(article);
    model.articles.set(id, article);
  });
}

export function publishNow(id: string): Command {
  return command(`publishNow(${id})`, async (model) => {
    const { status } = await act(id, "publish");
    const article = model.articles.get(id);
    if (article === undefined) return expect(status).toBe(404);
    if (article.isWithdrawn) return expect(status).toBe(410);
    if (!article.isReleased && (article.expires ?? Infinity) <= Date.now()) return expect(status).toBe(422);
    expect(status).toBe(200);
    if (article.isReleased) return;
    Object.assign(article, { published: Date.now(), isDraft: false });
    model.allowed.set(
      article.headline,
      Math.min(Date.now(), model.allowed.get(article.headline) ?? Infinity),
    );
    notice(article);
  });
}

/** @param offset seconds from now */
export function expire(id: string, offset: number): Command {
  return {
    check: ({ articles }) => articles.get(id)?.isReleased === true && articles.get(id)?.isWithdrawn === false,
    run: async ({ articles }) => {
      const expires = Date.now() + offset * SECOND;
      const { status } = await act(id, "expire", { expires: new Date(expires).toISOString() });
      expect(status).toBe(200);
      Object.assign(articles.get(id) ?? {}, { expires });
    },
    toString: () => `expire(${id}, ${offset}s)`,
  };
}

export function correct(id: string): Command {
  return command(`correct(${id})`, async (model) => {
    const correction = `Correction ${++model.corrections}.`;
    const { status } = await act(id, "correct", { correction });
    const article = model.articles.get(id);
    if (article === undefined) return expect(status).toBe(404);
    if (article.isWithdrawn) return expect(status).toBe(410);
    expect(status).toBe(200);
    article.correction = correction;
  });
}

export function withdrawing(id: string): Command {
  return command(`withdraw(${id})`, async (model) => {
    const article = model.articles.get(id);
    const { status } = await withdraw(id);
    expect(status).toBe(article === undefined ? 404 : 200);
    if (article !== undefined) article.isWithdrawn = true;
  });
}

export function reinstate(id: string): Command {
  return command(`reinstate(${id})`, async (model) => {
    const article = model.articles.get(id);
    const { status } = await act(id, "reinstate");
    expect(status).toBe(article === undefined ? 404 : 200);
    if (article === undefined || !article.isWithdrawn) return;
    Object.assign(article, { isWithdrawn: false, isReleased: false });
    notice(article);
  });
}

export function pass(seconds: number, isAlarmRun: boolean): Command {
  return command(`pass(${seconds}s${isAlarmRun ? ", alarm" : ""})`, async (model) => {
    vi.setSystemTime(Date.now() + seconds * SECOND);
    if (!isAlarmRun) return;
    await runDurableObjectAlarm(desk());
    release(model);
  });
}

/** @param coming the faults of the next writes, one after the other; later writes go through */
export function breaking(coming: Fault[]): Command {
  return command(`break(${coming.join(", ")})`, () => {
    const left = [...coming];
    faults.onWrite = () => left.shift() ?? "none";
    return Promise.resolve();
  });
}

/** Reads as a reader: no version may appear that was never accepted, or whose time has not come. */
export function read(path: string): Command {
  return command(`read(${path})`, async ({ allowed }) => {
    const body = await (await get(path)).text();
    const forbidden = (body.match(/Headline \d+\./g) ?? []).filter(
      (headline) => (allowed.get(headline) ?? Infinity) > Date.now(),
    );
    expect(forbidden).toEqual([]);
  });
}

export const evict: Command = {
  check: ({ articles }) => articles.size > 0,
  run: () => evictAllDurableObjects(),
  toString: () => "evict()",
};
