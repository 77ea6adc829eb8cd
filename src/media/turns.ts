/** Turns at work that holds a whole picture in memory: an isolate has 128 MB for all of its requests. */

// Three pictures of the largest size, and half as much for all else.
const MAX_BYTES_AT_ONCE = 45_000_000;
const LOOK_MILLISECONDS = 20;
// A request whose client has gone may be cut off, and never says that its turn is over.
const MAX_TURN_MILLISECONDS = 30_000;

type Turn = { bytes: number; begun: number };

const turns = new Set<Turn>();

/**
 * Waits until there is room, and then does some work. Each request looks for room by itself: in workerd no request may go on in the
 * name of another.
 * @param bytes that the work holds
 */
export async function inTurn<T>(bytes: number, work: () => Promise<T>): Promise<T> {
  while (taken() > 0 && taken() + bytes > MAX_BYTES_AT_ONCE) await scheduler.wait(LOOK_MILLISECONDS);
  const turn = { bytes, begun: Date.now() };
  turns.add(turn);
  try {
    return await work();
  } finally {
    turns.delete(turn);
  }
}

function taken(): number {
  let bytes = 0;
  for (const turn of turns) {
    if (turn.begun < Date.now() - MAX_TURN_MILLISECONDS) turns.delete(turn);
    else bytes += turn.bytes;
  }
  return bytes;
}
