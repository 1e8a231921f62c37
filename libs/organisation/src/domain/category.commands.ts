import type { Act, CategoryCode, LocalDate, Message, UnitId } from '@app/kernel';
import type { UnitPlace } from './unit.commands';
import type { Duty, EvidenceKind } from './vocabulary';

type Description = Readonly<{
  name: string;
  parent: CategoryCode | null;
  /** What the handler found: the parent exists and is in use. True when there is no parent. */
  parentUsable: boolean;
  evidenceKinds: readonly EvidenceKind[];
}>;
export type DefineCategory = Message<'DefineCategory', Act & Description & { code: CategoryCode }>;
export type ChangeCategory = Message<'ChangeCategory', Act & Description>;
export type MakeDepartmentResponsible = Message<
  'MakeDepartmentResponsible',
  Act & {
    unitId: UnitId | null;
    place: UnitPlace;
    duty: Duty;
    leads: 'territorial' | 'sectoral';
    from: LocalDate;
    to: LocalDate | null;
  }
>;
export type RetireCategory = Message<'RetireCategory', Act & { lastDay: LocalDate }>;

export type CategoryCommand = DefineCategory | ChangeCategory | MakeDepartmentResponsible | RetireCategory;
