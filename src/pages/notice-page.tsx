/** A notice: a page that says one thing, such as that an article was withdrawn, and leads on. Pure. */
import type { Child } from "hono/jsx";
import type { Tombstone } from "../article/article.ts";
import type { Site } from "../article/site.ts";
import type { FeedItem } from "../feed/document.ts";
import { wordsFor } from "../words/words.ts";
import { Filled } from "./parts/filled.tsx";
import { renderPage } from "./parts/layout.tsx";
import type { Navigation } from "./parts/navigation.ts";
import { Story } from "./parts/story.tsx";
import { LongDay } from "./parts/time.tsx";

/** Where a notice leads: the sections, and the newest stories where they are known. */
export type Onward = { navigation?: Navigation | undefined; newest?: readonly FeedItem[] };

type Notice = Onward & { title: string; language: string; children: Child };

function noticePage(site: Site, { title, language, children, navigation, newest = [] }: Notice): string {
  const words = wordsFor(site.language);
  return renderPage({
    site,
    title: `${title} – ${site.title}`,
    language,
    head: <meta name="robots" content="noindex" />,
    navigation,
    children: (
      <div class="notice">
        <h1>{title}</h1>
        {children}
        <p class="onward">
          <a href="/" lang={words.language} dir="auto">
            {words.goToFrontPage}
          </a>
        </p>
        {newest.length > 0 && (
          <section class="block more" aria-labelledby="latest">
            <h2 id="latest" lang={words.language} dir="auto">
              {words.latest}
            </h2>
            <ul>
              {newest.map((item) => (
                <Story item={item} look="card" timeZone={site.timeZone} level={3} />
              ))}
            </ul>
          </section>
        )}
      </div>
    ),
  });
}

/** The page of an address with nothing. */
export function notFoundPage(site: Site, onward: Onward = {}): string {
  const words = wordsFor(site.language);
  return noticePage(site, {
    ...onward,
    title: words.notFound,
    language: words.language,
    children: <p>{words.notFoundDetail}</p>,
  });
}

/** The page of a withdrawn article: when it was withdrawn, and the newsroom's reason where it gave one. */
export function withdrawnPage(site: Site, { withdrawn, reason }: Tombstone, onward: Onward = {}): string {
  const words = wordsFor(site.language);
  const day = <LongDay instant={withdrawn} language={words.language} timeZone={site.timeZone} />;
  return noticePage(site, {
    ...onward,
    title: words.withdrawn,
    language: words.language,
    children: (
      <>
        <p>
          <Filled text={words.withdrawnBy} with={[<bdi>{site.publisher.name}</bdi>, day]} />
        </p>
        {reason !== undefined && <p dir="auto">{reason}</p>}
      </>
    ),
  });
}

/**
 * The page of a problem's type, in English as the problem documents are.
 * @param meaning one or two sentences
 */
export function problemPage(
  site: Site,
  { status, title, meaning }: { status: number; title: string; meaning: string },
  onward: Onward = {},
): string {
  return noticePage(site, {
    ...onward,
    title,
    language: "en",
    children: (
      <p>
        Status {status}. {meaning}
      </p>
    ),
  });
}
