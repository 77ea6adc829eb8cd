/** The routes, on one screen. */
import { type Context, Hono } from "hono";
import { cors } from "hono/cors";
import { methodNotAllowed } from "hono/method-not-allowed";
import { secureHeaders } from "hono/secure-headers";
import { standingFeed } from "./article/feed-id.ts";
import type { Site } from "./article/site.ts";
import type { Access } from "./settings.ts";
import { PLAYER_ORIGINS } from "./upload/html/addresses.ts";
import { createApi } from "./api/api.ts";
import { REDIRECT_CACHING } from "./http/caching.ts";
import { canonicalAddress } from "./public/canonical-address.ts";
import { DescriptionHandlers } from "./api/handlers/description.ts";
import { undatedDocuments } from "./http/undated-documents.ts";
import { serveOpml, showFeeds, showNames } from "./public/directory.ts";
import { FEED_ROUTES } from "./public/feed-routes.ts";
import { servePoll, showFeed } from "./public/feeds.ts";
import { Authenticator } from "./auth/authenticate.ts";
import { IsolateCache } from "./http/isolate-cache.ts";
import type { PublicDoor } from "./public/door.ts";
import { serveFavicon, serveStyle, showArticle, showHome, showProblem, showTopic } from "./public/pages.ts";
import { problemResponse } from "./http/problems.ts";
import { PollCounter } from "./audience/poll-counter.ts";
import { isNewerLedger } from "./desk/ledger/schema/newer-ledger.ts";
import { errorResponses } from "./http/error-response.ts";
import { notFoundPage } from "./pages/notice-page.tsx";
import {
  serveArticlesSitemap,
  serveNamesSitemap,
  serveNewsSitemap,
  servePagesSitemap,
  serveRobots,
  serveSitemapIndex,
} from "./public/sitemaps.ts";
import { sectionsNamed } from "./public/redirects.ts";

const PREFLIGHT_SECONDS = 86_400;

type App = Hono<{ Bindings: Env }>;

/**
 * The whole HTTP side.
 * @param build names this deployment: part of every entity tag
 * @param access the Cloudflare Access team whose members may sign in as editors
 */
export function createApp(site: Site, build: string, access: Access | undefined): Pick<App, "fetch"> {
  const polls: App = new Hono();
  const app: App = new Hono();
  const cache = new IsolateCache();
  const authenticator = new Authenticator(access);
  const documents = undatedDocuments(cache, build);
  const counter = new PollCounter();
  const door: PublicDoor = { site, build, cache, documents };
  const description = new DescriptionHandlers(site, documents);
  const errors = errorResponses({
    siteUrl: site.url,
    notFoundPage: () => notFoundPage(site),
    isForEditors,
    codeOf: (thrown) => (isNewerLedger(thrown) ? "newer-ledger" : undefined),
  });

  // Polls come first, in an app of their own: nothing stands between a reader's software and a feed that it has already.
  for (const route of FEED_ROUTES) polls.get(route.path, servePoll(door, route, counter));
  polls.notFound((c) => app.fetch(c.req.raw, c.env, c.executionCtx));
  polls.onError((error, c) => errors.answer(c.req.raw, c.req.path, error));

  app.use(async (c, next) => {
    await next();
    const { headers } = c.res;
    headers.set("Date", cache.date(Date.now()));
    if (!headers.has("Cache-Control")) headers.set("Cache-Control", "no-store");
  });
  app.use(securityHeaders());
  app.use(async (c, next) => {
    const address = elsewhere(c.req.raw, site);
    if (address === undefined) return next();
    // A script that may read a feed may follow the way to it (Fetch Standard, CORS protocol).
    const headers = { ...REDIRECT_CACHING, Location: address, "Access-Control-Allow-Origin": "*" };
    return c.body(null, 301, headers);
  });
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: async (c, methods) => {
        // Hono gives a response the header fields of the one before it: a 404's, which may be kept for a moment.
        if (isForEditors(c.req.path)) await authenticator.authenticate(c);
        else c.res = undefined;
        return problemResponse(site.url, "method-not-allowed", { headers: { Allow: methods.join(", ") } });
      },
    }),
  );

  const preflight = cors({ origin: "*", allowMethods: ["GET", "HEAD"], maxAge: PREFLIGHT_SECONDS });
  for (const route of FEED_ROUTES) app.get(route.path, showFeed(door, route)).options(preflight);

  app.get("/", showHome(door));
  app.get("/sections/:name", showTopic(door, sectionsNamed));
  app.get("/feeds/:name", showTopic(door, standingFeed));
  app.get(
    "/authors/:name",
    showTopic(door, (id) => `author:${id}`),
  );
  app.get(
    "/tags/:name",
    showTopic(door, (id) => `tag:${id}`),
  );
  app.get("/articles/:id", showArticle(door));
  app.get("/problems/:code", showProblem(door));
  app.get("/feeds", showFeeds(door, authenticator));
  app.get("/sections", showNames(door, "section"));
  app.get("/sections/page/:number", showNames(door, "section"));
  app.get("/authors", showNames(door, "author"));
  app.get("/authors/page/:number", showNames(door, "author"));
  app.get("/feeds.opml", serveOpml(door)).options(preflight);
  app.get("/.well-known/feeds", serveOpml(door)).options(preflight);
  app.get("/robots.txt", serveRobots(door));
  app.get("/sitemap.xml", serveSitemapIndex(door));
  // In the root: a sitemap lists what lies in its own folder (sitemaps.org, "Sitemap file location").
  app.get("/sitemap-pages.xml", servePagesSitemap(door));
  app.get("/:file{sitemap-[0-9]+\\.xml}", serveArticlesSitemap(door));
  app.get("/:file{sitemap-sections-[0-9]+\\.xml}", serveNamesSitemap(door, "section"));
  app.get("/:file{sitemap-authors-[0-9]+\\.xml}", serveNamesSitemap(door, "author"));
  app.get("/news-sitemap.xml", serveNewsSitemap(door));
  app.get("/style.css", serveStyle(door));
  app.get("/favicon.svg", serveFavicon(door));
  app.get("/favicon.ico", (c) => redirectTo(c, site.favicon ?? "/favicon.svg"));
  app.get("/health", (c) => c.json({ status: "ok" }, 200, { "Cache-Control": "no-store" }));

  app.get("/api", (c) => description.page(c));
  app.get("/api/openapi.json", (c) => description.document(c));
  app.route("/api", createApi(site, cache, authenticator));

  app.notFound(async (c) => {
    if (isForEditors(c.req.path)) await authenticator.authenticate(c);
    return errors.notFound(c.req.raw, c.req.path);
  });
  app.onError((error, c) => errors.answer(c.req.raw, c.req.path, error));
  return {
    fetch: (request, bindings, ctx) =>
      (elsewhere(request, site) === undefined ? polls : app).fetch(request, bindings, ctx),
  };
}

/** The canonical address of what a reader asks for under another. */
function elsewhere({ method, url }: Request, { itemsPerFeed }: Site): string | undefined {
  return method === "GET" || method === "HEAD" ? canonicalAddress(url, itemsPerFeed) : undefined;
}

/** Whether a path is of the editors' API; its guide is for everybody. */
function isForEditors(path: string): boolean {
  return path.startsWith("/api/") && path !== "/api/";
}

function redirectTo(c: Context, address: string): Response {
  return c.body(null, 302, { ...REDIRECT_CACHING, Location: address });
}

function securityHeaders(): ReturnType<typeof secureHeaders> {
  return secureHeaders({
    // Feeds and pictures are there to be shown elsewhere.
    crossOriginResourcePolicy: "cross-origin",
    // Players refuse to play for a page that doesn't say where it is.
    referrerPolicy: "strict-origin-when-cross-origin",
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", "https:"],
      mediaSrc: ["https:"],
      frameSrc: [...PLAYER_ORIGINS],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  });
}
