/** What a command says: results on stdout, everything else on stderr. */

export type Output = {
  /** A line of the result. */
  line: (text: string) => void;
  /** A line for whoever watches. */
  note: (text: string) => void;
  /** The result for programs. */
  json: (value: unknown) => void;
};

/**
 * The output of this process. A pipe whose reader has gone (`| head`) is not an error: what is written after that is
 * dropped.
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
    // At a terminal a progress bar may stand in this line.
    note: (text) => process.stderr.write(`${process.stderr.isTTY ? "\r\u{1b}[K" : ""}${printable(text)}\n`),
    json: (value) => write(JSON.stringify(value, undefined, 2)),
  };
}

/** A text of others' without what steers a terminal: control characters are replaced, line ends are kept. */
function printable(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n]/gu, "\u{fffd}");
}
