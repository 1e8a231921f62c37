import { assertNever, type Decider, type LocalDate, type PersonId, type PostId, type Role, type UnitId } from '@app/kernel';
import { reject } from './organisation.errors';
import { checkPeriod } from './person.decider';
import type { CreatePost, HoldPost, NameSubstitute, PostCommand } from './post.commands';
import type { PostEvent } from './post.events';
import { actOf, sameWords } from './unit.decider';
import { overlaps, type Period } from './vocabulary';

type Tenure = Period & Readonly<{ personId: PersonId }>;
export type PostState =
  | Readonly<{ status: 'absent' }>
  | Readonly<{
      status: 'open' | 'closed';
      postId: PostId;
      unitId: UnitId;
      title: string;
      roles: readonly Role[];
      receives: boolean;
      holdings: readonly Tenure[];
      substitutes: readonly Tenure[];
    }>;
type Open = Extract<PostState, { status: 'open' | 'closed' }>;

/** Three powers stay apart: who administers the system or audits it does nothing else from that post. */
const APART: readonly Role[] = ['admin', 'auditor'];

const checkPost = (title: string, roles: readonly Role[]): void => {
  if (title === '') reject('post-title-missing');
  if (roles.includes('system')) reject('post-role-reserved');
  if (roles.length > 1 && roles.some((r) => APART.includes(r))) reject('post-roles-incompatible');
};
const effective = (tenures: readonly Tenure[]): readonly Tenure[] => tenures.filter((t) => t.to === null || t.to >= t.from);
const same = (tenures: readonly Tenure[], t: Tenure): boolean =>
  tenures.some((x) => x.personId === t.personId && x.from === t.from && x.to === t.to);
const shortened = (tenures: readonly Tenure[], personId: PersonId, from: LocalDate, to: LocalDate): readonly Tenure[] =>
  tenures.map((t) => (t.personId === personId && t.from === from ? { ...t, to } : t));
const runningOn = (tenures: readonly Tenure[], personId: PersonId, lastDay: LocalDate): Tenure | undefined =>
  tenures.find((t) => t.personId === personId && (t.to === null || t.to > lastDay));

const create = (data: CreatePost['data']): readonly PostEvent[] => {
  const { postId, unitId, place, receives } = data;
  const title = data.title.trim();
  const roles = [...new Set(data.roles)];
  if (place === null) reject('unit-not-active');
  checkPost(title, roles);
  return [{ type: 'PostCreated', data: { ...actOf(data), postId, unitId, title, roles, receives } }];
};

const hold = (data: HoldPost['data'], state: Open): readonly PostEvent[] => {
  const { personId, from, to } = data;
  checkPeriod({ from, to });
  if (!data.personKnown) reject('person-absent');
  if (same(state.holdings, { personId, from, to })) return [];
  if (effective(state.holdings).some((h) => overlaps(h, { from, to }))) reject('post-held');
  return [{ type: 'PostHeld', data: { ...actOf(data), postId: state.postId, personId, from, to } }];
};

const nameSubstitute = (data: NameSubstitute['data'], state: Open): readonly PostEvent[] => {
  const { personId, from, to } = data;
  checkPeriod({ from, to });
  if (!data.personKnown) reject('person-absent');
  if (same(state.substitutes, { personId, from, to })) return [];
  const clashes = (tenures: readonly Tenure[]): boolean =>
    effective(tenures).some((t) => t.personId === personId && overlaps(t, { from, to }));
  if (clashes(state.holdings)) reject('post-own-substitute');
  if (clashes(state.substitutes)) reject('substitute-overlaps');
  return [{ type: 'SubstituteNamed', data: { ...actOf(data), postId: state.postId, personId, from, to } }];
};

export const postDecider: Decider<PostState, PostCommand, PostEvent> = {
  initial: { status: 'absent' },

  decide: (command, state) => {
    if (command.type === 'CreatePost') return state.status === 'absent' ? create(command.data) : reject('post-exists');
    if (state.status === 'absent') return reject('post-absent');
    if (state.status === 'closed') return command.type === 'ClosePost' ? [] : reject('post-closed');
    const { postId } = state;
    switch (command.type) {
      case 'ChangePost': {
        const { receives } = command.data;
        const title = command.data.title.trim();
        const roles = [...new Set(command.data.roles)];
        checkPost(title, roles);
        if (title === state.title && receives === state.receives && sameWords(roles, state.roles)) return [];
        return [{ type: 'PostChanged', data: { ...actOf(command.data), postId, title, roles, receives } }];
      }
      case 'HoldPost':
        return hold(command.data, state);
      case 'VacatePost': {
        const { personId, lastDay } = command.data;
        const running = runningOn(state.holdings, personId, lastDay);
        if (running === undefined) return [];
        return [{ type: 'PostVacated', data: { ...actOf(command.data), postId, personId, from: running.from, to: lastDay } }];
      }
      case 'NameSubstitute':
        return nameSubstitute(command.data, state);
      case 'ReleaseSubstitute': {
        const { personId, lastDay } = command.data;
        const running = runningOn(state.substitutes, personId, lastDay);
        if (running === undefined) return [];
        return [{ type: 'SubstituteReleased', data: { ...actOf(command.data), postId, personId, from: running.from, to: lastDay } }];
      }
      case 'ClosePost':
        return [{ type: 'PostClosed', data: { ...actOf(command.data), postId, lastDay: command.data.lastDay } }];
      default:
        return assertNever(command);
    }
  },

  evolve: (state, event) => {
    if (event.type === 'PostCreated') {
      const { postId, unitId, title, roles, receives } = event.data;
      return { status: 'open', postId, unitId, title, roles, receives, holdings: [], substitutes: [] };
    }
    if (state.status === 'absent') return state;
    switch (event.type) {
      case 'PostChanged':
        return { ...state, title: event.data.title, roles: event.data.roles, receives: event.data.receives };
      case 'PostHeld': {
        const { personId, from, to } = event.data;
        return { ...state, holdings: [...state.holdings, { personId, from, to }] };
      }
      case 'PostVacated':
        return { ...state, holdings: shortened(state.holdings, event.data.personId, event.data.from, event.data.to) };
      case 'SubstituteNamed': {
        const { personId, from, to } = event.data;
        return { ...state, substitutes: [...state.substitutes, { personId, from, to }] };
      }
      case 'SubstituteReleased':
        return { ...state, substitutes: shortened(state.substitutes, event.data.personId, event.data.from, event.data.to) };
      case 'PostClosed':
        return { ...state, status: 'closed' };
      default:
        return assertNever(event);
    }
  },
};
