import { assertNever, type CategoryCode, type Decider } from '@app/kernel';
import type { CategoryCommand, DefineCategory, MakeDepartmentResponsible } from './category.commands';
import type { CategoryEvent, DepartmentMadeResponsible } from './category.events';
import { reject } from './organisation.errors';
import { checkPeriod } from './person.decider';
import { actOf, sameWords } from './unit.decider';
import { CATEGORY_CODE, type EvidenceKind } from './vocabulary';

type Rule = Pick<DepartmentMadeResponsible['data'], 'version' | 'unitId' | 'duty' | 'leads' | 'from' | 'to'>;
export type CategoryState =
  | Readonly<{ status: 'absent' }>
  | Readonly<{
      status: 'in-use' | 'retired';
      code: CategoryCode;
      name: string;
      parent: CategoryCode | null;
      evidenceKinds: readonly EvidenceKind[];
      last: Rule | null;
    }>;
type Known = Extract<CategoryState, { code: CategoryCode }>;

const described = (
  code: CategoryCode,
  data: Omit<DefineCategory['data'], 'code'>,
): { name: string; parent: CategoryCode | null; evidenceKinds: readonly EvidenceKind[] } => {
  const name = data.name.trim();
  const evidenceKinds = [...new Set(data.evidenceKinds)];
  if (name === '') reject('category-name-missing');
  if (!data.parentUsable || data.parent === code) reject('category-parent-absent');
  if (evidenceKinds.every((k) => k === 'photo')) reject('category-proof-missing');
  return { name, parent: data.parent, evidenceKinds };
};

const makeResponsible = (data: MakeDepartmentResponsible['data'], state: Known): readonly CategoryEvent[] => {
  const { unitId, place, duty, leads, from, to } = data;
  checkPeriod({ from, to });
  if (unitId !== null && place === null) reject('category-unit-not-active');
  if (duty === 'guides' && leads === 'sectoral') reject('category-guide-cannot-lead');
  const { last } = state;
  if (last !== null && last.unitId === unitId && last.duty === duty && last.leads === leads && last.from === from && last.to === to)
    return [];
  const version = (last?.version ?? 0) + 1;
  return [{ type: 'DepartmentMadeResponsible', data: { ...actOf(data), code: state.code, version, unitId, duty, leads, from, to } }];
};

export const categoryDecider: Decider<CategoryState, CategoryCommand, CategoryEvent> = {
  initial: { status: 'absent' },

  decide: (command, state) => {
    if (command.type === 'DefineCategory') {
      const { code } = command.data;
      if (state.status !== 'absent') return reject('category-exists');
      if (!CATEGORY_CODE.test(code)) reject('category-code-malformed');
      return [{ type: 'CategoryDefined', data: { ...actOf(command.data), code, ...described(code, command.data) } }];
    }
    if (state.status === 'absent') return reject('category-absent');
    if (state.status === 'retired') return command.type === 'RetireCategory' ? [] : reject('category-retired');
    switch (command.type) {
      case 'ChangeCategory': {
        const to = described(state.code, command.data);
        if (to.name === state.name && to.parent === state.parent && sameWords(to.evidenceKinds, state.evidenceKinds)) return [];
        return [{ type: 'CategoryChanged', data: { ...actOf(command.data), code: state.code, ...to } }];
      }
      case 'MakeDepartmentResponsible':
        return makeResponsible(command.data, state);
      case 'RetireCategory':
        return [{ type: 'CategoryRetired', data: { ...actOf(command.data), code: state.code, lastDay: command.data.lastDay } }];
      default:
        return assertNever(command);
    }
  },

  evolve: (state, event) => {
    if (event.type === 'CategoryDefined') {
      const { code, name, parent, evidenceKinds } = event.data;
      return { status: 'in-use', code, name, parent, evidenceKinds, last: null };
    }
    if (state.status === 'absent') return state;
    switch (event.type) {
      case 'CategoryChanged':
        return { ...state, name: event.data.name, parent: event.data.parent, evidenceKinds: event.data.evidenceKinds };
      case 'DepartmentMadeResponsible': {
        const { version, unitId, duty, leads, from, to } = event.data;
        return { ...state, last: { version, unitId, duty, leads, from, to } };
      }
      case 'CategoryRetired':
        return { ...state, status: 'retired' };
      default:
        return assertNever(event);
    }
  },
};
