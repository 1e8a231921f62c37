/**
 * What is ticked in a list after a row was. With `from`, the row that was ticked before, everything from there to here takes the same
 * state, as everywhere with the shift key. Keys of rows that are not shown stay as they are.
 */
export const tickedAfter = (
  shown: readonly string[],
  ticked: readonly string[],
  { key, on, from = null }: Readonly<{ key: string; on: boolean; from?: string | null }>,
): readonly string[] => {
  const at = shown.indexOf(key);
  const begin = from === null ? -1 : shown.indexOf(from);
  const meant = begin < 0 || at < 0 ? [key] : shown.slice(Math.min(begin, at), Math.max(begin, at) + 1);
  const set = new Set(ticked);
  for (const one of meant) {
    if (on) set.add(one);
    else set.delete(one);
  }
  return [...set];
};
