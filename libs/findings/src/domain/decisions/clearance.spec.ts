import { specFor } from '@app/testing';
import type { Actor } from '@app/kernel';
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
  L1,
  L2,
  order,
  passed,
  submission,
  submitted,
  TOWN_LEG,
  underWork,
  UNITS,
  verified,
} from '../../testing/finding-builders';
import { clearFinding, revokeClearance, verifyFinding } from './clearance';

const given = <C extends FindingCommand>(
  decide: (command: C, state: FindingState) => readonly FindingEvent[],
  ...past: readonly FindingEvent[]
) => specFor<FindingState, C, FindingEvent>({ initial: absent, decide, evolve })(...past);
const NOW = at('2020-07-15');
const verifyDue = dueByRule(aWorld(), { kind: 'verify' }, at('2020-07-13', '10:00'));

describe('verifying', () => {
  const verify = (by: Actor = ACTORS.office) => order('VerifyFinding', { method: 'on-site', text: '现场核实' }, by, NOW);
  const seen = (by: Actor = ACTORS.office) =>
    happened('FindingVerified', { method: 'on-site', text: '现场核实', clearDue: verifyDue }, by, NOW);
  it('is done by the office or the inspectors once all legs have passed', () => {
    given(verifyFinding, ...allPassed())
      .when(verify())
      .then(seen());
    given(verifyFinding, ...allPassed())
      .when(verify(ACTORS.inspector))
      .then(seen(ACTORS.inspector));
  });
  it('not before', () =>
    given(verifyFinding, ...underWork(), ...submission(TOWN_LEG))
      .when(verify())
      .thenRejects('legs-not-passed'));
  it('not before every child has passed (R6)', () => {
    const children = [{ findingId: findingId('F-child'), townId: UNITS.town, number: 'QL-2020-000002' }];
    given(verifyFinding, ...allPassed(), happened('FindingSplit', { children }, ACTORS.office, NOW))
      .when(verify())
      .thenRejects('legs-not-passed');
  });
  it('not by the unit that rectified, nor by who filled in there (R9)', () => {
    given(verifyFinding, ...allPassed())
      .when(verify(ACTORS.townHead))
      .thenRejects('not-yours');
    given(verifyFinding, ...allPassed())
      .when(verify({ ...ACTORS.inspector, ownUnits: [UNITS.team, UNITS.department] }))
      .thenRejects('avoidance');
    given(verifyFinding, ...allPassed())
      .when(verify({ ...ACTORS.office, personId: ACTORS.townClerk.personId }))
      .thenRejects('avoidance');
  });
  it('once: the same person again is quiet, another is told', () => {
    given(verifyFinding, ...allPassed(), seen())
      .when(verify())
      .thenNothing();
    given(verifyFinding, ...allPassed(), seen())
      .when(verify(ACTORS.secondOffice))
      .thenRejects('already-verified');
  });
});

describe('clearing', () => {
  const clear = (by: Actor = ACTORS.office) => order('ClearFinding', { text: '同意销号' }, by, NOW);
  const done = (onTime = true) => happened('FindingCleared', { text: '同意销号', onTime, onTimeByOriginal: onTime }, ACTORS.office, NOW);
  it('is an act of its own after verifying, by the same person or another', () =>
    given(clearFinding, ...allPassed(), verified())
      .when(clear())
      .then(done()));
  it('is on time only when every acting leg was (R34)', () =>
    given(
      clearFinding,
      ...underWork(),
      ...submission(TOWN_LEG),
      ...submission(DEPARTMENT_LEG).slice(0, 2),
      submitted(DEPARTMENT_LEG, { onTime: false, onTimeByOriginal: false }),
      passed(TOWN_LEG, false),
      passed(DEPARTMENT_LEG, true),
      verified(),
    )
      .when(clear())
      .then(done(false)));
  it('not before verifying', () =>
    given(clearFinding, ...allPassed())
      .when(clear())
      .thenRejects('not-verified'));
  it('not while a leg is open', () =>
    given(clearFinding, ...underWork())
      .when(clear())
      .thenRejects('legs-not-passed'));
  it('not by an inspector', () =>
    given(clearFinding, ...allPassed(), verified())
      .when(clear(ACTORS.inspector))
      .thenRejects('not-yours'));
  it('not by a unit merged into the office after it rectified (R9, R14)', () => {
    const world = aWorld({ succession: { [UNITS.department]: UNITS.office } });
    given(clearFinding, ...allPassed(), verified())
      .when({ ...clear(), world })
      .thenRejects('avoidance');
  });
  it('once', () =>
    given(clearFinding, ...allPassed(), verified(), cleared())
      .when(clear())
      .thenNothing());
});

describe('revoking a clearance (R26)', () => {
  const revoke = (by: Actor = ACTORS.officeHead, legIds = [L1], reason = '复查不实') =>
    order('RevokeClearance', { reason, level: '督查办', legIds }, by, NOW);
  const past = [...allPassed(), verified(), cleared()];
  const open = { legId: L1, due: dueByRule(aWorld(), { kind: 'rectify' }, NOW) };
  const revoked = (by: Actor, legs = [open]) => happened('ClearanceRevoked', { reason: '复查不实', level: '督查办', legs }, by, NOW);
  it('opens the named legs again with a full clock from that day', () =>
    given(revokeClearance, ...past)
      .when(revoke())
      .then(revoked(ACTORS.officeHead)));
  it('opens all legs where none is named', () =>
    given(revokeClearance, ...past)
      .when(revoke(ACTORS.leader, []))
      .then(revoked(ACTORS.leader, [open, { ...open, legId: L2 }])));
  it('is for the level that gave it or above', () =>
    given(revokeClearance, ...past)
      .when(revoke(ACTORS.office))
      .thenRejects('not-yours'));
  it('needs a reason', () =>
    given(revokeClearance, ...past)
      .when(revoke(ACTORS.officeHead, [L1], ''))
      .thenRejects('reason-required'));
  it('only what is cleared', () =>
    given(revokeClearance, ...allPassed())
      .when(revoke())
      .thenRejects('finding-not-cleared'));
});
