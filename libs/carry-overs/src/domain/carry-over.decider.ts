import { assertNever, localDateOf, stampOf, type Act, type Decider } from '@app/kernel';
import type { CarryOverCommand } from './carry-over.commands';
import { reject } from './carry-over.errors';
import type { CarryOverEvent } from './carry-over.events';

export type CarryOverState = Readonly<{ status: 'absent' | 'carried-over' } | { status: 'withdrawn'; reason: string }>;
const absent: CarryOverState = { status: 'absent' };

const evolve = (_: CarryOverState, event: CarryOverEvent): CarryOverState => {
  switch (event.type) {
    case 'FindingCarriedOver':
      return { status: 'carried-over' };
    case 'CarryOverWithdrawn':
      return { status: 'withdrawn', reason: event.data.reason };
    default:
      return assertNever(event);
  }
};

const decide = (command: CarryOverCommand, state: CarryOverState): readonly CarryOverEvent[] => {
  if (!command.by.roles.some((role) => role === 'office' || role === 'office-head')) return reject('carry-over-not-yours');
  const today = localDateOf(command.at);
  if (command.on > today) return reject('carry-over-date-in-future');
  const act: Act = { at: command.at, on: command.on, by: stampOf(command.by) };
  switch (command.type) {
    case 'CarryOver':
      // The same file twice changes nothing; what was withdrawn as a mistake does not come back by it.
      if (state.status !== 'absent') return [];
      if (command.data.clearedOn !== null && command.data.clearedOn > today) return reject('carry-over-not-yet-cleared');
      return [{ type: 'FindingCarriedOver', data: { ...act, ...command.data } }];
    case 'WithdrawCarryOver': {
      const reason = command.data.reason.trim();
      if (state.status === 'absent') return reject('carry-over-not-found');
      if (reason === '') return reject('carry-over-reason-required');
      if (state.status === 'withdrawn') return state.reason === reason ? [] : reject('carry-over-withdrawn');
      return [{ type: 'CarryOverWithdrawn', data: { ...act, reason } }];
    }
    default:
      return assertNever(command);
  }
};

export const carryOverDecider: Decider<CarryOverState, CarryOverCommand, CarryOverEvent> = { initial: absent, decide, evolve };
