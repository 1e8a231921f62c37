import type { UnitId } from '@app/kernel';
import type { PlaceholderEvent } from '@app/placeholders';
import { businessDayAfter, type FigureFold } from './figure-fold';
import type { FigureRow } from './figure-rows';
import { heldBy } from './figure-whereabouts';

export const PLACEHOLDER_PREFIX = 'placeholder-';
export const PLACEHOLDER_PART = '~placeholder';

/** One event of a placeholder further: it is counted beside the findings, and nothing is known of what it says (R32, R39). */
export const foldPlaceholder = (fold: FigureFold, event: PlaceholderEvent, revision: number): FigureFold => {
  const next = { ...fold, revision, businessDay: businessDayAfter(fold, event.data.on) };
  if (event.type === 'PlaceholderRegistered') {
    const { number, unitId, source } = event.data;
    return { ...next, placeholder: { number, unitId, source, status: 'open' } };
  }
  if (fold.placeholder === null) return next;
  return { ...next, placeholder: { ...fold.placeholder, status: event.type === 'PlaceholderSettled' ? 'settled' : 'withdrawn' } };
};

/** Beside the county, its source and its unit, and the part of the county that sees this unit; a withdrawn one stays countable as that. */
export const placeholderRows = (
  { unitId, source, status }: NonNullable<FigureFold['placeholder']>,
  today: (unit: UnitId) => UnitId,
): readonly FigureRow[] => {
  const measures =
    status === 'withdrawn' ? ['placeholder_withdrawn'] : ['placeholder', ...(status === 'settled' ? ['placeholder_settled'] : [])];
  const unit = today(unitId);
  return [{ part: PLACEHOLDER_PART, scopes: ['county:all', `source:${source}`, `unit:${unit}`, heldBy([unit])], measures }];
};
