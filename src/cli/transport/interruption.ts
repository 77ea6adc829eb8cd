/** Ctrl-C: the first lets the requests under way finish, the second breaks them off. */

// The terminal sends the signal to the command, and npm passes it on once more: one key press arrives twice.
const SAME_PRESS_MILLISECONDS = 500;
// Shells report a command that a signal ended as 128 plus the signal's number.
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

export type Interruption = {
  /** Aborted by the first signal: nothing new begins. */
  stopping: AbortSignal;
  /** Aborted by the second signal: requests under way are broken off. */
  aborting: AbortSignal;
  /** Stops as the first Ctrl-C does; for output that nobody reads any more. */
  stop: () => void;
  /** The exit code of the process after a signal; undefined when none came. */
  exitCode: () => number | undefined;
};

/**
 * Listens for SIGINT and SIGTERM.
 * @param onFirst called once, at the first signal
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

/** The interruption of a command that Ctrl-C simply ends: it never stops and never aborts. */
export function neverInterrupted(): Interruption {
  const { signal } = new AbortController();
  return { stopping: signal, aborting: signal, stop: () => undefined, exitCode: () => undefined };
}
