import { assertNever, localDateOf, stampOf, type Act, type Decider } from '@app/kernel';
import type { PlaceholderCommand } from './placeholder.commands';
import { reject } from './placeholder.errors';
import type { PlaceholderEvent } from './placeholder.events';
import type { PlaceholderStatus, WithdrawalGround } from './placeholder.types';

export type PlaceholderState = Readonly<{
  status: 'absent' | PlaceholderStatus;
  documentNumber: string | null;
  ground: WithdrawalGround | null;
}>;
const absent: PlaceholderState = { status: 'absent', documentNumber: null, ground: null };

const evolve = (state: PlaceholderState, event: PlaceholderEvent): PlaceholderState => {
  switch (event.type) {
    case 'PlaceholderRegistered':
      return { ...state, status: 'open' };
    case 'PlaceholderSettled':
      return { ...state, status: 'settled', documentNumber: event.data.documentNumber };
    case 'PlaceholderWithdrawn':
      return { ...state, status: 'withdrawn', ground: event.data.ground };
    default:
      return assertNever(event);
  }
};

const decide = (command: PlaceholderCommand, state: PlaceholderState): readonly PlaceholderEvent[] => {
  if (!command.by.roles.some((role) => role === 'office' || role === 'office-head')) return reject('placeholder-not-yours');
  if (command.on > localDateOf(command.at)) return reject('placeholder-date-in-future');
  const act: Act = { at: command.at, on: command.on, by: stampOf(command.by) };
  switch (command.type) {
    case 'RegisterPlaceholder':
      if (state.status !== 'absent') return reject('placeholder-already-registered');
      return [{ type: 'PlaceholderRegistered', data: { ...act, ...command.data } }];
    case 'SettlePlaceholder': {
      const documentNumber = command.data.documentNumber.trim();
      if (state.status === 'absent') return reject('placeholder-not-found');
      if (state.status === 'withdrawn') return reject('placeholder-withdrawn');
      if (documentNumber === '') return reject('placeholder-document-required');
      if (state.status === 'settled') return state.documentNumber === documentNumber ? [] : reject('placeholder-settled');
      return [{ type: 'PlaceholderSettled', data: { ...act, documentNumber } }];
    }
    case 'WithdrawPlaceholder': {
      const { ground } = command.data;
      const documentNumber = (command.data.documentNumber ?? '').trim();
      if (state.status === 'absent') return reject('placeholder-not-found');
      if (state.status === 'withdrawn') return state.ground === ground ? [] : reject('placeholder-withdrawn');
      // A source says so in writing (R24).
      if (ground === 'source-withdrew' && documentNumber === '') return reject('placeholder-document-required');
      return [{ type: 'PlaceholderWithdrawn', data: { ...act, ground, documentNumber: documentNumber === '' ? null : documentNumber } }];
    }
    default:
      return assertNever(command);
  }
};

export const placeholderDecider: Decider<PlaceholderState, PlaceholderCommand, PlaceholderEvent> = { initial: absent, decide, evolve };
