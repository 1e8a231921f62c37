import type { LocalDate } from '@app/kernel';
import type { DataSource } from 'typeorm';
import type { Tally } from './figure-definitions';
import type { Basis } from './figure-fold';

export type Tallies = ReadonlyMap<string, Tally>;
export const NO_TALLY: Tally = new Map();

/** Nothing was counted after that day, so that the running totals are its end. */
export const isLatest = async (dataSource: DataSource, basis: Basis, asOf: LocalDate): Promise<boolean> => {
  const rows = await dataSource.query<unknown[]>('select 1 from figure_counter where basis = $1 and day > $2 limit 1', [basis, asOf]);
  return rows.length === 0;
};

/** Everything below a prefix of scopes, `town:`. */
export const endOf = (prefix: string): string => `${prefix.slice(0, -1)};`;

/** Counts as they stood at the end of that day by a basis (R15), by what follows the prefix. */
export const talliesBelow = async (dataSource: DataSource, prefix: string, basis: Basis, asOf: LocalDate): Promise<Tallies> => {
  const within = 'basis = $3 and scope >= $1 and scope < $2';
  const bounds = [prefix, endOf(prefix), basis];
  const latest = await isLatest(dataSource, basis, asOf);
  const rows = await dataSource.query<{ scope: string; measure: string; key_day: string; n: number }[]>(
    latest
      ? `select scope, measure, key_day, n from figure_total where ${within} order by scope, measure, key_day`
      : `select scope, measure, key_day, sum(delta)::int as n from figure_counter
         where ${within} and day <= $4 group by 1, 2, 3 having sum(delta) <> 0 order by 1, 2, 3`,
    latest ? bounds : [...bounds, asOf],
  );
  const tallies = new Map<string, Map<string, Map<string, number>>>();
  for (const { scope, measure, key_day, n } of rows) {
    const id = scope.slice(prefix.length);
    const tally = tallies.get(id) ?? new Map<string, Map<string, number>>();
    const days = tally.get(measure) ?? new Map<string, number>();
    tallies.set(id, tally.set(measure, days.set(key_day, n)));
  }
  return tallies;
};

/** The same of several scopes in one sum. */
export const tallyOver = async (dataSource: DataSource, scopes: readonly string[], basis: Basis, asOf: LocalDate): Promise<Tally> => {
  const latest = await isLatest(dataSource, basis, asOf);
  const rows = await dataSource.query<{ measure: string; key_day: string; n: number }[]>(
    latest
      ? `select measure, key_day, sum(n)::int as n from figure_total where basis = $2 and scope = any($1) group by 1, 2 order by 1, 2`
      : `select measure, key_day, sum(delta)::int as n from figure_counter
         where basis = $2 and scope = any($1) and day <= $3 group by 1, 2 having sum(delta) <> 0 order by 1, 2`,
    latest ? [scopes, basis] : [scopes, basis, asOf],
  );
  const tally = new Map<string, Map<string, number>>();
  for (const { measure, key_day, n } of rows) {
    const days = tally.get(measure) ?? new Map<string, number>();
    tally.set(measure, days.set(key_day, n));
  }
  return tally;
};

/** One measure that has days of its own, by scope and day, within a span of these days. */
export const keyedCounts = async (
  dataSource: DataSource,
  { scopes, measure, basis, asOf }: Readonly<{ scopes: readonly string[]; measure: string; basis: Basis; asOf: LocalDate }>,
  { from, to }: Readonly<{ from: LocalDate; to: LocalDate }>,
): Promise<readonly Readonly<{ scope: string; day: LocalDate; n: number }>[]> => {
  const latest = await isLatest(dataSource, basis, asOf);
  const within = 'basis = $1 and scope = any($2) and measure = $3 and key_day >= $4 and key_day <= $5';
  const params = [basis, scopes, measure, from, to];
  return dataSource.query(
    latest
      ? `select scope, key_day as day, n from figure_total where ${within} order by key_day, scope`
      : `select scope, key_day as day, sum(delta)::int as n from figure_counter
         where ${within} and day <= $6 group by scope, key_day having sum(delta) <> 0 order by key_day, scope`,
    latest ? params : [...params, asOf],
  );
};

export const merged = (tallies: readonly Tally[]): Tally => {
  const sum = new Map<string, Map<string, number>>();
  for (const tally of tallies) {
    for (const [measure, days] of tally) {
      const into = sum.get(measure) ?? new Map<string, number>();
      for (const [day, n] of days) into.set(day, (into.get(day) ?? 0) + n);
      sum.set(measure, into);
    }
  }
  return sum;
};
