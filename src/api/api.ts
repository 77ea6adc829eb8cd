/** The editor's API: its routes, on one screen. Every one but the description asks who is there. */
import { type Context, Hono } from "hono";
import type { Site } from "../article/site.ts";
import type { Principal } from "../desk/principal.ts";
import { ArticleHandlers } from "./handlers/articles.ts";
import { listAudit, listRefusals } from "./handlers/audit.ts";
import { EDITOR_CACHING } from "../http/caching.ts";
import { listReaders } from "./handlers/readers.ts";
import { exportAll } from "./handlers/export.ts";
import type { Authenticator } from "../auth/authenticate.ts";
import { showHealth } from "./handlers/health.ts";
import { ImportHandler } from "./handlers/import.ts";
import type { IsolateCache } from "../http/isolate-cache.ts";
import { RefusalNotes } from "./refusal-notes.ts";
import { TokenHandlers } from "./handlers/tokens.ts";
import { UploadHandlers } from "./handlers/uploads.ts";

type Api = Hono<{ Bindings: Env }>;
type ApiContext = Context<{ Bindings: Env }>;

export function createApi(site: Site, cache: IsolateCache, authenticator: Authenticator): Api {
  const api: Api = new Hono();
  const uploads = new UploadHandlers(site, cache);
  const articles = new ArticleHandlers(site, cache);
  const tokens = new TokenHandlers();
  const notes = new RefusalNotes();
  const imports = new ImportHandler(site, notes);

  const by = async (c: ApiContext, handle: (actor: Principal) => Promise<Response>): Promise<Response> => {
    const actor = await authenticator.authenticate(c.req.raw, c.env);
    try {
      return await handle(actor);
    } catch (thrown) {
      notes.note(c, actor, thrown);
      throw thrown;
    }
  };

  api.use(async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(EDITOR_CACHING)) c.res.headers.set(name, value);
  });

  api.get("/articles", (c) => by(c, () => articles.list(c)));
  api.post("/articles", (c) => by(c, (actor) => uploads.post(c, actor)));
  api.get("/articles/:id", (c) => by(c, () => articles.get(c, c.req.param("id"))));
  api.put("/articles/:id", (c) => by(c, (actor) => uploads.put(c, actor, c.req.param("id"))));
  api.delete("/articles/:id", (c) => by(c, (actor) => articles.withdraw(c, actor, c.req.param("id"))));
  api.get("/articles/:id/preview", (c) => by(c, () => articles.preview(c, c.req.param("id"))));
  api.post("/articles/:id/publish", (c) => by(c, (actor) => articles.publish(c, actor, c.req.param("id"))));
  api.post("/articles/:id/expire", (c) => by(c, (actor) => articles.expire(c, actor, c.req.param("id"))));
  api.post("/articles/:id/correct", (c) => by(c, (actor) => articles.correct(c, actor, c.req.param("id"))));
  api.post("/articles/:id/reinstate", (c) =>
    by(c, (actor) => articles.reinstate(c, actor, c.req.param("id"))),
  );
  api.get("/articles/:id/revisions", (c) => by(c, () => articles.revisions(c, c.req.param("id"))));
  api.get("/articles/:id/revisions/:revision", (c) =>
    by(c, () => articles.revision(c, c.req.param("id"), c.req.param("revision"))),
  );
  api.post("/articles/:id/revisions/:revision/restore", (c) =>
    by(c, (actor) => articles.restore(c, actor, c.req.param("id"), c.req.param("revision"))),
  );

  api.post("/import", (c) => by(c, (actor) => imports.post(c, actor)));
  api.get("/export", (c) => by(c, (actor) => exportAll(c, actor)));

  api.get("/health", (c) => by(c, () => showHealth(c)));
  api.get("/readers", (c) => by(c, () => listReaders(c, site)));

  api.get("/tokens", (c) => by(c, (actor) => tokens.list(c, actor)));
  api.post("/tokens", (c) => by(c, (actor) => tokens.make(c, actor)));
  api.post("/tokens/:id/rotate", (c) => by(c, (actor) => tokens.rotate(c, actor, c.req.param("id"))));
  api.delete("/tokens/:id", (c) => by(c, (actor) => tokens.revoke(c, actor, c.req.param("id"))));

  api.get("/audit", (c) => by(c, (actor) => listAudit(c, actor)));
  api.get("/audit/refusals", (c) => by(c, (actor) => listRefusals(c, actor)));

  // Whatever else lies here is answered from within, so that nobody keeps that either.
  api.all("*", (c) => c.notFound());
  return api;
}
