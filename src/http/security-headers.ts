/** The security header fields of a response: what a browser may do with it. Pure. */
import type { Fields } from "./isolate-cache.ts";

/** @param frameOrigins the sites whose players a page may embed */
export function securityFields(frameOrigins: readonly string[]): Fields {
  return {
    // Content Security Policy Level 3: pages have no scripts, no forms, and pictures and players from elsewhere.
    "Content-Security-Policy": [
      "default-src 'none'",
      "style-src 'self'",
      "img-src 'self' https:",
      "media-src https:",
      `frame-src ${frameOrigins.join(" ")}`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join("; "),
    // Feeds and pictures are there to be shown elsewhere.
    "Cross-Origin-Resource-Policy": "cross-origin",
    // Players refuse to play for a page that doesn't say where it is.
    "Referrer-Policy": "strict-origin-when-cross-origin",
    // The others are the defaults of hono/secure-headers and of Helmet.
    "Cross-Origin-Opener-Policy": "same-origin",
    "Origin-Agent-Cluster": "?1",
    "Strict-Transport-Security": "max-age=15552000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-DNS-Prefetch-Control": "off",
    "X-Download-Options": "noopen",
    "X-Frame-Options": "SAMEORIGIN",
    "X-Permitted-Cross-Domain-Policies": "none",
    "X-XSS-Protection": "0",
  };
}
