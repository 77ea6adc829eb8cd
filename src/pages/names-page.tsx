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
  const others = [
    ...(number > 1 ? [{ to: number - 1, rel: "prev", text: words.previousPage }] : []),
    ...(isFollowed ? [{ to: number + 1, rel: "next", text: words.nextPage }] : []),
  ];
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
        {others.length > 0 && (
          <nav aria-label={words.pages}>
            <ul>
              {others.map(({ to, rel, text }) => (
                <li>
                  <a href={listPath(kind, to)} rel={rel}>
                    {text}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        )}
      </>
    ),
  });
}
