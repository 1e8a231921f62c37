import { assertNever, type Act, type Decider, type UnitId } from '@app/kernel';
import { reject } from './organisation.errors';
import type { EstablishUnit, MergeUnit, MoveUnit, UnitCommand } from './unit.commands';
import type { UnitEvent } from './unit.events';
import { isWithin, pathUnder, UNIT_ID, type UnitKind } from './vocabulary';

export type UnitState =
  | Readonly<{ status: 'absent' }>
  | Readonly<{ status: 'active'; unitId: UnitId; name: string; synonyms: readonly string[]; kind: UnitKind; parentId: UnitId | null }>
  | Readonly<{ status: 'merged'; unitId: UnitId; parentId: UnitId | null; into: UnitId }>
  | Readonly<{ status: 'dissolved'; unitId: UnitId; parentId: UnitId | null }>;

type Active = Extract<UnitState, { status: 'active' }>;

export const actOf = ({ at, on, by }: Act): Act => ({ at, on, by });
export const sameWords = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((word, i) => word === b[i]);
const words = (list: readonly string[]): readonly string[] => [...new Set(list.map((w) => w.trim()).filter((w) => w !== ''))];

const establish = (data: EstablishUnit['data']): readonly UnitEvent[] => {
  const { unitId, kind, parentId, parent, from } = data;
  const name = data.name.trim();
  if (!UNIT_ID.test(unitId)) reject('unit-id-malformed');
  if (name === '') reject('unit-name-missing');
  if (parentId === null && kind !== 'county') reject('unit-root-only-county');
  if (parentId !== null && parent === null) reject('unit-above-not-active');
  const path = pathUnder(parent?.path ?? null, unitId);
  return [{ type: 'UnitEstablished', data: { ...actOf(data), unitId, name, synonyms: words(data.synonyms), kind, parentId, path, from } }];
};

const move = (data: MoveUnit['data'], state: Active): readonly UnitEvent[] => {
  const { parentId, parent, path: formerPath, from } = data;
  if (parent === null) return reject('unit-above-not-active');
  if (isWithin(parent.path, formerPath)) reject('unit-under-itself');
  const path = pathUnder(parent.path, state.unitId);
  if (parentId === state.parentId) return [];
  return [{ type: 'UnitMoved', data: { ...actOf(data), unitId: state.unitId, parentId, path, formerPath, from } }];
};

const merge = (data: MergeUnit['data'], state: Active): readonly UnitEvent[] => {
  const { into, successor, path, from } = data;
  if (successor === null || into === state.unitId) return reject('unit-successor-not-active');
  if (isWithin(successor.path, path)) reject('unit-under-itself');
  return [{ type: 'UnitMerged', data: { ...actOf(data), unitId: state.unitId, path, into, intoPath: successor.path, from } }];
};

export const unitDecider: Decider<UnitState, UnitCommand, UnitEvent> = {
  initial: { status: 'absent' },

  decide: (command, state) => {
    if (command.type === 'EstablishUnit') return state.status === 'absent' ? establish(command.data) : reject('unit-exists');
    if (state.status === 'merged' && command.type === 'MergeUnit' && state.into === command.data.into) return [];
    if (state.status === 'dissolved' && command.type === 'DissolveUnit') return [];
    if (state.status !== 'active') return reject('unit-not-active');
    const { data } = command;
    const { unitId } = state;
    switch (command.type) {
      case 'RenameUnit': {
        const name = command.data.name.trim();
        if (name === '') reject('unit-name-missing');
        if (name === state.name) return [];
        return [{ type: 'UnitRenamed', data: { ...actOf(data), unitId, name, formerName: state.name, from: command.data.from } }];
      }
      case 'GiveSynonyms': {
        const synonyms = words(command.data.synonyms);
        return sameWords(synonyms, state.synonyms) ? [] : [{ type: 'UnitSynonymsGiven', data: { ...actOf(data), unitId, synonyms } }];
      }
      case 'MoveUnit':
        return move(command.data, state);
      case 'MergeUnit':
        return merge(command.data, state);
      case 'DissolveUnit':
        return [{ type: 'UnitDissolved', data: { ...actOf(data), unitId, path: command.data.path, from: command.data.from } }];
      default:
        return assertNever(command);
    }
  },

  evolve: (state, event) => {
    if (event.type === 'UnitEstablished') {
      const { unitId, name, synonyms, kind, parentId } = event.data;
      return { status: 'active', unitId, name, synonyms, kind, parentId };
    }
    if (state.status !== 'active') return state;
    switch (event.type) {
      case 'UnitRenamed':
        return { ...state, name: event.data.name, synonyms: words([...state.synonyms, event.data.formerName]) };
      case 'UnitSynonymsGiven':
        return { ...state, synonyms: event.data.synonyms };
      case 'UnitMoved':
        return { ...state, parentId: event.data.parentId };
      case 'UnitMerged':
        return { status: 'merged', unitId: state.unitId, parentId: state.parentId, into: event.data.into };
      case 'UnitDissolved':
        return { status: 'dissolved', unitId: state.unitId, parentId: state.parentId };
      default:
        return assertNever(event);
    }
  },
};
