import type { LocalDate } from '@app/kernel';
import type { Tx } from '@app/read-store';
import type { Needed, Tally } from './figure-definitions';
import type { Basis } from './figure-fold';

export type Tallies = ReadonlyMap<string, Tally>;
export const NO_TALLY: Tally = new Map();

/** Nothing was counted after that day, so that the running totals are its end. */
export const isLatest = async (db: Tx, basis: Basis, asOf: LocalDate): Promise<boolean> => {
  const rows = await db.query<unknown[]>('select 1 from figure_counter where basis = $1 and day > $2 limit 1', [basis, asOf]);
  return rows.length === 0;
};

/** Everything below a prefix of scopes, `town:`. */
export const endOf = (prefix: string): string => `${prefix.slice(0, -1)};`;

/** The end of a day by a basis (R15). */
export type Moment = Readonly<{ basis: Basis; asOf: LocalDate; latest: boolean }>;
export const momentOf = async (db: Tx, basis: Basis, asOf: LocalDate): Promise<Moment> => ({
  basis,
  asOf,
  latest: await isLatest(db, basis, asOf),
});

type Span = Readonly<{ scope: string; measure: string; span: number; n: number }>;

const spansWithin = (
  db: Tx,
  { scope, within, of }: Readonly<{ scope: string; within: string; of: readonly unknown[] }>,
  { basis, asOf, latest }: Moment,
  { measures, spans }: Needed,
): Promise<readonly Span[]> => {
  const counted = `basis = $1 and measure = any($2) and ${within}`;
  const by = `${scope} as scope, measure, width_bucket(key_day, $3::text[]) as span`;
  return db.query(
    latest
      ? `select ${by}, sum(n)::int as n from figure_total where ${counted} and $4::text is not null group by 1, 2, 3`
      : `select ${by}, sum(delta)::int as n from figure_counter where ${counted} and day <= $4 group by 1, 2, 3 having sum(delta) <> 0`,
    [basis, measures, spans, asOf, ...of],
  );
};

const put = (tally: Map<string, Map<string, number>>, { measure, span, n }: Span, { spans }: Needed): void => {
  const days = tally.get(measure) ?? new Map<string, number>();
  // What has no day comes before all spans.
  tally.set(measure, days.set(span === 0 ? '' : (spans[span - 1] ?? ''), n));
};

/**
 * Counts as they stood, of scopes of one kind by what follows their prefix, as far as figures need them: the days of a span, which no
 * figure tells apart, are one sum under the first of them.
 */
export const spansBelow = async (db: Tx, prefix: string, moment: Moment, needed: Needed): Promise<Tallies> => {
  const tallies = new Map<string, Map<string, Map<string, number>>>();
  if (needed.measures.length === 0) return tallies;
  const below = { scope: 'scope', within: 'scope >= $5 and scope < $6', of: [prefix, endOf(prefix)] };
  for (const row of await spansWithin(db, below, moment, needed)) {
    const id = row.scope.slice(prefix.length);
    const tally = tallies.get(id) ?? new Map<string, Map<string, number>>();
    put(tally, row, needed);
    tallies.set(id, tally);
  }
  return tallies;
};

/** The same of several scopes in one sum. */
export const spansOver = async (db: Tx, scopes: readonly string[], moment: Moment, needed: Needed): Promise<Tally> => {
  const tally = new Map<string, Map<string, number>>();
  const these = { scope: `''`, within: 'scope = any($5)', of: [scopes] };
  for (const row of await spansWithin(db, these, moment, needed)) put(tally, row, needed);
  return tally;
};

/** The scopes of one kind that were ever counted. Goes from one to the next along the key, and never over what is counted in them. */
export const scopesBelow = async (db: Tx, prefix: string, basis: Basis): Promise<readonly string[]> => {
  const rows = await db.query<{ scope: string }[]>(
    `with recursive counted as (
       (select scope from figure_counter where basis = $1 and scope >= $2 and scope < $3 order by scope limit 1)
       union all
       select (select c.scope from figure_counter c where c.basis = $1 and c.scope > h.scope and c.scope < $3 order by c.scope limit 1)
       from counted h where h.scope is not null
     )
     select scope from counted where scope is not null order by scope`,
    [basis, prefix, endOf(prefix)],
  );
  return rows.map(({ scope }) => scope);
};

/** A few measures without days of their own, by scope. */
export const countsOf = async (
  db: Tx,
  scopes: readonly string[],
  measures: readonly string[],
  { basis, asOf, latest }: Moment,
): Promise<ReadonlyMap<string, number>> => {
  const within = `basis = $1 and scope = any($2) and measure = any($3) and key_day = ''`;
  const rows = await db.query<{ scope: string; n: number }[]>(
    latest
      ? `select scope, sum(n)::int as n from figure_total where ${within} group by 1`
      : `select scope, sum(delta)::int as n from figure_counter where ${within} and day <= $4 group by 1`,
    [basis, scopes, measures, ...(latest ? [] : [asOf])],
  );
  return new Map(rows.map(({ scope, n }) => [scope, n]));
};

/** Counts of several scopes in one sum, day by day, as they stood at the end of that day. */
export const tallyOver = async (db: Tx, scopes: readonly string[], basis: Basis, asOf: LocalDate): Promise<Tally> => {
  const latest = await isLatest(db, basis, asOf);
  const rows = await db.query<{ measure: string; key_day: string; n: number }[]>(
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
  db: Tx,
  { scopes, measure, basis, asOf }: Readonly<{ scopes: readonly string[]; measure: string; basis: Basis; asOf: LocalDate }>,
  { from, to }: Readonly<{ from: LocalDate; to: LocalDate }>,
): Promise<readonly Readonly<{ scope: string; day: LocalDate; n: number }>[]> => {
  const latest = await isLatest(db, basis, asOf);
  const within = 'basis = $1 and scope = any($2) and measure = $3 and key_day >= $4 and key_day <= $5';
  const params = [basis, scopes, measure, from, to];
  return db.query(
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
