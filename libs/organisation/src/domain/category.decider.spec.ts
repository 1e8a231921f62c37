import type { CategoryCode } from '@app/kernel';
import { specFor } from '@app/testing';
import { categoryDecider } from './category.decider';
import type { CategoryEvent } from './category.events';
import { act, day, unitId } from './organisation.fixtures';
import type { EvidenceKind } from './vocabulary';

const given = specFor(categoryDecider);
const code = 'housing.c-grade' as CategoryCode;
const define = (evidenceKinds: readonly EvidenceKind[], parentUsable = true) => ({
  type: 'DefineCategory' as const,
  data: { ...act, code, name: 'C级危房', parent: 'housing' as CategoryCode, parentUsable, evidenceKinds },
});
const defined: CategoryEvent = {
  type: 'CategoryDefined',
  data: { ...act, code, name: 'C级危房', parent: 'housing' as CategoryCode, evidenceKinds: ['photo', 'document'] },
};
const responsible = (unit: string | null, from: string, leads: 'territorial' | 'sectoral' = 'territorial') => ({
  type: 'MakeDepartmentResponsible' as const,
  data: {
    ...act,
    unitId: unit === null ? null : unitId(unit),
    place: unit === null ? null : { path: `pd/${unit}`, kind: 'department' as const },
    duty: 'guides' as const,
    leads,
    from: day(from),
    to: null,
  },
});
const made = (version: number, unit: string | null, from: string): CategoryEvent => ({
  type: 'DepartmentMadeResponsible',
  data: {
    ...act,
    code,
    version,
    unitId: unit === null ? null : unitId(unit),
    duty: 'guides',
    leads: 'territorial',
    from: day(from),
    to: null,
  },
});

describe('a category', () => {
  it('is defined with the kinds of proof it accepts', () =>
    given()
      .when(define(['photo', 'document']))
      .then(defined));
  it('never accepts a photo only (R41)', () =>
    given()
      .when(define(['photo']))
      .thenRejects('category-proof-missing'));
  it('hangs below a category in use', () =>
    given()
      .when(define(['document'], false))
      .thenRejects('category-parent-absent'));
  it('numbers the lines of its table of responsible departments', () => {
    given(defined)
      .when(responsible('dept-housing', '2020-01-01'))
      .then(made(1, 'dept-housing', '2020-01-01'));
    given(defined, made(1, 'dept-housing', '2020-01-01'))
      .when(responsible('dept-civil', '2020-07-01'))
      .then(made(2, 'dept-civil', '2020-07-01'));
  });
  it('is quiet about the line it has already', () =>
    given(defined, made(1, 'dept-housing', '2020-01-01'))
      .when(responsible('dept-housing', '2020-01-01'))
      .thenNothing());
  it('can be decided to have no department (R3)', () =>
    given(defined)
      .when(responsible(null, '2020-01-01'))
      .then(made(1, null, '2020-01-01')));
  it('lets no department lead that only guides', () =>
    given(defined)
      .when(responsible('dept-housing', '2020-01-01', 'sectoral'))
      .thenRejects('category-guide-cannot-lead'));
  it('is retired with a last day and changes no more', () => {
    const retired: CategoryEvent = { type: 'CategoryRetired', data: { ...act, code, lastDay: day('2020-12-31') } };
    given(defined)
      .when({ type: 'RetireCategory', data: { ...act, lastDay: day('2020-12-31') } })
      .then(retired);
    given(defined, retired).when(responsible('dept-housing', '2021-01-01')).thenRejects('category-retired');
  });
});
