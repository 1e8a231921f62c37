import { instantAt, localTimeOf, SYSTEM, type Instant } from '@app/kernel';
import { addWorkingDays } from '@app/worktime';
import fc from 'fast-check';
import { aWorld, order, stateOf } from '../testing/finding-builders';
import { anyHistory, history, later } from '../testing/random-histories';
import { findingDecider } from './finding.decider';
import { FINDING_EVENT_TYPES } from './finding.event-types';
import type { FindingEvent } from './finding.events';
import { stageOf, statusOf, type FindingState } from './finding.state';
import { STAGES, STATUSES } from './finding.types';

const world = aWorld();
const RUNS = { numRuns: 50 } as const;

describe('Any history of a finding', () => {
  it('is made of refusals and events only, and every event is one that is stored', () => {
    fc.assert(
      fc.property(anyHistory, ({ past, steps }) => {
        for (const { type, data } of history(past, steps)) {
          expect(FINDING_EVENT_TYPES[type].version).toBe(1);
          expect([typeof data.at, typeof data.on, typeof data.by.personId]).toStrictEqual(['string', 'string', 'string']);
        }
      }),
      RUNS,
    );
  });

  it('survives being written as JSON, and folds to the same state every time', () => {
    fc.assert(
      fc.property(anyHistory, ({ past, steps }) => {
        const events = history(past, steps);
        const read = JSON.parse(JSON.stringify(events)) as readonly FindingEvent[];
        expect(read).toStrictEqual(events);
        expect(stateOf(...read)).toStrictEqual(stateOf(...events));
      }),
      RUNS,
    );
  });

  it('always has a stage and a status, and no running clock of its own after the end', () => {
    fc.assert(
      fc.property(anyHistory, ({ past, steps }) => {
        const state: FindingState = stateOf(...history(past, steps));
        const stage = stageOf(state);
        if (state.phase === 'absent' || stage === null) return;
        expect(STAGES).toContain(stage);
        expect(STATUSES).toContain(statusOf(stage));
        if (state.phase === 'assigned' || state.phase === 'filed' || state.phase === 'accepted') return;
        expect(Object.values(state.core.deadlines).filter((d) => d.kind !== 'instruction')).toStrictEqual([]);
      }),
      RUNS,
    );
  });

  it('feels a knock once however often it comes, and never before its time', () => {
    fc.assert(
      fc.property(anyHistory, fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 20_000 }), ({ past, steps }, before, minutes) => {
        const start = stateOf(...history(past, steps));
        if (start.phase === 'absent') return;
        let state: Exclude<FindingState, { phase: 'absent' }> = start;
        for (const { key, due } of Object.values(start.core.deadlines)) {
          const knock = (when: Instant) => order('ReachDeadline', { key, dueAt: due.at, before }, SYSTEM, when, { world });
          const time = instantAt(addWorkingDays(due.day, -before, world.calendar), localTimeOf(due.at));
          const early = later(time, -1 - minutes);
          expect(findingDecider.decide(knock(early), state)).toStrictEqual([]);
          const first = findingDecider.decide(knock(later(due.at, minutes)), state);
          expect(first).toHaveLength(before === 0 && state.core.knocked[`${key}|${due.at}|0`] !== true ? 1 : 0);
          const next = first.reduce(findingDecider.evolve, state as FindingState);
          if (next.phase !== 'absent') state = next;
          expect(findingDecider.decide(knock(later(due.at, minutes)), state)).toStrictEqual([]);
          expect(findingDecider.decide(knock(later(due.at, minutes + 60)), state)).toStrictEqual([]);
        }
      }),
      RUNS,
    );
  });
});

describe('The random histories of these tests', () => {
  it('reach most kinds of events, so that the properties mean something', () => {
    const seen = new Set<string>();
    const samples = fc.sample(anyHistory, { numRuns: 300, seed: 1 });
    for (const { past, steps } of samples) for (const { type } of history(past, steps).slice(past.length)) seen.add(type);
    expect(seen.size).toBeGreaterThan(Object.keys(FINDING_EVENT_TYPES).length * 0.8);
  });
});
