/** Reports that come again. Pure. */
import { isSuccess, type Outcome } from "../messages.ts";

/**
 * Whether another report has counted since the letter was taken, so that this one tells nothing new.
 * @param recipient as it is now
 * @param isOpen whether a success would bring it something: whoever reported before, that is no repetition
 */
export function isRepetition(
  { settled, version, result }: Outcome,
  recipient: Pick<Outcome, "settled" | "version">,
  isOpen: boolean,
): boolean {
  if (settled === recipient.settled) return false;
  return !isSuccess(result) || version !== recipient.version || !isOpen;
}
