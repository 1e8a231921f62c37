import type { LocalDate } from '@app/kernel';
import type { Asked } from '@app/read-store';
import type { Basis } from './figure-fold';
import type { FigureRow } from './figure-rows';

/** A counter that came to nothing: its table, and where its row lies until the end of the transaction that wrote it. */
export type Emptied = Readonly<{ counts: 'day' | 'total'; place: string }>;

/** How a batch moves the counters, by day, scope and measure. An event moves a hundred and more of them, so that keys are looked up as they come and not put together. */
export class CounterMoves {
  private readonly byDay = new Map<LocalDate, Readonly<Record<Basis, Map<string, Map<string, number>>>>>();

  /** Puts a part's counts on or takes them off, except those measures that it counts for before and after. */
  move(
    { basis, scopes, measures }: FigureRow & Readonly<{ basis: Basis }>,
    by: 1 | -1,
    day: LocalDate,
    except: ReadonlySet<string> | null,
  ): void {
    const moved = except === null ? measures : measures.filter((measure) => !except.has(measure));
    if (moved.length === 0) return;
    const byScope = this.on(day)[basis];
    for (const scope of scopes) {
      const counted = byScope.get(scope) ?? new Map<string, number>();
      byScope.set(scope, counted);
      for (const measure of moved) counted.set(measure, (counted.get(measure) ?? 0) + by);
    }
  }

  /** One statement for the counters of days and the totals; it answers which of them came to nothing. */
  asked(): readonly Asked[] {
    const columns = {
      basis: [] as Basis[],
      scope: [] as string[],
      measure: [] as string[],
      keyDay: [] as string[],
      day: [] as string[],
      delta: [] as number[],
    };
    for (const [day, byBasis] of this.byDay)
      for (const [basis, byScope] of Object.entries(byBasis) as [Basis, Map<string, Map<string, number>>][])
        for (const [scope, counted] of byScope)
          for (const [measure, delta] of counted) {
            if (delta === 0) continue;
            const [name = '', keyDay = ''] = measure.split('@');
            columns.basis.push(basis);
            columns.scope.push(scope);
            columns.measure.push(name);
            columns.keyDay.push(keyDay);
            columns.day.push(day);
            columns.delta.push(delta);
          }
    if (columns.delta.length === 0) return [];
    return [[MOVE, Object.values(columns)]];
  }

  clear(): void {
    this.byDay.clear();
  }

  private on(day: LocalDate): Readonly<Record<Basis, Map<string, Map<string, number>>>> {
    const known = this.byDay.get(day) ?? { recorded: new Map(), business: new Map() };
    this.byDay.set(day, known);
    return known;
  }
}

const MOVE = `with given as materialized (
    select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::int[]) as m (basis, scope, measure, key_day, day, delta)),
  days as (
    insert into figure_counter as c (basis, scope, measure, key_day, day, delta) select basis, scope, measure, key_day, day, delta from given
    on conflict (basis, scope, measure, day, key_day) do update set delta = c.delta + excluded.delta returning c.ctid as place, c.delta as n),
  totals as (
    insert into figure_total as c (basis, scope, measure, key_day, n)
    select basis, scope, measure, key_day, sum(delta) from given group by 1, 2, 3, 4
    on conflict (basis, scope, measure, key_day) do update set n = c.n + excluded.n returning c.ctid as place, c.n)
  select 'day' as counts, place from days where n = 0 union all select 'total', place from totals where n = 0`;

const TABLES = { day: 'figure_counter', total: 'figure_total' } as const;

/** Takes the rows away. Where they lie finds them at once: by its columns the planner may look for a row among all those of its day. */
export const removalOf = (emptied: readonly Emptied[]): readonly Asked[] =>
  (['day', 'total'] as const).flatMap((counts): readonly Asked[] => {
    const places = emptied.flatMap((row) => (row.counts === counts ? [row.place] : []));
    return places.length === 0 ? [] : [[`delete from ${TABLES[counts]} where ctid = any($1::tid[])`, [places]]];
  });
