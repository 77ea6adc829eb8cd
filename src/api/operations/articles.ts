/** Reading articles: one, a list, a preview, and their revisions. */
import * as v from "valibot";
import { type Article, STATUSES } from "../../article/article.ts";
import { preconditionsHold } from "../../desk/preconditions.ts";
import { Refusal } from "../../http/problems.ts";
import { articlePage } from "../../pages/article-page.tsx";
import { articleJson } from "../../render/article-json.ts";
import { revisionTag } from "../desk-refusals.ts";
import {
  paginate,
  PAGINATION,
  readNumber,
  readPagination,
  readPosition,
  writeNumber,
  writePosition,
} from "../pagination.ts";
import { ArticleList, ArticleView, RevisionList } from "../schemas/article.ts";
import { Page } from "../schemas/documents.ts";
import { preconditionsOf } from "../write-request.ts";
import { type Call, NOTHING, type Operation, operation } from "./operation.ts";
import { ARTICLE, noSuchRevision, REVISION } from "./parameters.ts";

const ListQuery = v.strictObject({
  ...PAGINATION,
  status: v.pipe(v.optional(v.picklist(STATUSES)), v.description("Lists only articles of this status.")),
});

export const READING: readonly Operation[] = [
  operation({
    ...NOTHING,
    id: "listArticles",
    method: "get",
    path: "/api/articles",
    summary: "List articles",
    description: "Lists articles of every status, or of one, the newest first, with pagination.",
    access: "signed-in",
    query: ListQuery,
    answers: [
      { status: 200, description: "A part of the list.", content: { "application/json": ArticleList } },
    ],
    problems: ["invalid-cursor"],
    example: { address: "/api/articles?status=published&limit=10" },
    handle:
      ({ site }) =>
      async ({ query: { status, ...asked }, desk }) => {
        const { after, limit } = readPagination(asked, readPosition);
        const found = await desk.articles(after, limit + 1, status);
        const { listed, next } = paginate(found, limit, writePosition);
        return Response.json({ articles: listed.map((article) => articleJson(site, article)), next });
      },
  }),
  operation({
    ...NOTHING,
    id: "getArticle",
    method: "get",
    path: "/api/articles/{id}",
    summary: "Read an article",
    description: "Returns the newest revision of the article, whatever its status.",
    access: "signed-in",
    params: ARTICLE,
    fields: ["If-Match", "If-None-Match"],
    answers: [
      {
        status: 200,
        description: "The article.",
        fields: ["ETag"],
        content: { "application/json": ArticleView },
      },
      { status: 304, description: "The article still has the revision in If-None-Match.", fields: ["ETag"] },
    ],
    problems: ["not-found", "precondition-failed", "invalid-id"],
    example: { address: "/api/articles/harbour-bridge" },
    handle:
      ({ site }) =>
      async ({ params: { id }, request, desk }) => {
        const article = await articleOf(desk, id);
        const headers = { ETag: revisionTag(article) };
        const { ifMatch, ifNoneMatch } = preconditionsOf(request);
        if (!preconditionsHold({ ifMatch }, article.revision))
          throw new Refusal("precondition-failed", { headers });
        if (!preconditionsHold({ ifNoneMatch }, article.revision))
          return new Response(null, { status: 304, headers });
        return Response.json(articleJson(site, article), { headers });
      },
  }),
  operation({
    ...NOTHING,
    id: "previewArticle",
    method: "get",
    path: "/api/articles/{id}/preview",
    summary: "Preview an article",
    description: "Returns the page of the article, as readers see it or would see it after publication.",
    access: "signed-in",
    params: ARTICLE,
    answers: [{ status: 200, description: "The page.", content: { "text/html": Page } }],
    problems: ["not-found", "invalid-id"],
    example: { address: "/api/articles/harbour-bridge/preview", output: "preview.html" },
    handle:
      ({ site }) =>
      async ({ params: { id }, desk }) => {
        const headers = { "Content-Type": "text/html; charset=UTF-8", "X-Robots-Tag": "noindex" };
        return new Response(articlePage(site, await articleOf(desk, id)), { headers });
      },
  }),
  operation({
    ...NOTHING,
    id: "listRevisions",
    method: "get",
    path: "/api/articles/{id}/revisions",
    summary: "List an article's revisions",
    description: "Lists all revisions of the article, the newest first, with pagination.",
    access: "signed-in",
    params: ARTICLE,
    query: v.strictObject(PAGINATION),
    answers: [
      { status: 200, description: "A part of the list.", content: { "application/json": RevisionList } },
    ],
    problems: ["invalid-cursor", "not-found", "invalid-id"],
    example: { address: "/api/articles/harbour-bridge/revisions?limit=5" },
    handle:
      ({ site }) =>
      async ({ params: { id }, query, desk }) => {
        const { after, limit } = readPagination(query, readNumber);
        const found = await desk.revisions(id, after, limit + 1);
        if (found.length === 0 && after === undefined) throw noSuchArticle();
        const { listed, next } = paginate(found, limit, ({ revision }) => writeNumber(revision));
        return Response.json({ revisions: listed.map((revision) => articleJson(site, revision)), next });
      },
  }),
  operation({
    ...NOTHING,
    id: "getRevision",
    method: "get",
    path: "/api/articles/{id}/revisions/{revision}",
    summary: "Read a revision",
    description: "Returns the article as it was in this revision.",
    access: "signed-in",
    params: REVISION,
    answers: [{ status: 200, description: "The revision.", content: { "application/json": ArticleView } }],
    problems: ["not-found", "invalid-id"],
    example: { address: "/api/articles/harbour-bridge/revisions/1" },
    handle:
      ({ site }) =>
      async ({ params: { id, revision }, desk }) => {
        const article = await desk.revision(id, revision);
        if (article === undefined) throw noSuchRevision();
        return Response.json(articleJson(site, article));
      },
  }),
];

async function articleOf(desk: Call["desk"], id: string): Promise<Article> {
  const article = await desk.article(id);
  if (article === undefined) throw noSuchArticle();
  return article;
}

function noSuchArticle(): Refusal {
  return new Refusal("not-found", { detail: "There is no article with this id." });
}
