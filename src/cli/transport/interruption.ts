/** Ctrl-C: the first lets what is under way finish, the second breaks it off. */

// npm passes the signal on to the command, which a terminal has sent it to already: one key press arrives twice.
const SAME_PRESS_MILLISECONDS = 500;
// What a shell reports of a command that a signal ended: 128 and the signal's number.
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

export type Interruption = {
  /** Aborted by the first signal: nothing new is begun. */
  stopping: AbortSignal;
  /** Aborted by the second: what is under way is broken off. */
  aborting: AbortSignal;
  /** Begins nothing new, as the first Ctrl-C does; for when the output is closed. */
  stop: () => void;
  /** What the process must exit with after a signal; undefined when none came. */
  exitCode: () => number | undefined;
};

/**
 * Listens for SIGINT and SIGTERM.
 * @param onFirst called once, when the first comes
 * @param now a clock in milliseconds
 */
export function listenForInterruption(
  onFirst: () => void,
  now: () => number = () => performance.now(),
): Interruption {
  const stopping = new AbortController();
  const aborting = new AbortController();
  let first: { exitCode: number; at: number } | undefined;
  const receive = (signal: keyof typeof EXIT_CODES): void => {
    if (first === undefined) {
      first = { exitCode: EXIT_CODES[signal], at: now() };
      stopping.abort();
      onFirst();
    } else if (now() - first.at > SAME_PRESS_MILLISECONDS) {
      aborting.abort();
    }
  };
  process.on("SIGINT", receive);
  process.on("SIGTERM", receive);
  return {
    stopping: stopping.signal,
    aborting: aborting.signal,
    stop: () => stopping.abort(),
    exitCode: () => first?.exitCode,
  };
}

/** For a command that Ctrl-C simply ends: never stops, never aborts. */
export function neverInterrupted(): Interruption {
  const { signal } = new AbortController();
  return { stopping: signal, aborting: signal, stop: () => undefined, exitCode: () => undefined };
}
