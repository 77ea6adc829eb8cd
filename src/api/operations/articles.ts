/** The operations that read articles. */
import { ListQuery, RevisionsQuery } from "../handlers/articles.ts";
import type { Operation } from "./operation.ts";
import { ARTICLE, REVISION } from "./parameters.ts";
import { ArticleList, ArticleView, RevisionList } from "../schemas/article.ts";
import { Page } from "../schemas/documents.ts";

export const READING: readonly Operation[] = [
  {
    id: "listArticles",
    method: "get",
    path: "/api/articles",
    summary: "List articles",
    description: "Lists articles of every status, or of one, the newest first, a page at a time.",
    access: "editors",
    query: ListQuery,
    answers: [
      { status: 200, description: "A page of the list.", content: { "application/json": ArticleList } },
    ],
    problems: ["invalid-query", "invalid-cursor"],
    example: { address: "/api/articles?status=published&limit=10" },
  },
  {
    id: "getArticle",
    method: "get",
    path: "/api/articles/{id}",
    summary: "Read an article",
    description: "Shows the article, whatever its status, as its newest revision has it.",
    access: "editors",
    parameters: ARTICLE,
    fields: ["If-Match", "If-None-Match"],
    answers: [
      {
        status: 200,
        description: "The article.",
        fields: ["ETag"],
        content: { "application/json": ArticleView },
      },
      { status: 304, description: "It still has the revision that If-None-Match names.", fields: ["ETag"] },
    ],
    problems: ["not-found", "precondition-failed", "invalid-id"],
    example: { address: "/api/articles/harbour-bridge" },
  },
  {
    id: "previewArticle",
    method: "get",
    path: "/api/articles/{id}/preview",
    summary: "Preview an article",
    description:
      "Shows the page that readers have, or will have, or would have if the article were published.",
    access: "editors",
    parameters: ARTICLE,
    answers: [{ status: 200, description: "The page.", content: { "text/html": Page } }],
    problems: ["not-found", "invalid-id"],
    example: { address: "/api/articles/harbour-bridge/preview", output: "preview.html" },
  },
  {
    id: "listRevisions",
    method: "get",
    path: "/api/articles/{id}/revisions",
    summary: "List an article's revisions",
    description: "Shows everything that the article ever said, the newest revision first, a page at a time.",
    access: "editors",
    parameters: ARTICLE,
    query: RevisionsQuery,
    answers: [
      { status: 200, description: "A page of the list.", content: { "application/json": RevisionList } },
    ],
    problems: ["invalid-query", "invalid-cursor", "not-found", "invalid-id"],
    example: { address: "/api/articles/harbour-bridge/revisions?limit=5" },
  },
  {
    id: "getRevision",
    method: "get",
    path: "/api/articles/{id}/revisions/{revision}",
    summary: "Read a revision",
    description: "Shows the article as one of its revisions had it.",
    access: "editors",
    parameters: REVISION,
    answers: [{ status: 200, description: "The revision.", content: { "application/json": ArticleView } }],
    problems: ["not-found", "invalid-id"],
    example: { address: "/api/articles/harbour-bridge/revisions/1" },
  },
];
