import type { FindingId, LegId, LocalDate } from '@app/kernel';
import type { DataSource } from 'typeorm';
import { dayIn, stageIn } from './change-reasons';
import type { Basis } from './figure-fold';
import { isLatest } from './figure-tallies';

/** The facts of some scopes at the end of a day. */
export type FactsOn = Readonly<{ scopes: readonly string[]; basis: Basis; asOf: LocalDate }>;
export type UntouchedLeg = Readonly<{ findingId: FindingId; legId: LegId; number: string; unitId: string; since: LocalDate }>;
export type UpperFact = Readonly<{
  findingId: FindingId;
  number: string;
  stage: string | null;
  due: LocalDate | null;
  /** 县级销号 and 上级销号: the two closures (R23). */
  countyClearedOn: LocalDate | null;
  upperClearedOn: LocalDate | null;
}>;

const HELD = 'from_day <= $4 and (to_day is null or to_day > $4)';
/** What holds at the end of the latest day holds still, and is found without looking at what is over. */
const holds = (latest: boolean): string =>
  `basis = $1 and scopes && $2::text[] and measures && $3::text[] and ${latest ? '$4::text is not null and to_day is null' : HELD}`;

/** The first days by which legs were last touched, until they hold so many legs. */
const oldestDays = async (dataSource: DataSource, { scopes, basis, asOf }: FactsOn, count: number): Promise<readonly LocalDate[]> => {
  const latest = await isLatest(dataSource, basis, asOf);
  const within = `basis = $1 and scope = any($2) and measure = 'untouched'`;
  const rows = await dataSource.query<{ day: LocalDate; n: number }[]>(
    latest
      ? `select key_day as day, sum(n)::int as n from figure_total where ${within} group by 1 order by 1 limit $3`
      : `select key_day as day, sum(delta)::int as n from figure_counter where ${within} and day <= $4
         group by 1 having sum(delta) > 0 order by 1 limit $3`,
    latest ? [basis, scopes, count] : [basis, scopes, count, asOf],
  );
  let sum = 0;
  return rows.flatMap(({ day, n }) => {
    if (sum >= count) return [];
    sum += n;
    return [day];
  });
};

/** Acting legs whose unit's clock runs, the longest untouched first. */
export const longestUntouched = async (dataSource: DataSource, of: FactsOn, count: number): Promise<readonly UntouchedLeg[]> => {
  const days = await oldestDays(dataSource, of, count);
  if (days.length === 0) return [];
  const latest = await isLatest(dataSource, of.basis, of.asOf);
  const rows = await dataSource.query<{ finding_id: FindingId; part: LegId; number: string; scopes: string[]; measures: string[] }[]>(
    `select finding_id, part, number, scopes, measures from figure_fact where ${holds(latest)}
     order by (select min(m) from unnest(measures) m where m like 'untouched@%') collate "C", number, finding_id, part limit $5`,
    [of.basis, of.scopes, days.map((day) => `untouched@${day}`), of.asOf, count],
  );
  return rows.map(({ finding_id, part, number, scopes, measures }) => ({
    findingId: finding_id,
    legId: part,
    number,
    unitId: (scopes.find((scope) => scope.startsWith('unit:')) ?? '').slice('unit:'.length),
    since: (dayIn(measures, 'untouched') ?? of.asOf) as LocalDate,
  }));
};

/** Findings of an upper level, oldest number first. */
export const upperFacts = async (dataSource: DataSource, of: FactsOn, limit: number): Promise<readonly UpperFact[]> => {
  const latest = await isLatest(dataSource, of.basis, of.asOf);
  const rows = await dataSource.query<{ finding_id: FindingId; number: string; measures: string[] }[]>(
    `select finding_id, number, measures from figure_fact where ${holds(latest)} and part = '' order by number, finding_id limit $5`,
    [of.basis, of.scopes, ['upper'], of.asOf, limit],
  );
  return rows.map(({ finding_id, number, measures }) => ({
    findingId: finding_id,
    number,
    stage: stageIn(measures),
    due: dayIn(measures, 'open_by_due', 'open_by_due_immediate') as LocalDate | null,
    countyClearedOn: dayIn(measures, 'cleared_by_day', 'cleared_by_day_immediate') as LocalDate | null,
    upperClearedOn: dayIn(measures, 'upper_cleared') as LocalDate | null,
  }));
};
