/** The site's decisions on security header fields; all others are the defaults of hono/secure-headers. Pure. */

/**
 * The options for hono/secure-headers.
 * @param frameOrigins the sites whose players a page may embed
 */
export function securityOptions(frameOrigins: readonly string[]) {
  return {
    // Feeds and pictures are there to be shown elsewhere.
    crossOriginResourcePolicy: "cross-origin",
    // Players refuse to play for a page that doesn't say where it is.
    referrerPolicy: "strict-origin-when-cross-origin",
    // Content Security Policy Level 3: pages have no scripts, no forms, and pictures and players from elsewhere.
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", "https:"],
      mediaSrc: ["https:"],
      frameSrc: [...frameOrigins],
      manifestSrc: ["'self'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  };
}
