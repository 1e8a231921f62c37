import { specFor } from '@app/testing';
import { SYSTEM, type Actor } from '@app/kernel';
import { dueByRule } from '../dues';
import type { FindingCommand } from '../finding.commands';
import type { FindingEvent } from '../finding.events';
import { evolve } from '../finding.evolve';
import { absent, type FindingState } from '../finding.state';
import {
  ACTORS,
  allPassed,
  at,
  aWorld,
  cleared,
  DEPARTMENT_LEG,
  findingId,
  happened,
  order,
  stateOf,
  underWork,
  UNITS,
  verified,
} from '../../testing/finding-builders';
import { recordChildPassed, recordChildReopened } from './family';

const given = <C extends FindingCommand>(
  decide: (command: C, state: FindingState) => readonly FindingEvent[],
  ...past: readonly FindingEvent[]
) => specFor<FindingState, C, FindingEvent>({ initial: absent, decide, evolve })(...past);
const NOW = at('2020-07-20');
const [A, B] = [findingId('F-north'), findingId('F-south')];
const split = happened(
  'FindingSplit',
  {
    children: [
      { findingId: A, townId: UNITS.town, number: 'QL-2020-000002' },
      { findingId: B, townId: UNITS.otherTown, number: 'QL-2020-000003' },
    ],
  },
  ACTORS.office,
  at('2020-07-07', '10:00'),
);
const onParent = { transferred: { legs: [{ ...DEPARTMENT_LEG, leads: true }] } };
const childPassed = (childId: typeof A, last = false) =>
  happened('ChildPassed', { childId, verifyDue: last ? dueByRule(aWorld(), { kind: 'verify' }, NOW) : null }, SYSTEM, NOW);
const hear = (childId: typeof A, by: Actor = SYSTEM) => order('RecordChildPassed', { childId }, by, NOW);
const reopen = (childId: typeof A, by: Actor = SYSTEM) => order('RecordChildReopened', { childId }, by, NOW);
const reopened = (childId: typeof A) => happened('ChildReopened', { childId }, SYSTEM, NOW);

describe('a parent hears of its children (R6)', () => {
  it('one passed, another still open', () =>
    given(recordChildPassed, ...allPassed(onParent), split)
      .when(hear(A))
      .then(childPassed(A)));
  it('the last one starts the clock for verifying', () =>
    given(recordChildPassed, ...allPassed(onParent), split, childPassed(A))
      .when(hear(B))
      .then(childPassed(B, true)));
  it('not while a leg of its own is open', () =>
    given(recordChildPassed, ...underWork(onParent), split, childPassed(A))
      .when(hear(B))
      .then(childPassed(B)));
  it('is quiet about what it knows, and about strangers', () => {
    given(recordChildPassed, ...underWork(onParent), split, childPassed(A))
      .when(hear(A))
      .thenNothing();
    given(recordChildPassed, ...underWork(onParent), split)
      .when(hear(findingId('F-other')))
      .thenNothing();
  });
  it('never from a person', () => {
    given(recordChildPassed, ...underWork(onParent), split)
      .when(hear(A, ACTORS.officeHead))
      .thenRejects('not-yours');
    given(recordChildReopened, ...underWork(onParent), split)
      .when(reopen(A, ACTORS.officeHead))
      .thenRejects('not-yours');
  });
});

describe('a child is open again', () => {
  const done = [...allPassed(onParent), split, childPassed(A), childPassed(B, true)];
  it('so the parent has not passed either', () =>
    given(recordChildReopened, ...done)
      .when(reopen(A))
      .then(reopened(A)));
  it('and a parent that was cleared is open with it', () => {
    const revoked = happened('ClearanceRevoked', { reason: '子问题重新打开', level: '子问题', legs: [] }, SYSTEM, NOW);
    given(recordChildReopened, ...done, verified(NOW), cleared(NOW))
      .when(reopen(A))
      .then(revoked, reopened(A));
    const after = stateOf(...done, verified(NOW), cleared(NOW), revoked, reopened(A));
    expect(after.phase === 'assigned' && after.work.verified).toBeNull();
  });
  it('is quiet when the child had not passed', () =>
    given(recordChildReopened, ...underWork(onParent), split)
      .when(reopen(A))
      .thenNothing());
});
