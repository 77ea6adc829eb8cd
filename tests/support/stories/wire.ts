/** Wire documents. */

/** The parts of a wire document; what is left out gets a sensible value. */
export type Wire = {
  sections?: string;
  time?: string;
  headline?: string;
  summary?: string | undefined;
  body?: string;
};

export function wire({
  sections = "Politics",
  time = "2026-11-04T07:07:06+00:00",
  headline = "Harbour bridge reopens",
  summary = "The bridge over the harbour is open again.",
  body = "Cars crossed the bridge at noon.\n\nThe repairs took four months.",
}: Wire = {}): string {
  return `${sections} ${time}\n\n${headline}\n\n${summary === "" ? "" : `${summary}\n`}\n\n${headline}\n\n${body}\n`;
}
