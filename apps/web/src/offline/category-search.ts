export type SearchedCategory = Readonly<{ code: string; name: string; initials: string; parent: string | null }>;

const isLeaf = (one: SearchedCategory, all: readonly SearchedCategory[]): boolean => !all.some(({ parent }) => parent === one.code);

/** A piece of the name, or pinyin initials: from their beginning first, then anywhere. */
export const searchCategories = <T extends SearchedCategory>(all: readonly T[], typed: string, limit = 12): readonly T[] => {
  const wanted = typed.trim().toLowerCase().replaceAll(/\s+/g, '');
  const leaves = all.filter((one) => isLeaf(one, all));
  if (wanted === '') return leaves.slice(0, limit);
  const rank = (one: T): number => {
    const [name, initials] = [one.name.toLowerCase(), one.initials];
    if (name === wanted) return 0;
    if (name.startsWith(wanted) || initials.startsWith(wanted)) return 1;
    if (name.includes(wanted) || initials.includes(wanted)) return 2;
    return 3;
  };
  return leaves
    .map((one) => ({ one, at: rank(one) }))
    .filter(({ at }) => at < 3)
    .sort((a, b) => a.at - b.at)
    .slice(0, limit)
    .map(({ one }) => one);
};

/** The six filed last, filled up with others so that there is something to tap the first time. */
export const recentCategories = <T extends SearchedCategory>(all: readonly T[], codes: readonly string[], count = 6): readonly T[] => {
  const recent = codes.flatMap((code) => all.filter((one) => one.code === code));
  const others = all.filter((one) => !codes.includes(one.code) && isLeaf(one, all));
  return [...recent, ...others].slice(0, count);
};
