import { specFor } from '@app/testing';
import type { Actor } from '@app/kernel';
import { dueByRule } from '../dues';
import type { RectifyOnTheSpot } from '../finding.commands';
import type { FindingEvent } from '../finding.events';
import { evolve } from '../finding.evolve';
import { absent, type FindingState } from '../finding.state';
import {
  ACTORS,
  at,
  aWorld,
  happened,
  L1,
  order,
  someEvidence,
  submission,
  TOWN_LEG,
  underWork,
  UNITS,
} from '../../testing/finding-builders';
import { rectifyOnTheSpot } from './on-the-spot';

const given = specFor<FindingState, RectifyOnTheSpot, FindingEvent>({ initial: absent, decide: rectifyOnTheSpot, evolve });
const NOW = at('2020-07-08');
const immediate = underWork({ accepted: { rectification: 'immediate' }, transferred: { legs: [TOWN_LEG] } });
const data: RectifyOnTheSpot['data'] = {
  legId: L1,
  rectifyingUnitId: UNITS.village,
  personPresent: '村委会值班人员',
  inspectors: [ACTORS.inspector.personId, ACTORS.secondInspector.personId],
  text: '当场清理',
  evidence: [someEvidence('E1', { phase: 'before' }), someEvidence('E2')],
};
const spot = (over: Partial<RectifyOnTheSpot['data']> = {}, by: Actor = ACTORS.inspector) =>
  order('RectifyOnTheSpot', { ...data, ...over }, by, NOW);
const done = happened(
  'RectifiedOnTheSpot',
  { ...data, reviewDue: dueByRule(aWorld(), { kind: 'review', rectification: 'immediate' }, NOW) },
  ACTORS.inspector,
  NOW,
);

describe('rectified on the spot (R5, R10)', () => {
  it('with two inspectors present and evidence before and after', () =>
    given(...immediate)
      .when(spot())
      .then(done));
  it('keeps who rectified apart from who typed', () => {
    const state = [...immediate, done].reduce(evolve, absent);
    expect(state.phase === 'assigned' && state.work.rectifiers).toStrictEqual({ units: [UNITS.village, UNITS.town], persons: [] });
  });
  it('not by one inspector twice, nor by two who were elsewhere', () => {
    given(...immediate)
      .when(spot({ inspectors: [ACTORS.inspector.personId, ACTORS.inspector.personId] }))
      .thenRejects('two-inspectors-required');
    given(...immediate)
      .when(spot({}, ACTORS.otherTeamHead))
      .thenRejects('two-inspectors-required');
  });
  it('not without evidence of both moments', () => {
    given(...immediate)
      .when(spot({ evidence: [someEvidence('E2')] }))
      .thenRejects('two-inspectors-required');
    given(...immediate)
      .when(spot({ evidence: [someEvidence('E1', { phase: 'before' })] }))
      .thenRejects('two-inspectors-required');
  });
  it('not for the inspector’s own unit', () =>
    given(...immediate)
      .when(spot({}, { ...ACTORS.inspector, ownUnits: [UNITS.team, UNITS.village] }))
      .thenRejects('avoidance'));
  it('only what is to be rectified at once', () =>
    given(...underWork())
      .when(spot())
      .thenRejects('not-on-the-spot'));
  it('only by inspectors', () =>
    given(...immediate)
      .when(spot({}, ACTORS.townClerk))
      .thenRejects('not-yours'));
  it('is quiet when the leg was submitted already', () => {
    given(...immediate, done)
      .when(spot())
      .thenNothing();
    given(...immediate, ...submission(TOWN_LEG))
      .when(spot())
      .thenNothing();
  });
});
