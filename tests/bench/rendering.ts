/** What a feed costs to render, in this process: the renderers are pure. */
import { renderings } from "./render.ts";
import { BODY_BYTES, ITEMS } from "./reading/reading.ts";
import type { Scale } from "./scale.ts";
import { figure, table } from "./table.ts";

export function rendering(scale: Scale, say: (progress: string) => void): string {
  say("Rendering");
  return table(
    [`Render ${ITEMS} articles of ${BODY_BYTES / 1000} KB`, "ms", "KB", "MB of heap"],
    renderings(ITEMS, BODY_BYTES, scale.renderings).map(
      ({ name, milliseconds, kilobytes, heapMegabytes }) => [
        name,
        figure(milliseconds),
        figure(kilobytes),
        figure(heapMegabytes),
      ],
    ),
  );
}
