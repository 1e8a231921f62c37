import { isWithin } from '@app/organisation';
import type { Tx } from '@app/read-store';
import type { Basis } from './figure-fold';
import { isUnitScope, type BoardScope } from './figure-scopes';
import { scopesBelow } from './figure-tallies';
import { HELD, PLACED, unitsIn } from './figure-whereabouts';

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

export const figureUnits = (db: Tx): Promise<readonly FigureUnit[]> =>
  db.query('select unit_id, name, kind, path from figure_unit order by path');

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
  db: Tx,
  { seen, leads = [] }: Sight,
  units: readonly FigureUnit[],
  basis: Basis,
): Promise<readonly string[]> => {
  if (seen === null) return ['county:all'];
  const mine = units.filter((unit) => maySee(unit.path, seen)).map((unit) => unit.unit_id);
  if (!units.some((unit) => HOLDERS.includes(unit.kind) && maySee(unit.path, seen))) return [];
  const own = new Set(mine);
  const held = (await scopesBelow(db, HELD, basis)).filter((scope) => unitsIn(scope).some((unit) => own.has(unit)));
  const towns = units.filter((unit) => leads.length > 0 && maySee(unit.path, leads));
  return [...held, ...towns.map((unit) => `${PLACED}${unit.unit_id}`)];
};

/** The scopes of one row of a board; null where it is not for this reader. */
export const rowScopes = async (
  db: Tx,
  { scope, id, subtree }: Readonly<{ scope: BoardScope; id: string; subtree: boolean }>,
  sight: Sight,
  basis: Basis,
): Promise<readonly string[] | null> => {
  if (!isUnitScope(scope) && sight.seen === null) return [`${scope}:${id}`];
  const units = await figureUnits(db);
  const within = wholeOr(sight, units);
  if (!isUnitScope(scope)) {
    if (within.seen === null) return [`${scope}:${id}`];
    const part = scope === 'county' && id === 'all' ? await countyScopes(db, within, units, basis) : [];
    return part.length === 0 ? null : part;
  }
  const unit = units.find((u) => u.unit_id === id);
  if (unit === undefined || !maySee(unit.path, within.seen)) return null;
  return units.filter((u) => u === unit || (subtree && isWithin(u.path, unit.path))).map((u) => `unit:${u.unit_id}`);
};
