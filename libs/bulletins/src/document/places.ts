import { ranksOf } from '@app/findings';
import type { BulletinContent, FrozenRow, FrozenTable } from '../domain/bulletin.types';
import { templateOf, type TemplateColumn } from './templates';

export const ratesIn = (columns: readonly TemplateColumn[]): readonly string[] =>
  columns.flatMap((column) => ('rate' in column ? [column.rate] : []));

/** 位次 by a rate, of each row in its order; null where it is of fewer than ten (R36). */
export const placesBy = (rows: readonly FrozenRow[], rate: string): readonly (number | null)[] =>
  ranksOf(rows.map(({ rates }) => rates[rate] ?? { numerator: 0, denominator: 0 }));

/** As the template of the issue places the rows of a table; null where it shows no rate of them. */
export const placesOn = (
  { template }: Pick<BulletinContent, 'template'>,
  { scope, rows }: Pick<FrozenTable, 'scope' | 'rows'>,
): Readonly<{ rate: string; places: readonly (number | null)[] }> | null => {
  const [rate] = templateOf(template).tables.flatMap((table) => (table.scope === scope ? ratesIn(table.columns) : []));
  return rate === undefined ? null : { rate, places: placesBy(rows, rate) };
};
