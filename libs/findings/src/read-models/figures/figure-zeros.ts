import type { LocalDate } from '@app/kernel';
import type { Tx } from '@app/read-store';
import type { Moment } from './figure-tallies';
import { zeroMeasures, ZERO_TERMS, zerosOf, type Counted, type Zero } from './zeros';

/** What is counted together, by an id of its own. */
export type Gathered = ReadonlyMap<string, readonly string[]>;
type Change = Readonly<{ id: string; day: LocalDate; measure: string; delta: number }>;

/** Scope by scope along the key, so that no plan reads the counters of all scopes to find those of a few. */
const movesBy = (columns: string, by: string): string => `from unnest($1::text[], $2::text[]) as part(id, scope) cross join lateral (
    select ${columns} from figure_counter
    where basis = $3 and scope = part.scope and measure = any($4) and day <= $5 group by ${by}) c`;

/** Few ever come to a zero: the database looks through the days of all of them and names those. */
const REACHED = `
with moved as (
  select part.id, c.day, sum(c.owed)::int as owed, sum(c.unrectified)::int as unrectified, sum(c.uncleared)::int as uncleared
  ${movesBy(
    `day, coalesce(sum(delta) filter (where measure = any($6)), 0) as owed,
      coalesce(sum(delta) filter (where measure = any($7)), 0) as unrectified,
      coalesce(sum(delta) filter (where measure = any($8)), 0) as uncleared`,
    'day',
  )}
  group by 1, 2
), stood as (
  select id, sum(owed) over w as owed, sum(unrectified) over w as unrectified, sum(uncleared) over w as uncleared
  from moved window w as (partition by id order by day)
)
select distinct id from stood where owed > 0 and (unrectified = 0 or uncleared = 0)`;

const CHANGES = `select part.id, c.day, c.measure, sum(c.delta)::int as delta
  ${movesBy('day, measure, sum(delta) as delta', 'day, measure')}
  group by 1, 2, 3 order by 1, 2, 3`;

/** The zeros of each of these up to a day; who never came to one is not among them. */
export const zerosBy = async (
  db: Tx,
  gathered: Gathered,
  what: Counted,
  { basis, asOf }: Pick<Moment, 'basis' | 'asOf'>,
): Promise<ReadonlyMap<string, readonly Zero[]>> => {
  const { rectified, cleared } = ZERO_TERMS[what];
  const parts = (ids: Iterable<string>): readonly unknown[] => {
    const pairs = [...ids].flatMap((id) => (gathered.get(id) ?? []).map((scope) => [id, scope] as const));
    return [pairs.map(([id]) => id), pairs.map(([, scope]) => scope), basis, zeroMeasures(what), asOf];
  };
  const reached = await db.query<{ id: string }[]>(REACHED, [...parts(gathered.keys()), rectified.base, rectified.blocks, cleared.blocks]);
  if (reached.length === 0) return new Map();
  const changes = await db.query<Change[]>(CHANGES, [...parts(reached.map(({ id }) => id))]);
  return new Map(
    reached.map(({ id }) => [
      id,
      zerosOf(
        what,
        changes.filter((change) => change.id === id),
      ),
    ]),
  );
};
