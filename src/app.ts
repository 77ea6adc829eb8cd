/** Every route of every door, in the order in which a request meets them. */
import { type Context, type ExecutionContext, Hono, type MiddlewareHandler } from "hono";
import { cors } from "hono/cors";
import { methodNotAllowed } from "hono/method-not-allowed";
import { secureHeaders } from "hono/secure-headers";
import { createApi } from "./api/api.ts";
import { standingFeed } from "./article/feed-id.ts";
import type { Site } from "./article/site.ts";
import { PollCounter } from "./audience/poll-counter.ts";
import { Authenticator } from "./auth/authenticate.ts";
import { isNewerLedger } from "./desk/ledger/schema/newer-ledger.ts";
import { DEPLOYMENT_CACHING } from "./http/caching.ts";
import { errorResponses } from "./http/error-response.ts";
import { IsolateCache } from "./http/isolate-cache.ts";
import { problemResponse } from "./http/problems.ts";
import { securityOptions } from "./http/security-headers.ts";
import { undatedDocuments } from "./http/undated-documents.ts";
import { MANIFEST_PATH } from "./pages/head/manifest.ts";
import { showArchive } from "./public/archive-pages.ts";
import { canonicalAddress } from "./public/canonical-address.ts";
import { serveOpml, showFeeds, showNames } from "./public/directory.ts";
import type { PublicContext, PublicDoor } from "./public/door.ts";
import { authorById, FEED_ROUTES, tagById } from "./public/feed-routes.ts";
import { type NoFeed, servePoll, showFeed } from "./public/feeds.ts";
import { showHome } from "./public/front-page.ts";
import { serveMedia } from "./public/media.ts";
import { notFound } from "./public/notices.ts";
import * as pages from "./public/pages.ts";
import type { CallbackRules } from "./hub/callback.ts";
import { takeSubscription } from "./public/hub-requests.ts";
import { serveManifest } from "./public/manifest.ts";
import { PollMemo } from "./public/poll-memo.ts";
import { sectionsNamed } from "./public/redirects.ts";
import * as sitemaps from "./public/sitemaps.ts";
import type { Access } from "./settings.ts";
import { PLAYER_ORIGINS } from "./upload/html/addresses.ts";

/** The folders of topics, each with the feed that a name in it stands for. */
const TOPICS = [
  ["sections", sectionsNamed],
  ["feeds", standingFeed],
  ["authors", authorById],
  ["tags", tagById],
] as const;

const PREFLIGHT_SECONDS = 86_400;

type Routes = Hono<{ Bindings: Env }>;

export type App = {
  fetch: (request: Request, env: Env, context: ExecutionContext) => Response | Promise<Response>;
};

/**
 * Creates the app: the whole HTTP side.
 * @param build names this deployment: part of every entity tag
 * @param access the Cloudflare Access team whose members may sign in as editors
 * @param callbacks which ones the hub takes, for subscriptions and for webhooks
 * @param cache of the isolate
 */
export function createApp(
  site: Site,
  build: string,
  access: Access | undefined,
  callbacks: CallbackRules = { siteUrl: site.url, isLoopbackAllowed: false },
  cache = new IsolateCache(),
): App {
  const app: Routes = new Hono();
  const rest: Routes = new Hono();
  const authenticator = new Authenticator(access);
  const documents = undatedDocuments(cache, build);
  const door: PublicDoor = { site, build, cache, documents };
  const errors = errorResponses({
    siteUrl: site.url,
    isForEditors,
    codeOf: (thrown) => (isNewerLedger(thrown) ? "newer-ledger" : undefined),
  });
  const notFoundAt = (c: PublicContext) => errors.notFound(c.req.raw, c.req.path, () => notFound(door, c));
  const answerTo = (c: PublicContext, error: Error) =>
    errors.answer(c.req.raw, c.req.path, error, () => notFound(door, c));
  // Every response but a feed's has the security fields, and says when it was made and how long it may be kept.
  const secure = secureHeaders(securityOptions(PLAYER_ORIGINS));
  const finish: MiddlewareHandler = async (c, next) => {
    let policy: string | null = null;
    await secure(c, async () => {
      await next();
      policy = c.res.headers.get("Content-Security-Policy");
    });
    const { headers } = c.res;
    // A picture has a stricter one than a page.
    if (policy !== null) headers.set("Content-Security-Policy", policy);
    headers.set("Date", cache.date(Date.now()));
    if (!headers.has("Cache-Control")) headers.set("Cache-Control", "no-store");
  };
  const finished = async (c: Context, response: Response): Promise<Response> => {
    c.res = response;
    await finish(c, () => Promise.resolve());
    return c.res;
  };

  // Polls come first, in a router of their own, with one handler a route: no middleware stands between a reader's software and a
  // feed that it has already. People, and requests for anything else, go on to the rest.
  // What a poll has found answers those that follow, before any router.
  const polls = new PollCounter();
  const memo = new PollMemo(cache, polls);
  const noFeed: NoFeed = {
    movedTo: (c, address) => finished(c, redirectTo(address)),
    notFound: async (c) => finished(c, await notFoundAt(c)),
  };
  for (const route of FEED_ROUTES) app.get(route.path, servePoll(door, route, polls, memo, noFeed));
  app.notFound((c) => rest.fetch(c.req.raw, c.env, c.executionCtx));
  app.onError((error, c) => answerTo(c, error));

  rest.use(finish);
  rest.use(async (c, next) => {
    const { method, url } = c.req;
    const isRead = method === "GET" || method === "HEAD";
    const address = isRead ? canonicalAddress(url, site.itemsPerFeed) : undefined;
    return address === undefined ? next() : redirectTo(address);
  });
  rest.use(
    methodNotAllowed({
      app: rest,
      onMethodNotAllowed: async (c, methods) => {
        // Hono gives a response the header fields of the one before it: a 404's, which may be kept for a moment.
        if (isForEditors(c.req.path)) await authenticator.authenticate(c.req.raw, c.env);
        else c.res = undefined;
        return problemResponse(site.url, "method-not-allowed", { headers: { Allow: methods.join(", ") } });
      },
    }),
  );

  const preflight = cors({ origin: "*", allowMethods: ["GET", "HEAD"], maxAge: PREFLIGHT_SECONDS });
  for (const route of FEED_ROUTES) rest.get(route.path, showFeed(door, route)).options(preflight);

  rest.get("/", showHome(door));
  rest.get(
    "/archive/:page",
    showArchive(door, () => "all"),
  );
  for (const [folder, feedOf] of TOPICS) {
    rest.get(`/${folder}/:name`, pages.showTopic(door, feedOf));
    rest.get(`/${folder}/:name/archive/:page`, showArchive(door, feedOf));
  }
  rest.get("/articles/:id", pages.showArticle(door));
  rest.get("/media/:name", serveMedia()).options(preflight);
  rest.get("/problems/:code", pages.showProblem(door));
  rest.get("/feeds", showFeeds(door, authenticator));
  rest.get("/sections", showNames(door, "section"));
  rest.get("/sections/page/:number", showNames(door, "section"));
  rest.get("/authors", showNames(door, "author"));
  rest.get("/authors/page/:number", showNames(door, "author"));
  rest.get("/feeds.opml", serveOpml(door)).options(preflight);
  rest.get("/.well-known/feeds", serveOpml(door)).options(preflight);
  rest.get("/robots.txt", sitemaps.serveRobots(door));
  rest.get("/sitemap.xml", sitemaps.serveSitemapIndex(door));
  // In the root: a sitemap lists what lies in its own folder (sitemaps.org, "Sitemap file location").
  rest.get("/sitemap-pages.xml", sitemaps.servePagesSitemap(door));
  rest.get("/:file{sitemap-[0-9]+\\.xml}", sitemaps.serveArticlesSitemap(door));
  rest.get("/:file{sitemap-sections-[0-9]+\\.xml}", sitemaps.serveNamesSitemap(door, "section"));
  rest.get("/:file{sitemap-authors-[0-9]+\\.xml}", sitemaps.serveNamesSitemap(door, "author"));
  rest.get("/news-sitemap.xml", sitemaps.serveNewsSitemap(door));
  rest.get("/style.css", pages.serveStyle(door));
  rest.get("/favicon.svg", pages.serveFavicon(door));
  rest.get(MANIFEST_PATH, serveManifest(door));
  rest.get("/favicon.ico", (c) =>
    c.body(null, 302, { ...DEPLOYMENT_CACHING, Location: site.favicon ?? "/favicon.svg" }),
  );
  if (site.hub !== undefined) rest.post("/hub", takeSubscription(door, callbacks));
  rest.get("/health", (c) => c.json({ status: "ok" }, 200, { "Cache-Control": "no-store" }));

  rest.route("/", createApi(site, cache, documents, authenticator, callbacks));

  rest.notFound(async (c) => {
    if (isForEditors(c.req.path)) await authenticator.authenticate(c.req.raw, c.env);
    return notFoundAt(c);
  });
  rest.onError((error, c) => answerTo(c, error));
  return {
    fetch: (request, env, context) => memo.answer(request, env, context) ?? app.fetch(request, env, context),
  };
}

/** The redirect to the canonical address of a public document. */
function redirectTo(address: string): Response {
  // A script that may read a feed may follow the way to it (Fetch Standard, CORS protocol).
  const headers = { ...DEPLOYMENT_CACHING, Location: address, "Access-Control-Allow-Origin": "*" };
  return new Response(null, { status: 301, headers });
}

/** Whether a path is of the editors' API; its guide is for everybody. */
function isForEditors(path: string): boolean {
  return path.startsWith("/api/") && path !== "/api/";
}
