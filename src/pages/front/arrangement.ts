/** Arranges stories so that no section stands twice in a row, where that can be avoided. Pure. */

/**
 * Takes up to `places` members of a list, and puts them in an order.
 * @param list the members by weight, the heaviest first
 * @param kindOf the kind of a member
 * @param before the kind of what stands before the first place
 * @returns members by weight, as far as no two neighbours are of one kind. Where the list can't give so many, others fill the rest.
 */
export function arranged<T, K>(
  list: readonly T[],
  places: number,
  kindOf: (member: T) => K,
  before?: K,
): T[] {
  const left = [...list];
  const taken: T[] = [];
  const wanted = Math.min(places, list.length);
  let previous = before;
  while (taken.length < wanted) {
    const open = wanted - taken.length - 1;
    const fitting = left.filter((member) => kindOf(member) !== previous);
    const next =
      fitting.find((member) => canFollow(without(left, member), open, kindOf, kindOf(member))) ??
      fitting[0] ??
      left[0];
    if (next === undefined) break;
    taken.push(next);
    left.splice(left.indexOf(next), 1);
    previous = kindOf(next);
  }
  return taken;
}

/**
 * Whether `places` of these can stand in a row behind one of the kind `previous`, no two neighbours of one kind: of a kind at most
 * every second, which for `previous` begins with the second place.
 */
function canFollow<T, K>(
  members: readonly T[],
  places: number,
  kindOf: (member: T) => K,
  previous: K,
): boolean {
  const counts = new Map<K, number>();
  for (const member of members) counts.set(kindOf(member), (counts.get(kindOf(member)) ?? 0) + 1);
  let usable = 0;
  for (const [kind, count] of counts) {
    const most = kind === previous ? Math.floor(places / 2) : Math.ceil(places / 2);
    usable += Math.min(count, most);
  }
  return usable >= places;
}

function without<T>(members: readonly T[], one: T): T[] {
  const index = members.indexOf(one);
  return members.filter((_, at) => at !== index);
}
