/** GET /site.webmanifest: how a home screen shows the site. */
import { DEPLOYMENT_CACHING } from "../http/caching.ts";
import { manifestOf } from "../pages/head/manifest.ts";
import { UNWRITTEN } from "../store/edition.ts";
import type { PublicDoor, PublicHandler } from "./door.ts";

/** The manifest's handler; it reads nothing. */
export function serveManifest({ site, documents }: PublicDoor): PublicHandler {
  return (c) =>
    documents.respond(c.req.raw, Date.now(), {
      name: "manifest",
      edition: UNWRITTEN,
      values: [],
      variant: "manifest",
      mediaType: "application/manifest+json",
      fields: () => DEPLOYMENT_CACHING,
      render: () => manifestOf(site),
    });
}
