import type { LocalDate } from '@app/kernel';
import { FINDING_FIGURES, LEG_FIGURES, type Figure, type FigurePeriod } from './figure-definitions';
import type { Basis } from './figure-fold';

export const FINDING_SCOPES = ['county', 'list', 'source', 'category'] as const;
export const UNIT_SCOPES = ['town', 'department'] as const;
export type FindingScope = (typeof FINDING_SCOPES)[number];
export type UnitScope = (typeof UNIT_SCOPES)[number];
export type BoardScope = FindingScope | UnitScope;
export const isUnitScope = (scope: BoardScope): scope is UnitScope => (UNIT_SCOPES as readonly string[]).includes(scope);

/** By recorded days, as published, unless told (R15). */
export type When = Readonly<{ asOf: LocalDate; from: LocalDate | null; basis?: Basis }>;
export const basisOf = ({ basis = 'recorded' }: Readonly<{ basis?: Basis }>): Basis => basis;
export const periodOf = ({ asOf, from }: When): FigurePeriod => ({ from, to: asOf });

/** Null for a name that the board does not give. */
export const definitionOf = (scope: BoardScope, figure: string): Figure | null => {
  const table: Readonly<Record<string, Figure>> = isUnitScope(scope) ? LEG_FIGURES : FINDING_FIGURES;
  return Object.hasOwn(table, figure) ? (table[figure] ?? null) : null;
};

/** Whether a figure is of a period, not of its last day alone: of two days of such a figure no comparison tells what moved it. */
export const countsAPeriod = (scope: BoardScope, figure: string): boolean => {
  const definition = definitionOf(scope, figure);
  const to = '2020-12-31' as LocalDate;
  const selected = (from: LocalDate | null): string => JSON.stringify(definition?.select({ from, to }));
  return definition !== null && (definition.atStart || selected('2020-12-01' as LocalDate) !== selected(null));
};
