/** The editor's API of articles: upload, read, list, withdraw. */
import type { Context } from "hono";
import * as v from "valibot";
import { isId } from "../article/identity.ts";
import type { Site } from "../article/site.ts";
import { type Expectation, isMet, type Revisions } from "../desk/expectation.ts";
import type { Accepted, Outcome } from "../desk/outcome.ts";
import { articleKey, SITE_KEY, windowKey } from "../store/keys.ts";
import { ACCEPTED_TYPES, parserFor } from "../upload/formats.ts";
import type { Issue, Parsed } from "../upload/issue.ts";
import { EDITOR } from "./authentication.ts";
import { parseEntityTags } from "./entity-tag.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import { theDesk } from "./desk.ts";
import type { Memory } from "./memory.ts";
import { Refusal } from "./problems.ts";
import { view } from "./view.ts";

type ApiContext = Context<{ Bindings: Env }>;

const MAX_LISTED = 100;
const Limit = v.pipe(v.string(), v.digits(), v.transform(Number), v.minValue(1), v.maxValue(MAX_LISTED));

export class ArticleHandlers {
  readonly #site: Site;
  readonly #memory: Memory;

  constructor(site: Site, memory: Memory) {
    this.#site = site;
    this.#memory = memory;
  }

  /** PUT /api/articles/:id creates or revises the article with this id. */
  async put(c: ApiContext, id: string): Promise<Response> {
    return this.#upload(c, requireId(id));
  }

  /** POST /api/articles makes the id from date and headline. */
  async post(c: ApiContext): Promise<Response> {
    return this.#upload(c, undefined);
  }

  /** GET /api/articles/:id shows the article, whatever its status. */
  async get(c: ApiContext, id: string): Promise<Response> {
    const article = await theDesk(c.env).article(requireId(id));
    if (article === undefined)
      throw new Refusal("not-found", { detail: "There is no article with this id." });
    const tag = { ETag: revisionTag(article) };
    const { ifMatch, ifNoneMatch } = expectation(c);
    if (!isMet({ ifMatch }, article.revision)) throw new Refusal("precondition-failed", { headers: tag });
    if (!isMet({ ifNoneMatch }, article.revision)) return c.body(null, 304, tag);
    return c.json(view(this.#site, article), 200, tag);
  }

  /** GET /api/articles lists articles of every status in feed order, a page at a time. */
  async list(c: ApiContext): Promise<Response> {
    const limit = v.safeParse(Limit, c.req.query("limit") ?? String(MAX_LISTED));
    const cursor = c.req.query("cursor");
    const after = cursor === undefined ? undefined : readCursor(cursor);
    if (!limit.success || (cursor !== undefined && after === undefined)) {
      throw new Refusal("invalid-cursor", { members: { max: MAX_LISTED } });
    }
    const listed = await theDesk(c.env).articles(after, limit.output + 1);
    const articles = listed.slice(0, limit.output);
    const last = articles.at(-1);
    const next = listed.length > articles.length && last !== undefined ? writeCursor(last) : undefined;
    return c.json({ articles: articles.map((article) => view(this.#site, article)), next });
  }

  /** DELETE /api/articles/:id withdraws the article. */
  async delete(c: ApiContext, id: string): Promise<Response> {
    const outcome = await theDesk(c.env).withdraw(requireId(id), expectation(c), EDITOR);
    return this.#answer(c, outcome, []);
  }

  async #upload(c: ApiContext, id: string | undefined): Promise<Response> {
    const { draft, warnings } = accept(await this.#parse(c));
    const outcome = await theDesk(c.env).publish({
      draft,
      id,
      expectation: expectation(c),
      authority: this.#site.authority,
      actor: EDITOR,
    });
    return this.#answer(c, outcome, warnings);
  }

  async #parse(c: ApiContext): Promise<Parsed> {
    const parser = parserFor(c.req.header("Content-Type") ?? "");
    const coding = c.req.header("Content-Encoding")?.toLowerCase() ?? "identity";
    if (parser === undefined || coding !== "identity") {
      const types = ACCEPTED_TYPES.join(", ");
      throw new Refusal("unsupported-media-type", {
        headers: { Accept: types, "Accept-Post": types, "Accept-Encoding": "identity" },
        members: { accepted: types },
      });
    }
    return parser(new Uint8Array(await c.req.arrayBuffer()), this.#site);
  }

  #answer(c: ApiContext, outcome: Outcome, warnings: Issue[]): Response {
    const accepted = admit(outcome);
    const { article, change, feeds, resembles } = accepted;
    this.#memory.editions.forget(articleKey(article.id));
    this.#memory.editions.forget(SITE_KEY);
    for (const feed of feeds) this.#memory.editions.forget(windowKey(feed));
    const isCreated = change === "created";
    return c.json(
      { change, article: view(this.#site, article), feeds, warnings: [...warnings, ...likeness(resembles)] },
      isCreated ? 201 : 200,
      {
        ETag: revisionTag(article),
        ...(isCreated && { Location: `/api/articles/${article.id}` }),
      },
    );
  }
}

function likeness(resembles: string | undefined): Issue[] {
  if (resembles === undefined) return [];
  return [
    {
      line: 1,
      field: "body",
      reason: "resembles-article",
      detail:
        "An article with the same time and sections has nearly the same body: is this a second version of it?",
      found: resembles,
    },
  ];
}

function requireId(id: string): string {
  if (!isId(id)) throw new Refusal("invalid-id");
  return id;
}

function accept(parsed: Parsed): Extract<Parsed, { ok: true }> {
  if (parsed.ok) return parsed;
  const { issues, warnings } = parsed;
  const isUnreadable = issues.some(({ reason }) => reason === "not-utf-8");
  throw new Refusal(isUnreadable ? "unreadable-document" : "invalid-document", { issues, warnings });
}

function admit(outcome: Outcome): Accepted {
  if (outcome.ok) return outcome;
  const members = { article: outcome.id };
  switch (outcome.reason) {
    case "not-found":
      throw new Refusal("not-found", { members, detail: "There is no article with this id." });
    case "withdrawn":
      throw new Refusal("withdrawn", { members });
    case "expectation-failed":
      throw new Refusal("precondition-failed", {
        members: { ...members, revision: outcome.revision },
        ...(outcome.revision !== undefined && {
          headers: { ETag: revisionTag({ revision: outcome.revision }) },
        }),
      });
  }
}

function expectation(c: ApiContext): Expectation {
  return {
    ifMatch: revisions(c.req.header("If-Match"), "strong"),
    ifNoneMatch: revisions(c.req.header("If-None-Match"), "weak"),
  };
}

/** If-Match compares strongly, If-None-Match weakly (RFC 9110, sections 13.1.1 and 13.1.2). */
function revisions(field: string | undefined, comparison: "strong" | "weak"): Revisions | undefined {
  if (field === undefined) return undefined;
  const tags = parseEntityTags(field);
  if (tags === "*") return "*";
  return tags
    .filter(({ isWeak, opaque }) => /^[1-9]\d*$/.test(opaque) && !(isWeak && comparison === "strong"))
    .map(({ opaque }) => Number(opaque));
}

function revisionTag({ revision }: { revision: number }): string {
  return `"${revision}"`;
}
