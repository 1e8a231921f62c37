import { specFor } from '@app/testing';
import { localDate, type Actor } from '@app/kernel';
import { planStages } from '../dues';
import type { FindingCommand } from '../finding.commands';
import type { FindingEvent } from '../finding.events';
import { evolve } from '../finding.evolve';
import { absent, stageOf, statusOf, type FindingState } from '../finding.state';
import { ACCEPTED_AT, ACTORS, at, aWorld, happened, order, stateOf, underWork, UNITS, TOWN_LEG } from '../../testing/finding-builders';
import { passStage, rescheduleStages } from './staged';

const given = <C extends FindingCommand>(
  decide: (command: C, state: FindingState) => readonly FindingEvent[],
  ...past: readonly FindingEvent[]
) => specFor<FindingState, C, FindingEvent>({ initial: absent, decide, evolve })(...past);
const NOW = at('2020-07-20');
const plan = [
  { text: '建立管护制度', checkOn: localDate('2020-08-31') },
  { text: '运行半年', checkOn: localDate('2021-02-26') },
];
const past = underWork({ accepted: { rectification: 'staged', stages: planStages(aWorld(), plan, ACCEPTED_AT) } });
const pass = (stage: number, by: Actor = ACTORS.office) => order('PassStage', { stage, text: '已运行' }, by, NOW);
const stagePassed = (stage: number) => happened('StagePassed', { stage, text: '已运行' }, ACTORS.office, NOW);
const longTerm = happened('TurnedLongTerm', { text: '已运行' }, ACTORS.office, NOW);

describe('a staged rectification (R25)', () => {
  it('passes stage by stage', () =>
    given(passStage, ...past)
      .when(pass(1))
      .then(stagePassed(1)));
  it('turns long-term with its last stage, which is no clearance', () => {
    given(passStage, ...past, stagePassed(1))
      .when(pass(2))
      .then(stagePassed(2), longTerm);
    const stage = stageOf(stateOf(...past, stagePassed(1), stagePassed(2), longTerm));
    expect(stage).toBe('long-term');
    expect(stage === null ? null : statusOf(stage)).toBe('rectified');
  });
  it('not out of order, and not a stage that is not there', () => {
    given(passStage, ...past)
      .when(pass(2))
      .thenRejects('stage-not-found');
    given(passStage, ...past)
      .when(pass(3))
      .thenRejects('stage-not-found');
  });
  it('not for other findings', () =>
    given(passStage, ...underWork())
      .when(pass(1))
      .thenRejects('not-staged'));
  it('not by the unit, nor by someone whose unit worked on it (R9)', () => {
    given(passStage, ...past)
      .when(pass(1, ACTORS.townHead))
      .thenRejects('not-yours');
    const progress = happened(
      'ProgressRecorded',
      { legId: TOWN_LEG.legId, unitId: UNITS.town, text: '推进中', basicallyComplete: null },
      ACTORS.townClerk,
      NOW,
    );
    given(passStage, ...past, progress)
      .when(pass(1, { ...ACTORS.office, ownUnits: [UNITS.office, UNITS.town] }))
      .thenRejects('avoidance');
  });
  it('is quiet about a stage that passed', () =>
    given(passStage, ...past, stagePassed(1))
      .when(pass(1))
      .thenNothing());
});

describe('stages are planned anew', () => {
  const next = [{ text: '延长运行', checkOn: localDate('2020-12-31') }];
  const reschedule = (stages = next, reason = '设备到货推迟', by: Actor = ACTORS.office) =>
    order('RescheduleStages', { stages, reason }, by, NOW);
  it('by the office with a reason', () =>
    given(rescheduleStages, ...past)
      .when(reschedule())
      .then(happened('StagesRescheduled', { stages: planStages(aWorld(), next, NOW), reason: '设备到货推迟' }, ACTORS.office, NOW)));
  it('with the next check at most six months away', () =>
    given(rescheduleStages, ...past)
      .when(reschedule([{ text: '延长运行', checkOn: localDate('2021-02-26') }]))
      .thenRejects('stage-too-late'));
  it('not without a reason, stages or right', () => {
    given(rescheduleStages, ...past)
      .when(reschedule(next, ''))
      .thenRejects('reason-required');
    given(rescheduleStages, ...past)
      .when(reschedule([]))
      .thenRejects('stages-required');
    given(rescheduleStages, ...past)
      .when(reschedule(next, '推迟', ACTORS.townHead))
      .thenRejects('not-yours');
  });
});
