import { specFor } from '@app/testing';
import type { Actor } from '@app/kernel';
import { dueByRule } from '../dues';
import type { LookBack } from '../finding.commands';
import type { FindingEvent } from '../finding.events';
import { evolve } from '../finding.evolve';
import { absent, type FindingState } from '../finding.state';
import {
  ACTORS,
  allPassed,
  at,
  aWorld,
  cleared,
  findingId,
  happened,
  L1,
  L2,
  order,
  underWork,
  UNITS,
  verified,
} from '../../testing/finding-builders';
import { lookBack } from './look-back';

const given = specFor<FindingState, LookBack, FindingEvent>({ initial: absent, decide: lookBack, evolve });
const NOW = at('2020-07-20');
const past = [...allPassed(), verified(), cleared()];
const look = (result: LookBack['data']['result'], over: Partial<LookBack['data']> = {}, by: Actor = ACTORS.inspector) =>
  order('LookBack', { round: '2020年7月回头看', result, text: '入户查看', relapseId: null, ...over }, by, NOW);
const looked = (result: LookBack['data']['result'], by: Actor = ACTORS.inspector, relapseId: ReturnType<typeof findingId> | null = null) =>
  happened('LookedBack', { round: '2020年7月回头看', result, text: '入户查看', relapseId }, by, NOW);

describe('looking back (R26)', () => {
  it('finds that it holds', () =>
    given(...past)
      .when(look('holds'))
      .then(looked('holds')));
  it('finds it not thorough: the clearance falls with it, by the level that gave it or above', () => {
    const due = dueByRule(aWorld(), { kind: 'rectify' }, NOW);
    given(...past)
      .when(look('not-thorough', {}, ACTORS.officeHead))
      .then(
        looked('not-thorough', ACTORS.officeHead),
        happened(
          'ClearanceRevoked',
          { reason: '入户查看', level: '回头看', legs: [L1, L2].map((legId) => ({ legId, due })) },
          ACTORS.officeHead,
          NOW,
        ),
      );
    given(...past)
      .when(look('not-thorough'))
      .thenRejects('not-yours');
  });
  it('finds a relapse, which is a new finding; the clearance stays', () => {
    const relapseId = findingId('F-again');
    given(...past)
      .when(look('relapse', { relapseId }))
      .then(looked('relapse', ACTORS.inspector, relapseId));
    given(...past)
      .when(look('relapse'))
      .thenRejects('relapse-id-required');
  });
  it('a task has no relapse', () => {
    const task = [...allPassed({ filed: { kind: 'task' } }), verified(), cleared()];
    given(...task)
      .when(look('relapse', { relapseId: findingId('F-again') }))
      .thenRejects('task-cannot');
  });
  it('only at what is cleared', () =>
    given(...underWork())
      .when(look('holds'))
      .thenRejects('finding-not-cleared'));
  it('never at one’s own unit’s work', () => {
    given(...past)
      .when(look('holds', {}, ACTORS.townClerk))
      .thenRejects('not-yours');
    given(...past)
      .when(look('holds', {}, { ...ACTORS.inspector, ownUnits: [UNITS.team, UNITS.town] }))
      .thenRejects('avoidance');
  });
  it('records a round once', () =>
    given(...past, looked('holds'))
      .when(look('relapse', { relapseId: findingId('F-again') }))
      .thenNothing());
});
