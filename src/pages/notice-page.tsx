/** A notice: a page that says one thing, such as that an article was withdrawn. Pure. */
import type { Child } from "hono/jsx";
import type { Tombstone } from "../article/article.ts";
import type { Site } from "../article/site.ts";
import { renderPage } from "./parts/layout.tsx";
import { LongDay } from "./parts/time.tsx";

export function noticePage(site: Site, title: string, children: Child): string {
  return renderPage({
    site,
    title: `${title} – ${site.title}`,
    language: site.language,
    head: <meta name="robots" content="noindex" />,
    children: (
      <>
        <h1>{title}</h1>
        {children}
        <p>
          <a href="/">Go to the front page</a>
        </p>
      </>
    ),
  });
}

export function notFoundPage(site: Site): string {
  return noticePage(site, "There is nothing here", <p>No page, section or article has this address.</p>);
}

export function withdrawnPage(site: Site, { withdrawn, reason }: Tombstone): string {
  const day = <LongDay instant={withdrawn} language={site.language} timeZone={site.timeZone} />;
  return noticePage(
    site,
    "This article was withdrawn",
    <>
      <p>
        {site.publisher.name} withdrew it on {day}.
      </p>
      {reason !== undefined && <p dir="auto">{reason}</p>}
    </>,
  );
}

/** The page of a problem's type. @param meaning one or two sentences */
export function problemPage(site: Site, status: number, title: string, meaning: string): string {
  return noticePage(
    site,
    title,
    <p>
      Status {status}. {meaning}
    </p>,
  );
}
