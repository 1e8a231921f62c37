/** Endings under which the same unit appears in different sheets; the longest is taken off first. */
const ENDINGS = [
  '街道办事处',
  '人民政府',
  '村民委员会',
  '居民委员会',
  '管理委员会',
  '委员会',
  '街道办',
  '村委会',
  '居委会',
  '管委会',
  '办事处',
  '街道',
  '政府',
  '社区',
  '镇',
  '乡',
  '村',
  '局',
  '办',
];

/** Full-width to half-width, no spaces, no brackets: what two spellings of a name have in common. */
export const normalName = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s·•.,，、。()（）\-—_]/g, '')
    .toLowerCase();

/** The name without its administrative endings (`大泽山镇人民政府` → `大泽山`); at least two characters stay. */
export const coreName = (text: string): string => {
  let name = normalName(text);
  for (;;) {
    const ending = ENDINGS.find((e) => name.endsWith(e) && name.length - e.length >= 2);
    if (ending === undefined) return name;
    name = name.slice(0, -ending.length);
  }
};

/** Levenshtein distance over characters; stops counting above `limit` and answers limit + 1. */
export const editDistance = (a: string, b: string, limit: number): number => {
  const left = [...a];
  const right = [...b];
  if (Math.abs(left.length - right.length) > limit) return limit + 1;
  let row = right.map((_, i) => i + 1);
  for (const [i, x] of left.entries()) {
    let diagonal = i;
    let before = i + 1;
    const next: number[] = [];
    for (const [j, y] of right.entries()) {
      const above = row[j] ?? 0;
      const here = Math.min(above + 1, before + 1, diagonal + (x === y ? 0 : 1));
      next.push(here);
      diagonal = above;
      before = here;
    }
    row = next;
    if (Math.min(i + 1, ...row) > limit) return limit + 1;
  }
  return row.at(-1) ?? left.length;
};
