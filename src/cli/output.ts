/** The output of a command: results on stdout, everything else on stderr. */

export type Output = {
  /** Writes a line of the result to stdout. */
  line: (text: string) => void;
  /** Writes a line for a person who watches to stderr. */
  note: (text: string) => void;
  /** Writes the result for programs to stdout, as JSON. */
  json: (value: unknown) => void;
};

/**
 * The output of this process. A pipe whose reader has gone (`| head`) is not an error: later output is dropped.
 * @param onClosed called when nobody reads stdout any more
 */
export function processOutput(onClosed: () => void): Output {
  let isClosed = false;
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    isClosed = true;
    onClosed();
  });
  process.stderr.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  const write = (text: string): void => {
    if (!isClosed) process.stdout.write(`${text}\n`);
  };
  return {
    line: (text) => write(printable(text)),
    // At a terminal a progress bar may be in this line.
    note: (text) => process.stderr.write(`${process.stderr.isTTY ? "\r\u{1b}[K" : ""}${printable(text)}\n`),
    json: (value) => write(JSON.stringify(value, undefined, 2)),
  };
}

/** Replaces control characters, which could steer the terminal: the text may come from others. Line ends stay. */
function printable(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n]/gu, "\u{fffd}");
}
