/** Fetch Metadata: the browser's own account of a request (W3C, "Fetch Metadata Request Headers", section 2). */

/** Whether somebody opened the address in a browser, rather than software requested the document. */
export function isNavigation({ headers }: Request): boolean {
  return headers.get("Sec-Fetch-Dest") === "document";
}
