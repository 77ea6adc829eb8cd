/** The style's tokens: colours, families of type, measures. Everything else refers to them. Pure. */
import { PAPERS, type Scheme } from "../parts/colours.ts";

/** The ground of notes and of pictures to come: of all grounds the one that is most like the ink. */
export const WASH: Scheme = { light: "#f5f1e8", dark: "#22201b" };

/** @param accent legible on all grounds */
export function tokens({ light, dark }: Scheme): string {
  return `
:root {
  color-scheme: light dark;
  --paper: ${PAPERS.light};
  --ink: #17150f;
  --soft: #4b473e;
  --faint: #6a655a;
  --rule: #dcd6ca;
  --wash: ${WASH.light};
  --accent: ${light};
  --serif: Charter, "Bitstream Charter", "Sitka Text", Cambria, "Noto Serif", "Noto Naskh Arabic", "Geeza Pro", "Sakkal Majalla", serif;
  --sans: -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, "Noto Sans Arabic", sans-serif;
  --mono: ui-monospace, "Cascadia Mono", Menlo, Consolas, "Noto Sans Mono", monospace;
  --page: 78rem;
  --measure: 40rem;
  --edge: clamp(1rem, 4vw, 2.5rem);
  --gap: clamp(1.25rem, 2.4vw, 2.25rem);
  --small: 0.8125rem;
  --tight: -0.012em;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: ${PAPERS.dark};
    --ink: #ece8df;
    --soft: #c6c1b5;
    --faint: #a39d90;
    --rule: #3a372f;
    --wash: ${WASH.dark};
    --accent: ${dark};
  }
}
[dir="rtl"] { --tight: 0; }
@media (min-width: 110rem) {
  :root { font-size: 112.5%; }
}
`;
}
