import { addDays, idFrom, localDate, weekday, type FindingId, type LocalDate } from '@app/kernel';
import { NAMED_IN_THE_DOCUMENTS, personName } from '../kit/names';
import { Random } from '../kit/random';
import type { Case } from '../pingdu/cases';
import { KINDS, type Kind } from '../pingdu/kinds';
import { teamOf } from '../pingdu/organisation';
import type { Town } from '../pingdu/places';

/** How many findings, from which numbers, and on how many days they are found at least. */
export type Measure = Readonly<{ findings: number; seed: number; days?: number }>;

export const FIRST_DAY = localDate('2020-04-21');
const FOUND_FROM = localDate('2020-04-25');
/** The demo's thirteen weeks; more findings than these hold take more of them. */
const FEWEST_DAYS = 84;
const MOST_A_DAY = 1_000;
/** Enough to take minutes for a department, few enough that a finding stays a finding. */
const MOST_ITEMS = 12;
const SHARE_OF_A_WORKDAY = 0.45;

/** Numbers of one finding, list or day of its own, whatever is told before it. */
export const randomOf = (seed: number, ...of: readonly (string | number)[]): Random =>
  new Random(Number.parseInt(idFrom('large', seed, ...of).slice(0, 8), 16));

const isWeekend = (day: LocalDate): boolean => weekday(day) === 0 || weekday(day) === 6;

/** Days on which something is found, with the numbers of the findings of each: `from` up to but not including `to`. */
export const daysOf = ({
  findings,
  days: fewest = FEWEST_DAYS,
}: Measure): readonly Readonly<{ day: LocalDate; from: number; to: number }>[] => {
  const length = Math.max(fewest, Math.ceil(findings / MOST_A_DAY));
  const days = Array.from({ length }, (_, i) => addDays(FOUND_FROM, i));
  const weights = days.map((day) => (isWeekend(day) ? 1 : SHARE_OF_A_WORKDAY));
  const total = weights.reduce((a, b) => a + b, 0);
  let weight = 0;
  let from = 0;
  return days.map((day, i) => {
    weight += weights[i] ?? 0;
    const to = i === length - 1 ? findings : Math.floor((findings * weight) / total);
    const found = { day, from, to };
    from = to;
    return found;
  });
};
export const lastDayOf = (measure: Measure): LocalDate => daysOf(measure).at(-1)?.day ?? FOUND_FROM;

const pickKind = (random: Random, kinds: readonly Kind[]): Kind => {
  let left = random.int(0, kinds.reduce((sum, kind) => sum + kind.count, 0) - 1);
  return kinds.find((kind) => (left -= kind.count) < 0) ?? random.pick(kinds);
};

export const idOf = (seed: number, n: number): FindingId => idFrom('large', seed, 'finding', n) as FindingId;

/** The n-th finding before anything happened to it. */
export const caseOf = (random: Random, seed: number, n: number, towns: readonly Town[], kinds: readonly Kind[] = KINDS): Case => {
  const kind = pickKind(random, kinds);
  const town = random.pick(towns.filter((one) => one.withTask));
  const village = random.pick(town.villages);
  const items = kind.items === 0 ? 0 : random.int(2, MOST_ITEMS);
  return {
    n,
    id: idOf(seed, n),
    kind,
    town,
    village,
    team: teamOf(towns, town),
    serious: random.next() * 10 < kind.serious,
    text: kind.text(items > 0 ? town.name : `${town.name}${village.name}`, items),
    names: Array.from({ length: Math.max(1, items) }, () => personName(random, NAMED_IN_THE_DOCUMENTS)),
    items,
  };
};
