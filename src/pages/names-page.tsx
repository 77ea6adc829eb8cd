/** The paginated list of all sections, or of all authors: each name links to the page that has its feeds. Pure. */
import type { Site } from "../article/site.ts";
import { homePath, listPath } from "../feed/addresses.ts";
import type { ListRecord } from "../store/directory.ts";
import type { ListedKind } from "../store/keys.ts";
import { wordsFor } from "../words/words.ts";
import { renderPage } from "./parts/layout.tsx";
import type { Navigation } from "./parts/navigation.ts";

/**
 * One list of names.
 * @param number of the list, from 1
 */
export function namesPage(
  site: Site,
  kind: ListedKind,
  number: number,
  { names, isFollowed }: ListRecord,
  navigation?: Navigation,
): string {
  const words = wordsFor(site.language);
  const about = {
    section: { heading: words.sections, description: words.allSectionsOf },
    author: { heading: words.authors, description: words.allAuthorsOf },
  }[kind];
  const title = number === 1 ? about.heading : words.numberedPage(about.heading, number);
  const path = listPath(kind, number);
  const previous = number > 1 ? listPath(kind, number - 1) : undefined;
  const next = isFollowed ? listPath(kind, number + 1) : undefined;
  return renderPage({
    site,
    title: `${title} – ${site.title}`,
    description: about.description(site.title),
    language: words.language,
    canonical: `${site.url}${path}`,
    navigation,
    children: (
      <>
        <h1>{title}</h1>
        {names.length === 0 && <p>{words.nothingPublished}</p>}
        <ul>
          {names.map(({ id, title: name }) => (
            <li>
              <a href={homePath(`${kind}:${id}`)} dir="auto">
                {name}
              </a>
            </li>
          ))}
        </ul>
        {(previous !== undefined || next !== undefined) && (
          <nav aria-label={words.pages}>
            <ul>
              {previous !== undefined && (
                <li>
                  <a href={previous} rel="prev">
                    {words.previousPage}
                  </a>
                </li>
              )}
              {next !== undefined && (
                <li>
                  <a href={next} rel="next">
                    {words.nextPage}
                  </a>
                </li>
              )}
            </ul>
          </nav>
        )}
      </>
    ),
  });
}
