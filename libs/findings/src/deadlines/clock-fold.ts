import type { Instant } from '@app/kernel';
import type { FindingEvent } from '../domain/finding.events';
import { evolve } from '../domain/finding.evolve';
import { absent, type Core, type FindingState } from '../domain/finding.state';
import type { DeadlineKey } from '../domain/finding.types';
import { clocksOf } from './finding-deadlines.policy';

/**
 * What the clocks of a finding follow from: its state, by the domain's own fold, without what takes room and moves no clock.
 * `since` says when each due time began to hold.
 */
export type ClockFold = Readonly<{ state: FindingState; since: Readonly<Record<DeadlineKey, Instant>> }>;

export const EMPTY_FOLD: ClockFold = { state: absent, since: {} };

const slimCore = (core: Core): Core => ({
  ...core,
  text: '',
  basis: null,
  suggestedMeasure: null,
  subject: { kind: core.subject.kind, subjectId: null, label: '', sealed: null, sensitive: false },
  items: [],
  evidence: {},
  instructions: core.instructions.map((given) => ({ ...given, text: '', reply: given.reply === null ? null : '' })),
});

const slim = (state: FindingState): FindingState => (state.phase === 'absent' ? state : { ...state, core: slimCore(state.core) });

const dueTimes = (state: FindingState): ReadonlyMap<DeadlineKey, string> =>
  new Map(clocksOf(state).map(({ key, due, running }) => [key, `${due.at}${running ? '' : ' standing'}`]));

export const foldClock = ({ state, since }: ClockFold, event: FindingEvent): ClockFold => {
  const next = slim(evolve(state, event));
  const before = dueTimes(state);
  const entries = [...dueTimes(next)].map(([key, due]): readonly [DeadlineKey, Instant] => [
    key,
    before.get(key) === due ? (since[key] ?? event.data.at) : event.data.at,
  ]);
  return { state: next, since: Object.fromEntries(entries) };
};
