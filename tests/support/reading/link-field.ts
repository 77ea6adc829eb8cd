/** The header field Link. */

/** A link as it is written, and the media type that it promises, if any. */
export type Link = { rel: string; href: string; type?: string | undefined };

/** The links of a header field (RFC 8288). */
export function fieldLinks(field: string | null): Link[] {
  return [...(field ?? "").matchAll(/<([^>]*)>((?:; *[\w*]+=(?:"[^"]*"|[^";,]*))*)/g)].map(
    ([, href = "", parameters = ""]) => ({
      href,
      rel: /rel="([^"]*)"/.exec(parameters)?.[1] ?? "",
      type: /type="([^"]*)"/.exec(parameters)?.[1],
    }),
  );
}
