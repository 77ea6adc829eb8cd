/** GET /site.webmanifest: how a home screen shows the site. */
import { REDIRECT_CACHING } from "../http/caching.ts";
import { manifestOf } from "../pages/head/manifest.ts";
import { UNWRITTEN } from "../store/edition.ts";
import type { PublicDoor, PublicHandler } from "./door.ts";

export function serveManifest({ site, documents }: PublicDoor): PublicHandler {
  return (c) =>
    documents.respond(c.req.raw, Date.now(), {
      name: "manifest",
      edition: UNWRITTEN,
      values: [],
      variant: "manifest",
      mediaType: "application/manifest+json",
      fields: () => REDIRECT_CACHING,
      render: () => manifestOf(site),
    });
}
