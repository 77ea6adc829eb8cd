/** The mark of a draft in Atom (`app:draft`), in the one way that the parser knows. Pure. */

// The name that RFC 5023 gives the namespace, and the one that it had before, which Blogger and others still write.
const NAMESPACE = "http://www.w3.org/2007/app";
const EARLIER = /(\sxmlns(?::[\w.-]{1,40})?=["'])http:\/\/purl\.org\/atom\/app#/g;
// Names without a prefix, by a namespace that is declared on the element itself.
const UNPREFIXED =
  /<control\s+xmlns=["']http:\/\/www\.w3\.org\/2007\/app["']\s*>\s*<draft>([^<>]*)<\/draft>\s*<\/control>/g;

/**
 * @param text a feed
 * @returns the same, with the Atom Publishing Protocol's control elements (RFC 5023, section 13.1.1) under the namespace
 *   and with a prefix by which they are found
 */
export function withKnownNames(text: string): string {
  return text
    .replaceAll(EARLIER, `$1${NAMESPACE}`)
    .replaceAll(UNPREFIXED, `<app:control xmlns:app="${NAMESPACE}"><app:draft>$1</app:draft></app:control>`);
}
