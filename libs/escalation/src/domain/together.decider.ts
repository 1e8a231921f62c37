import { assertNever, stampOf, type Actor, type Decider, type Instant, type LocalDate } from '@app/kernel';
import { reject } from './escalation.errors';
import type { RungsChosen, RungsIssuedTogether, TogetherEvent } from './escalation.events';
import type { ChosenRung } from './escalation.types';

type Cmd<T extends string, D> = Readonly<{ type: T; data: Readonly<D>; by: Actor; at: Instant; on: LocalDate }>;
type Said<E extends TogetherEvent> = Omit<E['data'], 'at' | 'on' | 'by'>;

/** Who may issue them is for each ladder to say. */
export type ChooseRungs = Cmd<'ChooseRungs', Said<RungsChosen>>;
/** What was issued of them by now. */
export type CloseRungs = Cmd<'CloseRungs', Pick<RungsIssuedTogether['data'], 'rungs' | 'addressees'>>;
export type TogetherCommand = ChooseRungs | CloseRungs;

export type TogetherState = Readonly<{ chosen: RungsChosen['data'] | null; listed: readonly string[] }>;

const keyOf = ({ findingId, legId, dueAt }: ChosenRung): string => `${findingId} ${legId} ${dueAt}`;

const evolve = (state: TogetherState, event: TogetherEvent): TogetherState => {
  switch (event.type) {
    case 'RungsChosen':
      return { ...state, chosen: event.data };
    case 'RungsIssuedTogether':
      return { ...state, listed: [...state.listed, ...event.data.rungs.map(keyOf)] };
    default:
      return assertNever(event);
  }
};

const choose = ({ data, at, on, by }: ChooseRungs, { chosen }: TogetherState): readonly TogetherEvent[] => {
  if (chosen !== null) reject('rungs-chosen-otherwise');
  if (data.rungs.length === 0) reject('rungs-required');
  if (new Set(data.rungs.map(keyOf)).size < data.rungs.length) reject('rung-chosen-twice');
  const text = data.text.trim();
  if (text === '') reject('rung-text-required');
  return [{ type: 'RungsChosen', data: { ...data, text, at, on, by: stampOf(by) } }];
};

/** Whatever was issued since it was last looked at goes out: all at once as a rule, the rest later where a machine broke down between. */
const close = ({ data, at, on, by }: CloseRungs, { chosen, listed }: TogetherState): readonly TogetherEvent[] => {
  if (chosen === null) return reject('rungs-not-found');
  const rungs = data.rungs.filter((rung) => !listed.includes(keyOf(rung)));
  if (rungs.length === 0) return [];
  const { rung, unitId, text, replyBy } = chosen;
  const { addressees } = data;
  return [{ type: 'RungsIssuedTogether', data: { rung, unitId, rungs, addressees, text, replyBy, at, on, by: stampOf(by) } }];
};

const decide = (command: TogetherCommand, state: TogetherState): readonly TogetherEvent[] => {
  switch (command.type) {
    case 'ChooseRungs':
      return choose(command, state);
    case 'CloseRungs':
      return close(command, state);
    default:
      return assertNever(command);
  }
};

/** Several rungs of one unit that go out as one notice. */
export const togetherDecider: Decider<TogetherState, TogetherCommand, TogetherEvent> = {
  initial: { chosen: null, listed: [] },
  decide,
  evolve,
};
