/** How far a command is: a bar for a person at a terminal, plain lines for a pipe. */
import { Presets, SingleBar } from "cli-progress";
import type { Output } from "./output.ts";

export type Progress = {
  /** Says that so much has been done in all. */
  reach: (value: number) => void;
  /** One line of the result, which only a pipe needs: at a terminal the bar and the summary say it. */
  line: (text: string) => void;
  /** Takes the bar away. */
  end: () => void;
};

/**
 * @param total what will have been done at the end; undefined when nobody knows
 * @param streams a bar is drawn on stderr if that is a terminal; lines go to stdout unless both are one
 * @param isQuiet whether stdout is kept for JSON
 */
export function showProgress(
  total: number | undefined,
  out: Output,
  streams: { stdout: { isTTY?: boolean }; stderr: NodeJS.WritableStream & { isTTY?: boolean } },
  isQuiet: boolean,
): Progress {
  const hasBar = streams.stderr.isTTY === true && total !== undefined && total > 0;
  const hasLines = !isQuiet && !(hasBar && streams.stdout.isTTY === true);
  const line = hasLines ? (text: string) => out.line(text) : () => undefined;
  if (!hasBar) return { reach: () => undefined, line, end: () => undefined };
  const bar = new SingleBar(
    {
      stream: streams.stderr,
      format: "{bar} {percentage}%  {eta_formatted} left",
      clearOnComplete: true,
      // Ctrl-C is the command's to handle.
      gracefulExit: false,
    },
    Presets.legacy,
  );
  bar.start(total, 0);
  return { reach: (value) => bar.update(value), line, end: () => bar.stop() };
}
