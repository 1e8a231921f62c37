import { ConcurrencyConflict, StaleRevision } from '@app/event-store';
import { refusalOf, type Refusal } from '@app/findings';
import { DomainError } from '@app/kernel';
import { SELECTION_ERRORS, type SelectionErrorCode } from '../domain/selection.errors';

export const rowRefusal = (code: SelectionErrorCode): Refusal => refusalOf(code, SELECTION_ERRORS[code]);

/** What a row is told; null where the error is not about the row but about the stores. */
export const toldOf = (error: unknown): Refusal | null => {
  if (error instanceof DomainError) return refusalOf(error.code, error.sentence);
  if (error instanceof StaleRevision) return rowRefusal('row-changed');
  if (error instanceof ConcurrencyConflict) return rowRefusal('row-contested');
  return null;
};
