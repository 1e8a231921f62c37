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

export const slim = (state: FindingState): FindingState => (state.phase === 'absent' ? state : { ...state, core: slimCore(state.core) });

type DueTimes = ReadonlyMap<DeadlineKey, string>;
/** What is after one event is before the next: findings are folded one after the other. */
let last: Readonly<{ of: FindingState; found: DueTimes }> | null = null;
const dueTimes = (state: FindingState): DueTimes => {
  if (last?.of === state) return last.found;
  const found = new Map(clocksOf(state).map(({ key, due, running }) => [key, `${due.at}${running ? '' : ' standing'}`]));
  last = { of: state, found };
  return found;
};

/** Most events move no clock: then nothing that clocks follow from was made anew. */
const sameClocks = (a: FindingState, b: FindingState): boolean =>
  a === b ||
  (a.phase === 'assigned' && b.phase === 'assigned' && a.core.deadlines === b.core.deadlines && a.work.legs === b.work.legs) ||
  (a.phase !== 'absent' && a.phase !== 'assigned' && a.phase === b.phase && a.core.deadlines === b.core.deadlines);

/** When each due time of `next` began to hold, after an event at `at` that made it of `before`. */
export const sinceAfter = (before: FindingState, next: FindingState, since: ClockFold['since'], at: Instant): ClockFold['since'] => {
  if (sameClocks(before, next)) {
    if (last?.of === before) last = { of: next, found: last.found };
    return since;
  }
  const known = dueTimes(before);
  const entries = [...dueTimes(next)].map(([key, due]): readonly [DeadlineKey, Instant] => [
    key,
    known.get(key) === due ? (since[key] ?? at) : at,
  ]);
  return Object.fromEntries(entries);
};

export const foldClock = ({ state, since }: ClockFold, event: FindingEvent): ClockFold => {
  const next = slim(evolve(state, event));
  return { state: next, since: sinceAfter(state, next, since, event.data.at) };
};
