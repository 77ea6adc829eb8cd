/** The bound of a list in KV, which can always be written and is cheap to read. Pure, but for the log. */
import { bytesOf } from "../../article/bounds.ts";
import { report } from "../../report.ts";

/** Workers KV takes no longer value. */
export const MAX_VALUE_BYTES = 25 * 1024 * 1024;

/**
 * Those members of a list that fit into a value, the first ones first; of the others the log says how many there are.
 * @param maxBytes what they may have together, as JSON in UTF-8
 */
export function fittingList<Member>(key: string, members: readonly Member[], maxBytes: number): Member[] {
  let bytes = 0;
  const end = members.findIndex((member) => {
    bytes += bytesOf(JSON.stringify(member)) + 1;
    return bytes > maxBytes;
  });
  if (end < 0) return [...members];
  report("left-out", { key, reason: "list too long", members: members.length - end });
  return members.slice(0, end);
}
