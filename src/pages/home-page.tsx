/** The front page: sections, newest headlines, every feed. Pure. */
import { sectionFeed } from "../article/feed-id.ts";
import type { Site } from "../article/site.ts";
import { feedPath, homePath } from "../feed/addresses.ts";
import type { ListedSection } from "../feed/directory.ts";
import type { FeedDocument } from "../feed/document.ts";
import { FORMATS } from "../render/formats.ts";
import { Headlines } from "./parts/headlines.tsx";
import { LinkedData, websiteOf } from "./parts/linked-data.tsx";
import { renderPage } from "./parts/layout.tsx";

/**
 * The front page.
 * @param more the path of the list of all sections, where `sections` are only the most recently active
 */
export function homePage(
  site: Site,
  document: FeedDocument,
  sections: readonly ListedSection[],
  more?: string,
): string {
  return renderPage({
    site,
    title: site.title,
    description: site.description,
    language: site.language,
    canonical: document.homeUrl,
    head: <LinkedData data={websiteOf(site)} />,
    children: (
      <>
        <nav aria-label="Sections">
          <ul>
            {sections.map(({ id, title, count }) => (
              <li>
                <a href={homePath(sectionFeed(id))} dir="auto">
                  {title}
                </a>{" "}
                {count !== undefined && <span class="faint">{count}</span>}
              </li>
            ))}
            {more !== undefined && (
              <li>
                <a href={more}>All sections</a>
              </li>
            )}
          </ul>
        </nav>
        <Headlines items={document.items} timeZone={site.timeZone} />
        <h2 id="feeds">Feeds</h2>
        <p class="faint">
          <a href="/feeds">All feeds</a>, with addresses to copy and links to subscribe.
        </p>
        <div class="scroll">
          <table>
            <tbody>
              <FeedRow title="The whole site" feed="all" />
              {sections.map(({ id, title }) => (
                <FeedRow title={title} feed={sectionFeed(id)} />
              ))}
            </tbody>
          </table>
        </div>
      </>
    ),
  });
}

function FeedRow({ title, feed }: { title: string; feed: ReturnType<typeof sectionFeed> }) {
  return (
    <tr>
      <th scope="row" dir="auto">
        {title}
      </th>
      {FORMATS.map(({ format, name }) => (
        <td>
          <a href={feedPath(feed, format)}>{name}</a>
        </td>
      ))}
    </tr>
  );
}
