/** Lists of tabs, by the numbers of their tickets, that several windows change at once. */

export const isSame = (one: readonly string[], other: readonly string[]): boolean => one.length === other.length && one.every((number, at) => number === other[at]);

/**
 * What was changed here, put onto what the server has. `base` is what the server had before, `mine` what became of it here, `theirs` what
 * the server has now: what was closed here is closed, what was opened here comes behind, and what was carried here stands in this order.
 */
export function merged(base: readonly string[], mine: readonly string[], theirs: readonly string[]): string[] {
  if (isSame(base, theirs)) return [...mine];
  const stays = theirs.filter((number) => mine.includes(number) || !base.includes(number));
  const all = [...stays, ...mine.filter((number) => !base.includes(number) && !theirs.includes(number))];
  const wasCarried = !isSame(
    base.filter((number) => mine.includes(number)),
    mine.filter((number) => base.includes(number)),
  );
  if (!wasCarried) return all;
  // The places of those that both have are filled anew, in the order here.
  const order = mine.filter((number) => all.includes(number)).values();
  return all.map((number) => (mine.includes(number) ? (order.next().value ?? number) : number));
}
