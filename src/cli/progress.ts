/** The progress of a command: a bar for a person at a terminal, plain lines for a pipe. */
import { Presets, SingleBar } from "cli-progress";
import type { Output } from "./output.ts";

export type Progress = {
  /** Reports how much is done in all, in the unit of `total`. */
  reach: (value: number) => void;
  /** Writes a line of the result to a pipe; a terminal has the bar and the summary instead. */
  line: (text: string) => void;
  /** Removes the bar. */
  end: () => void;
};

/**
 * Shows the progress of a command.
 * @param total the value at the end; undefined when nobody knows
 * @param streams the bar goes to stderr if that is a terminal; lines go to stdout, unless both are terminals
 * @param isQuiet whether stdout is reserved for JSON
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
