import { isWithin } from '@app/organisation';
import type { DataSource } from 'typeorm';
import type { Basis } from './figure-fold';
import { isUnitScope, type BoardScope } from './figure-scopes';
import { endOf } from './figure-tallies';
import { HELD, PLACED } from './figure-whereabouts';

/** Null sees everything; else the subtrees somebody may see. */
export type Seen = readonly string[] | null;
/** What somebody's figures are over. Leaders also count what waits for triage in their towns; its units do not know of it yet. */
export type Sight = Readonly<{ seen: Seen; leads?: readonly string[] }>;
export type FigureUnit = Readonly<{ unit_id: string; name: string; kind: string; path: string }>;

/** Units that hold sectoral and owner's legs stand in one board. */
export const UNIT_KINDS_OF = {
  town: ['town'],
  department: ['department', 'office', 'independent', 'company'],
} as const satisfies Readonly<Record<'town' | 'department', readonly string[]>>;
const HOLDERS: readonly string[] = [...UNIT_KINDS_OF.town, ...UNIT_KINDS_OF.department];

export const figureUnits = (dataSource: DataSource): Promise<readonly FigureUnit[]> =>
  dataSource.query('select unit_id, name, kind, path from figure_unit order by path');

export const maySee = (path: string, seen: Seen): boolean => seen === null || seen.some((root) => isWithin(path, root));

/** Who may see the county's own subtree sees the whole. */
export const wholeOr = ({ seen, leads = [] }: Sight, units: readonly FigureUnit[]): Sight => {
  const whole = units.some((unit) => unit.kind === 'county' && seen !== null && seen.includes(unit.path));
  return { seen: whole ? null : seen, leads };
};

/**
 * The scopes that make up the county for a reader, each finding in one of them; empty for who stands beside all units that
 * hold legs. The scopes named by units are as many as there are combinations of units, whatever the number of findings.
 */
export const countyScopes = async (
  dataSource: DataSource,
  { seen, leads = [] }: Sight,
  units: readonly FigureUnit[],
  basis: Basis,
): Promise<readonly string[]> => {
  if (seen === null) return ['county:all'];
  const mine = units.filter((unit) => maySee(unit.path, seen)).map((unit) => unit.unit_id);
  if (!units.some((unit) => HOLDERS.includes(unit.kind) && maySee(unit.path, seen))) return [];
  // Goes from one scope to the next along the key, and never over what is counted in them.
  const held = await dataSource.query<{ scope: string }[]>(
    `with recursive held as (
       (select scope from figure_counter where basis = $1 and scope >= $2 and scope < $3 order by scope limit 1)
       union all
       select (select c.scope from figure_counter c where c.basis = $1 and c.scope > h.scope and c.scope < $3 order by c.scope limit 1)
       from held h where h.scope is not null
     )
     select scope from held where string_to_array(substr(scope, length($2) + 1), '+') && $4::text[] order by scope`,
    [basis, HELD, endOf(HELD), mine],
  );
  const towns = units.filter((unit) => leads.length > 0 && maySee(unit.path, leads));
  return [...held.map((row) => row.scope), ...towns.map((unit) => `${PLACED}${unit.unit_id}`)];
};

/** The scopes of one row of a board; null where it is not for this reader. */
export const rowScopes = async (
  dataSource: DataSource,
  { scope, id, subtree }: Readonly<{ scope: BoardScope; id: string; subtree: boolean }>,
  sight: Sight,
  basis: Basis,
): Promise<readonly string[] | null> => {
  if (!isUnitScope(scope) && sight.seen === null) return [`${scope}:${id}`];
  const units = await figureUnits(dataSource);
  const within = wholeOr(sight, units);
  if (!isUnitScope(scope)) {
    if (within.seen === null) return [`${scope}:${id}`];
    const part = scope === 'county' && id === 'all' ? await countyScopes(dataSource, within, units, basis) : [];
    return part.length === 0 ? null : part;
  }
  const unit = units.find((u) => u.unit_id === id);
  if (unit === undefined || !maySee(unit.path, within.seen)) return null;
  return units.filter((u) => u === unit || (subtree && isWithin(u.path, unit.path))).map((u) => `unit:${u.unit_id}`);
};
