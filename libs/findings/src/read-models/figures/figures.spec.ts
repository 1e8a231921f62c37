import fc from 'fast-check';
import { stageOf, type FindingState } from '../../domain/finding.state';
import { stateOf } from '../../testing/finding-builders';
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
