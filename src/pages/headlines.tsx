/** A list of articles, newest first. Pure. */
import type { FeedItem } from "../feed/document.ts";
import { Time } from "./time.tsx";

export function Headlines({ items }: { items: FeedItem[] }) {
  if (items.length === 0) return <p>Nothing has been published here yet.</p>;
  return (
    <ol class="headlines">
      {items.map((item) => (
        <li lang={item.language}>
          <h2 dir="auto">
            <a href={item.url}>{item.title}</a>
          </h2>
          <p dir="auto">{item.description}</p>
          <p class="faint">
            <Time instant={item.published} language={item.language} />
            {" · "}
            {item.categories.map(({ label }) => label).join(", ")}
          </p>
        </li>
      ))}
    </ol>
  );
}
