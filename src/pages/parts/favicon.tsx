/** A favicon for a site that has none of its own: its first letter. Pure. */
import type { Site } from "../../article/site.ts";
import { markupOf } from "./markup.ts";

export function favicon({ title }: Site): string {
  const [initial = ""] = title.replace(/^The /u, "");
  return markupOf(
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
      <rect width="32" height="32" rx="5" fill="#8a2b12" />
      <text x="16" y="24" fill="#fff" font-family="Georgia, serif" font-size="24" text-anchor="middle">
        {initial}
      </text>
    </svg>,
  );
}
