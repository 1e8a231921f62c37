import type { Act, CategoryCode, LocalDate, Message, UnitId } from '@app/kernel';
import type { Duty, EvidenceKind } from './vocabulary';

/** What can happen to a category of findings (stream `category-<code>`). Which department answers for it is dated and versioned from 1. */
export type CategoryDefined = Message<
  'CategoryDefined',
  Act & { code: CategoryCode; name: string; parent: CategoryCode | null; evidenceKinds: readonly EvidenceKind[] }
>;
export type CategoryChanged = Message<
  'CategoryChanged',
  Act & { code: CategoryCode; name: string; parent: CategoryCode | null; evidenceKinds: readonly EvidenceKind[] }
>;
/** `unitId: null` = by decision no department answers for it (R3). */
export type DepartmentMadeResponsible = Message<
  'DepartmentMadeResponsible',
  Act & {
    code: CategoryCode;
    version: number;
    unitId: UnitId | null;
    duty: Duty;
    leads: 'territorial' | 'sectoral';
    from: LocalDate;
    to: LocalDate | null;
  }
>;
export type CategoryRetired = Message<'CategoryRetired', Act & { code: CategoryCode; lastDay: LocalDate }>;

export type CategoryEvent = CategoryDefined | CategoryChanged | DepartmentMadeResponsible | CategoryRetired;
