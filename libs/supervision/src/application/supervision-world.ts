import type { LocalDate, UnitId } from '@app/kernel';
import type { DirectoryView } from '@app/organisation';
import { reject } from '../domain/supervision.errors';
import type { SupervisionWorld } from '../domain/supervision.commands';
import { unitsOfSubject, type SupervisionSubject } from '../domain/supervision.types';

/** What answers for findings may be put on the list. */
const KINDS: ReadonlySet<string> = new Set(['town', 'department', 'company', 'office']);

export const mustBeSubject = (subject: SupervisionSubject, view: DirectoryView): void => {
  const known = (id: UnitId): boolean => {
    const unit = view.unit(id);
    return unit?.status === 'active' && KINDS.has(unit.kind);
  };
  if (subject.kind === 'unit' && !known(subject.unitId)) reject('supervision-unit-unknown');
};

export const supervisionWorldOf = (view: DirectoryView, subject: SupervisionSubject | null, on: LocalDate): SupervisionWorld => ({
  managingOffice: view.managingOffice()?.id ?? null,
  succession: view.succession(),
  answering: subject === null ? [] : [...new Set(unitsOfSubject(subject).flatMap((unit) => view.leadersOf(view.currentOf(unit), on)))],
  isLeader: (person) => view.postsOf(person, on).some(({ post }) => post.roles.includes('leader')),
});
