import type { UnitId } from '@app/kernel';
import type { UnitBook } from '../finding-list/unit-book';
import type { FindingView } from './finding.view';

/** Closed history keeps the units and names it closed with (R14). */
export const settled = (view: FindingView, book: UnitBook): FindingView => {
  const { closedAs } = view.facts;
  if (closedAs === null || !Object.values(closedAs).includes(null)) return view;
  const filled = { ...closedAs };
  for (const [id, known] of Object.entries(closedAs) as [UnitId, unknown][]) {
    const unit = book.today(id);
    if (known === null) filled[id] = { id: unit.id, name: unit.name };
  }
  return { ...view, facts: { ...view.facts, closedAs: filled } };
};
