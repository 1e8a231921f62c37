import type { UnitId } from '@app/kernel';
import type { CarriedRow } from '../domain/carry-over.types';

const HELD = 'held:';
const BETWEEN = '+';
export const COUNTY = 'county:all';
export const unitScope = (unit: UnitId): string => `unit:${unit}`;
export const sourceScope = (kind: string): string => `source:${kind}`;
export const categoryScope = (code: string): string => `category:${code}`;

/** Town and units a record stands beside, each once. */
export const unitsOf = ({ place, unitIds }: Pick<CarriedRow, 'place' | 'unitIds'>): readonly UnitId[] =>
  [...new Set([place.townId, ...unitIds])].sort();

/** Exactly one scope named by all units of a record: whoever sees some of them adds up those scopes and counts nothing twice. */
const heldBy = (units: readonly UnitId[]): string => `${HELD}${units.join(BETWEEN)}`;
export const isHeld = (scope: string): boolean => scope.startsWith(HELD);
export const holdersOf = (scope: string): readonly UnitId[] => scope.slice(HELD.length).split(BETWEEN) as UnitId[];

/** Everything one record is counted in. */
export const scopesOf = (row: Pick<CarriedRow, 'source' | 'category' | 'place' | 'unitIds'>): readonly string[] => {
  const units = unitsOf(row);
  return [COUNTY, sourceScope(row.source.kind), categoryScope(row.category), ...units.map(unitScope), heldBy(units)];
};
