type InQueue = Readonly<{ findingId: string }>;

/**
 * The finding to open next: the one after `current` as the queue stands; when `current` has left it, the one that moved up to its
 * place `was`; null when nothing else waits.
 */
export const nextAfter = (entries: readonly InQueue[], current: string, was = 0): string | null => {
  const ids = [...new Set(entries.map(({ findingId }) => findingId))];
  const at = ids.indexOf(current);
  const others = ids.filter((id) => id !== current);
  return others[at === -1 ? was : at] ?? others[0] ?? null;
};

/** `3 / 18`: where the finding stands in the queue; null when it is not (or no longer) in it. */
export const placeIn = (entries: readonly InQueue[], current: string): Readonly<{ n: number; of: number }> | null => {
  const ids = [...new Set(entries.map(({ findingId }) => findingId))];
  const at = ids.indexOf(current);
  return at === -1 ? null : { n: at + 1, of: ids.length };
};
