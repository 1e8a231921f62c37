import { assertNever, type Decider, type LocalDate, type PersonId, type UnitId } from '@app/kernel';
import { reject } from './organisation.errors';
import type { PersonCommand, PutInChargeOf, Second } from './person.commands';
import type { PersonEvent, SealedPhone } from './person.events';
import { actOf } from './unit.decider';
import { overlaps, type Period } from './vocabulary';

type Stay = Period & Readonly<{ unitId: UnitId }>;
export type PersonState =
  | Readonly<{ status: 'absent' }>
  | Readonly<{
      status: 'registered';
      personId: PersonId;
      name: string;
      phone: SealedPhone | null;
      secondments: readonly (Stay & Readonly<{ fromUnit: UnitId }>)[];
      charges: readonly Stay[];
    }>;
type Registered = Extract<PersonState, { status: 'registered' }>;

export const checkPeriod = (period: Period): void => {
  if (period.to !== null && period.to < period.from) reject('period-reversed');
};
/** A stay that ends before it began never was: it stands in nobody's way. */
const clash = <T extends Period>(stays: readonly T[], period: Period): boolean =>
  stays.some((s) => (s.to === null || s.to >= s.from) && overlaps(s, period));
const shortened = <T extends Stay>(stays: readonly T[], unitId: UnitId, from: LocalDate, to: LocalDate): readonly T[] =>
  stays.map((s) => (s.unitId === unitId && s.from === from ? { ...s, to } : s));
const runningOn = <T extends Stay>(stays: readonly T[], unitId: UnitId, lastDay: LocalDate): T | undefined =>
  stays.find((s) => s.unitId === unitId && (s.to === null || s.to > lastDay));

const second = (data: Second['data'], state: Registered): readonly PersonEvent[] => {
  const { fromUnit, toUnit, fromPlace, toPlace, from, to } = data;
  checkPeriod({ from, to });
  if (fromUnit === toUnit) reject('secondment-same-unit');
  if (fromPlace === null || toPlace === null) reject('unit-not-active');
  const same = state.secondments.filter((s) => s.unitId === toUnit);
  if (same.some((s) => s.fromUnit === fromUnit && s.from === from && s.to === to)) return [];
  if (clash(same, { from, to })) reject('secondment-overlaps');
  return [{ type: 'Seconded', data: { ...actOf(data), personId: state.personId, fromUnit, toUnit, from, to } }];
};

const putInCharge = (data: PutInChargeOf['data'], state: Registered): readonly PersonEvent[] => {
  const { unitId, place, from, to } = data;
  checkPeriod({ from, to });
  if (place === null) return reject('unit-not-active');
  if (place.kind !== 'town') reject('charge-not-a-town');
  const same = state.charges.filter((c) => c.unitId === unitId);
  if (same.some((c) => c.from === from && c.to === to)) return [];
  if (clash(same, { from, to })) reject('charge-overlaps');
  return [{ type: 'PutInCharge', data: { ...actOf(data), personId: state.personId, unitId, from, to } }];
};

export const personDecider: Decider<PersonState, PersonCommand, PersonEvent> = {
  initial: { status: 'absent' },

  decide: (command, state) => {
    if (command.type === 'RegisterPerson') {
      const { personId, phone } = command.data;
      const name = command.data.name.trim();
      if (state.status !== 'absent') return reject('person-exists');
      if (name === '') reject('person-name-missing');
      return [{ type: 'PersonRegistered', data: { ...actOf(command.data), personId, name, phone } }];
    }
    if (state.status === 'absent') return reject('person-absent');
    const { personId } = state;
    switch (command.type) {
      case 'CorrectPerson': {
        const name = command.data.name.trim();
        if (name === '') reject('person-name-missing');
        const phone = command.data.phone === undefined ? state.phone : command.data.phone;
        if (name === state.name && command.data.phone === undefined) return [];
        return [{ type: 'PersonCorrected', data: { ...actOf(command.data), personId, name, phone } }];
      }
      case 'Second':
        return second(command.data, state);
      case 'EndSecondment': {
        const { toUnit, lastDay } = command.data;
        const running = runningOn(state.secondments, toUnit, lastDay);
        if (running === undefined) return [];
        return [{ type: 'SecondmentEnded', data: { ...actOf(command.data), personId, toUnit, from: running.from, to: lastDay } }];
      }
      case 'PutInChargeOf':
        return putInCharge(command.data, state);
      case 'EndCharge': {
        const { unitId, lastDay } = command.data;
        const running = runningOn(state.charges, unitId, lastDay);
        if (running === undefined) return [];
        return [{ type: 'ChargeEnded', data: { ...actOf(command.data), personId, unitId, from: running.from, to: lastDay } }];
      }
      default:
        return assertNever(command);
    }
  },

  evolve: (state, event) => {
    if (event.type === 'PersonRegistered') {
      const { personId, name, phone } = event.data;
      return { status: 'registered', personId, name, phone, secondments: [], charges: [] };
    }
    if (state.status === 'absent') return state;
    switch (event.type) {
      case 'PersonCorrected':
        return { ...state, name: event.data.name, phone: event.data.phone };
      case 'Seconded': {
        const { fromUnit, toUnit, from, to } = event.data;
        return { ...state, secondments: [...state.secondments, { unitId: toUnit, fromUnit, from, to }] };
      }
      case 'SecondmentEnded':
        return { ...state, secondments: shortened(state.secondments, event.data.toUnit, event.data.from, event.data.to) };
      case 'PutInCharge': {
        const { unitId, from, to } = event.data;
        return { ...state, charges: [...state.charges, { unitId, from, to }] };
      }
      case 'ChargeEnded':
        return { ...state, charges: shortened(state.charges, event.data.unitId, event.data.from, event.data.to) };
      default:
        return assertNever(event);
    }
  },
};
