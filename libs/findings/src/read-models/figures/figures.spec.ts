import fc from 'fast-check';
import { stageOf, type FindingState } from '../../domain/finding.state';
import type { FindingEvent } from '../../domain/finding.events';
import { allPassed, stateOf, TOWN_LEG } from '../../testing/finding-builders';
import { anyHistory, history } from '../../testing/random-histories';
import { foldFigures, NO_FIGURES } from './figure-fold';
import { figureRows } from './figure-rows';

const legStages = (state: FindingState): unknown =>
  'work' in state && state.work !== null
    ? Object.values(state.work.legs).map((leg) => [leg.legId, leg.unitId, leg.stage, leg.due.day, leg.originalDue.day, leg.extensions])
    : null;

describe('What the figures keep of a finding', () => {
  it('says the same as the domain’s own state, whatever happens', () => {
    fc.assert(
      fc.property(anyHistory, ({ past, steps }) => {
        const events = history(past, steps);
        let fold = NO_FIGURES;
        events.forEach((event, revision) => (fold = foldFigures(fold, event, revision, (unit) => unit)));
        const state = stateOf(...events);
        expect([stageOf(fold.state), legStages(fold.state)]).toStrictEqual([stageOf(state), legStages(state)]);
      }),
      { numRuns: 40 },
    );
  });

  it('marks what was captured offline or entered later by the office, and leaves it in its rates (R16)', () => {
    const given = (...events: readonly FindingEvent[]): Readonly<Record<string, readonly string[]>> => {
      let fold = NO_FIGURES;
      events.forEach((event, revision) => (fold = foldFigures(fold, event, revision, (unit) => unit)));
      const marks = ['late_entry', 'offline_capture', 'passed_on_time_by_day@2020-07-13', 'passed_late_entry_by_day@2020-07-13'];
      return Object.fromEntries(figureRows(fold, (unit) => unit).map((row) => [row.part, row.measures.filter((m) => marks.includes(m))]));
    };
    const lateEntry = { kind: 'office', documentNumber: '督〔2020〕1号', reason: '断网' } as const;
    const enteredLater = allPassed().map((event): FindingEvent =>
      event.type === 'LegSubmitted' && event.data.legId === TOWN_LEG.legId ? { ...event, data: { ...event.data, lateEntry } } : event,
    );
    const onTime = 'passed_on_time_by_day@2020-07-13';
    expect(given(...enteredLater)).toStrictEqual({
      '': ['late_entry'],
      L1: ['late_entry', onTime, 'passed_late_entry_by_day@2020-07-13'],
      L2: [onTime],
      '~verify': [],
    });
    const [filing, ...course] = allPassed();
    if (filing?.type !== 'FindingFiled') throw new Error('a history begins with the filing');
    const captured: FindingEvent = {
      ...filing,
      data: { ...filing.data, lateEntry: { kind: 'offline', documentNumber: null, reason: '离线采集' } },
    };
    expect(given(captured, ...course)).toStrictEqual({
      '': ['offline_capture'],
      L1: ['offline_capture', onTime],
      L2: ['offline_capture', onTime],
      '~verify': [],
    });
  });

  it('counts a finding once, in one state at a time', () => {
    fc.assert(
      fc.property(anyHistory, ({ past, steps }) => {
        let fold = NO_FIGURES;
        history(past, steps).forEach((event, revision) => {
          fold = foldFigures(fold, event, revision, (unit) => unit);
          const rows = figureRows(fold, (unit) => unit);
          expect(new Set(rows.map((row) => row.part)).size).toBe(rows.length);
          for (const { measures } of rows) expect(new Set(measures).size).toBe(measures.length);
          const whole = rows.find((row) => row.part === '')?.measures ?? [];
          const states = [
            'untriaged',
            'accepted',
            'dismissed',
            'withdrawn',
            'linked',
            'open',
            'open_immediate',
            'cleared',
            'cleared_immediate',
            'long_term',
          ];
          expect(whole.filter((measure) => states.includes(measure))).toHaveLength(1);
        });
      }),
      { numRuns: 40 },
    );
  });
});
