/** The editor's API of articles: read, list, preview, their revisions, and what a newsroom does to them. */
import type { Context } from "hono";
import * as v from "valibot";
import { isId } from "../../article/identity.ts";
import { STATUSES } from "../../article/article.ts";
import type { Site } from "../../article/site.ts";
import { preconditionsHold } from "../../desk/preconditions.ts";
import type { Action } from "../../desk/messages.ts";
import type { Principal } from "../../desk/principal.ts";
import { articlePage } from "../../pages/article-page.tsx";
import { changeResponse, forget } from "../write-response.ts";
import type { IsolateCache } from "../../http/isolate-cache.ts";
import {
  PAGINATION,
  readNumber,
  readPagination,
  readPosition,
  paginate,
  writeNumber,
  writePosition,
} from "../pagination.ts";
import { bodyBy } from "../authorised-body.ts";
import { flag, NoQuery, readBody, readQuery } from "../decode.ts";
import { theDesk } from "../../desk/stub.ts";
import { preconditionsOf, writeRequestOf } from "../write-request.ts";
import { acceptedOrThrow, revisionTag } from "../desk-refusals.ts";
import { Refusal } from "../../http/problems.ts";
import { articleJson } from "../article-json.ts";
import { CorrectBody, ExpireBody, note, PublishBody } from "../schemas/requests.ts";

type ApiContext = Context<{ Bindings: Env }>;

export const ListQuery = v.strictObject({
  ...PAGINATION,
  status: v.pipe(v.optional(v.picklist(STATUSES)), v.description("Lists only articles of this status.")),
});
export const RevisionsQuery = v.strictObject(PAGINATION);
export const WithdrawQuery = v.strictObject({
  reason: v.pipe(v.optional(note), v.description("Why it is withdrawn, for readers.")),
});
export const RestoreQuery = v.strictObject({
  silent: v.pipe(flag, v.description("Leaves `updated` as it is.")),
});
const NoBody = v.strictObject({});

export class ArticleHandlers {
  readonly #site: Site;
  readonly #cache: IsolateCache;

  constructor(site: Site, cache: IsolateCache) {
    this.#site = site;
    this.#cache = cache;
  }

  /** GET /api/articles/:id shows the article, whatever its status. */
  async get(c: ApiContext, id: string): Promise<Response> {
    const article = await theDesk(c.env).article(requireId(id));
    if (article === undefined)
      throw new Refusal("not-found", { detail: "There is no article with this id." });
    const tag = { ETag: revisionTag(article) };
    const { ifMatch, ifNoneMatch } = preconditionsOf(c.req.raw);
    if (!preconditionsHold({ ifMatch }, article.revision))
      throw new Refusal("precondition-failed", { headers: tag });
    if (!preconditionsHold({ ifNoneMatch }, article.revision)) return c.body(null, 304, tag);
    return c.json(articleJson(this.#site, article), 200, tag);
  }

  /** GET /api/articles/:id/preview shows the page that readers have, or will have, or would. */
  async preview(c: ApiContext, id: string): Promise<Response> {
    const article = await theDesk(c.env).article(requireId(id));
    if (article === undefined)
      throw new Refusal("not-found", { detail: "There is no article with this id." });
    return c.html(articlePage(this.#site, article), 200, { "X-Robots-Tag": "noindex" });
  }

  /** GET /api/articles lists articles in feed order, of every status or of one, a page at a time. */
  async list(c: ApiContext): Promise<Response> {
    const { status, ...page } = readQuery(c.req.queries(), ListQuery);
    const { after, limit } = readPagination(page, readPosition);
    const listed = await theDesk(c.env).articles(after, limit + 1, status);
    const { page: articles, next } = paginate(listed, limit, writePosition);
    return c.json({ articles: articles.map((article) => articleJson(this.#site, article)), next });
  }

  /** GET /api/articles/:id/revisions lists what the article ever said, the newest first, a page at a time. */
  async revisions(c: ApiContext, id: string): Promise<Response> {
    const { after, limit } = readPagination(readQuery(c.req.queries(), RevisionsQuery), readNumber);
    const found = await theDesk(c.env).revisions(requireId(id), after, limit + 1);
    if (found.length === 0 && after === undefined)
      throw new Refusal("not-found", { detail: "There is no article with this id." });
    const { page, next } = paginate(found, limit, ({ revision }) => writeNumber(revision));
    return c.json({ revisions: page.map((revision) => articleJson(this.#site, revision)), next });
  }

  /** GET /api/articles/:id/revisions/:revision shows one of them whole. */
  async revision(c: ApiContext, id: string, number: string): Promise<Response> {
    const article = await theDesk(c.env).revision(requireId(id), revisionNumber(number));
    if (article === undefined)
      throw new Refusal("not-found", { detail: "The article has no such revision." });
    return c.json(articleJson(this.#site, article));
  }

  /** DELETE /api/articles/:id withdraws the article. */
  async withdraw(c: ApiContext, actor: Principal, id: string): Promise<Response> {
    const { reason } = readQuery(c.req.queries(), WithdrawQuery);
    return this.#act(c, actor, id, { kind: "withdraw", reason }, new Uint8Array());
  }

  /** POST /api/articles/:id/reinstate takes a withdrawal back. */
  async reinstate(c: ApiContext, actor: Principal, id: string): Promise<Response> {
    readQuery(c.req.queries(), NoQuery);
    const body = await bodyBy(c, actor, "withdraw", "reinstate");
    readBody(body, NoBody);
    return this.#act(c, actor, id, { kind: "reinstate" }, body);
  }

  /** POST /api/articles/:id/publish publishes at once or at a given time: a draft, or what is under embargo. */
  async publish(c: ApiContext, actor: Principal, id: string): Promise<Response> {
    readQuery(c.req.queries(), NoQuery);
    const body = await bodyBy(c, actor, "publish", "publish");
    const { published } = readBody(body, PublishBody, { published: "published" });
    return this.#act(c, actor, id, { kind: "publish", published }, body);
  }

  /** POST /api/articles/:id/expire says when the article leaves the feeds by itself. */
  async expire(c: ApiContext, actor: Principal, id: string): Promise<Response> {
    readQuery(c.req.queries(), NoQuery);
    const body = await bodyBy(c, actor, "publish", "expire");
    const { expires } = readBody(body, ExpireBody, { expires: "expires" });
    return this.#act(c, actor, id, { kind: "expire", expires }, body);
  }

  /** POST /api/articles/:id/correct tells readers what was wrong. */
  async correct(c: ApiContext, actor: Principal, id: string): Promise<Response> {
    readQuery(c.req.queries(), NoQuery);
    const body = await bodyBy(c, actor, "publish", "correct");
    const { correction } = readBody(body, CorrectBody, { correction: "correction" });
    return this.#act(c, actor, id, { kind: "correct", correction }, body);
  }

  /** POST /api/articles/:id/revisions/:revision/restore brings back what a revision said, as a new one. */
  async restore(c: ApiContext, actor: Principal, id: string, number: string): Promise<Response> {
    const body = await bodyBy(c, actor, "publish", "restore");
    readBody(body, NoBody);
    const { silent: isSilent } = readQuery(c.req.queries(), RestoreQuery);
    const action: Action = { kind: "restore", revision: revisionNumber(number), isSilent };
    return this.#act(c, actor, id, action, body);
  }

  async #act(
    c: ApiContext,
    actor: Principal,
    id: string,
    action: Action,
    body: Uint8Array,
  ): Promise<Response> {
    const writeRequest = await writeRequestOf(c.req.raw, actor, body);
    const accepted = acceptedOrThrow(await theDesk(c.env).act(requireId(id), action, writeRequest));
    forget(this.#cache, accepted);
    return changeResponse(this.#site, accepted);
  }
}

function requireId(id: string): string {
  if (!isId(id)) throw new Refusal("invalid-id");
  return id;
}

function revisionNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new Refusal("not-found", { detail: "The article has no such revision." });
  return Number(text);
}
