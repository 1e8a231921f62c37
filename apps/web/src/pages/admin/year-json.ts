import { c, t } from './texts';

export type NamedDay = Readonly<{ day: string; name: string }>;
/** A year's arrangement as the api takes it. */
export type YearData = Readonly<{ holidays: NamedDay[]; swappedWorkdays: NamedDay[]; reference: string }>;
export type Parsed = Readonly<{ year: number | null; data: YearData } | { fault: string }>;

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

const namedDays = (value: unknown): NamedDay[] | null => {
  if (!Array.isArray(value)) return null;
  const days = value.flatMap((one: unknown) =>
    isRecord(one) && typeof one['day'] === 'string' && DAY.test(one['day']) && typeof one['name'] === 'string' && one['name'].trim() !== ''
      ? [{ day: one['day'], name: one['name'].trim() }]
      : [],
  );
  return days.length === value.length ? days : null;
};

/** Reads what was pasted. Whether the arrangement is complete the server decides; here only whether it is one at all. */
export const parseYear = (text: string): Parsed => {
  if (text.trim() === '') return { fault: c('required', { label: t('yearJson') }) };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { fault: t('jsonBroken') };
  }
  if (!isRecord(value)) return { fault: t('jsonBroken') };
  const holidays = namedDays(value['holidays']);
  const swappedWorkdays = namedDays(value['swappedWorkdays']);
  if (holidays === null || holidays.length === 0) return { fault: t('jsonDays', { part: 'holidays' }) };
  if (swappedWorkdays === null) return { fault: t('jsonDays', { part: 'swappedWorkdays' }) };
  const reference = typeof value['reference'] === 'string' ? value['reference'].trim() : '';
  if (reference === '') return { fault: t('jsonReference') };
  const year = typeof value['year'] === 'number' ? value['year'] : null;
  return { year, data: { holidays, swappedWorkdays, reference } };
};

/** An arrangement as text to start from. */
export const yearText = (year: number, holidays: readonly NamedDay[], swappedWorkdays: readonly NamedDay[], reference: string): string =>
  JSON.stringify({ year, reference, holidays, swappedWorkdays }, null, 2);

export type Span = Readonly<{ name: string; from: string; to: string }>;
/** Days in a row of one name are told as one: 10-01 to 10-07. */
export const spansOf = (days: readonly NamedDay[]): readonly Span[] => {
  const spans: { name: string; from: string; to: string }[] = [];
  for (const { day, name } of [...days].sort((a, b) => (a.day < b.day ? -1 : 1))) {
    const last = spans.at(-1);
    const follows = last !== undefined && Date.parse(day) - Date.parse(last.to) === 86_400_000 && last.name === name;
    if (follows) last.to = day;
    else spans.push({ name, from: day, to: day });
  }
  return spans;
};

/** Festivals of every year that no day of an arrangement is named after; a name may say more, like the two that fall together. */
export const festivalsMissing = (holidays: readonly NamedDay[]): readonly string[] =>
  t('festivals')
    .split(t('comma'))
    .filter((festival) => !holidays.some(({ name }) => name.includes(festival)));
