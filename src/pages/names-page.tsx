/** The paginated list of all sections, or of all authors: each name links to the page that has its feeds. Pure. */
import type { Site } from "../article/site.ts";
import { homePath, listPath } from "../feed/addresses.ts";
import type { ListRecord } from "../store/directory.ts";
import type { ListedKind } from "../store/keys.ts";
import { renderPage } from "./parts/layout.tsx";

const TITLES = { section: "Sections", author: "Authors" } as const;

/**
 * One list of names.
 * @param number of the list, from 1
 */
export function namesPage(
  site: Site,
  kind: ListedKind,
  number: number,
  { names, isFollowed }: ListRecord,
): string {
  const title = number === 1 ? TITLES[kind] : `${TITLES[kind]}, page ${number}`;
  const path = listPath(kind, number);
  const previous = number > 1 ? listPath(kind, number - 1) : undefined;
  const next = isFollowed ? listPath(kind, number + 1) : undefined;
  return renderPage({
    site,
    title: `${title} – ${site.title}`,
    description: `All ${TITLES[kind].toLowerCase()} of ${site.title}, each with its own feeds.`,
    language: "en",
    canonical: `${site.url}${path}`,
    children: (
      <>
        <h1>{title}</h1>
        {names.length === 0 && <p>Nothing has been published here yet.</p>}
        <ul>
          {names.map(({ id, title: name }) => (
            <li>
              <a href={homePath(`${kind}:${id}`)} dir="auto">
                {name}
              </a>
            </li>
          ))}
        </ul>
        <nav aria-label="Pages">
          <ul>
            {previous !== undefined && (
              <li>
                <a href={previous} rel="prev">
                  Previous page
                </a>
              </li>
            )}
            {next !== undefined && (
              <li>
                <a href={next} rel="next">
                  Next page
                </a>
              </li>
            )}
          </ul>
        </nav>
      </>
    ),
  });
}
