import { instantAt, localDate, SYSTEM } from '@app/kernel';
import { specFor } from '@app/testing';
import {
  act,
  listed,
  person,
  TOWN,
  FINDING,
  AT,
  actor,
  leader,
  ownLeader,
  otherLeader,
  office,
  officeHead,
  clerk,
  head,
  order,
  of,
  RULE,
  proposing,
  byRule,
  proposed,
  declined,
  listing,
  put,
  DUE_1,
  DUE_2,
  asked,
  reach,
  check,
  asking,
  removalAsked,
  approving,
  removed,
} from '../testing/cast';
import { supervisionDecider } from './supervision.decider';
import type { SupervisionEvent } from './supervision.events';

const given = specFor(supervisionDecider);

describe('A proposal', () => {
  it('is made by the office, a leader or the system, with a reason', () => {
    given().when(proposing(office)).then(proposed());
    given().when(proposing(leader)).then(proposed(leader));
    given().when(proposing(clerk)).thenRejects('supervision-not-yours');
    given()
      .when(proposing(actor('other-office', ['office'])))
      .thenRejects('supervision-not-yours');
    given()
      .when(proposing(office, { reason: ' ' }))
      .thenRejects('supervision-reason-required');
  });
  it('while a case is open is nothing from a rule and refused from a person', () => {
    given(proposed()).when(byRule()).thenNothing();
    given(...listed)
      .when(byRule())
      .thenNothing();
    given(proposed()).when(proposing(office)).thenRejects('supervision-open-already');
  });
  it('of a rule stays quiet for its days after a case was declined, and then comes as the next case', () => {
    given(proposed(), declined)
      .when(byRule(instantAt(localDate('2020-08-04'), '09:00')))
      .thenNothing();
    const later = instantAt(localDate('2020-08-05'), '09:00');
    given(proposed(), declined)
      .when(byRule(later))
      .then({
        type: 'ListingProposed',
        data: { ...of(TOWN, 2), origin: RULE, reason: '问题多', grounds: null, ...act(SYSTEM, later) },
      });
    given(proposed(), declined).when(proposing(office)).then(proposed(office, 2));
  });
  it('is declined with a reason by the leader in charge or the head of the office, once', () => {
    given(proposed())
      .when(order('DeclineListing', { reason: '先催办' }, leader))
      .then(declined);
    given(proposed())
      .when(order('DeclineListing', { reason: '' }, officeHead))
      .thenRejects('supervision-reason-required');
    given(proposed())
      .when(order('DeclineListing', { reason: '先催办' }, otherLeader))
      .thenRejects('supervision-not-yours');
    given(proposed(), declined)
      .when(order('DeclineListing', { reason: '先催办' }, leader))
      .thenRejects('supervision-not-proposed');
  });
});

describe('A listing', () => {
  it('is put on by the leader in charge, and the first report is asked for', () =>
    given(proposed())
      .when(listing(leader))
      .then(put(), asked(1, DUE_1, leader, AT)));
  it.each([
    ['nobody of the unit’s own (R9)', ownLeader, 'supervision-avoidance'],
    ['no leader of other towns', otherLeader, 'supervision-not-yours'],
    ['not the office without its head', office, 'supervision-not-yours'],
    ['not the unit', head, 'supervision-not-yours'],
    ['not the machine', SYSTEM, 'supervision-not-yours'],
  ])('by %s', (_, by, code) => given(proposed()).when(listing(by)).thenRejects(code));
  it.each([
    ['somebody who is no leader', { leaderId: person('clerk') }, 'supervision-leader-unknown'],
    ['a deadline of today', { deadline: localDate('2020-07-06') }, 'supervision-deadline-invalid'],
    ['reports never', { cadence: { every: 0, unit: 'natural' } }, 'supervision-cadence-invalid'],
    ['no criteria', { criteria: [] }, 'supervision-criteria-required'],
    ['a criterion of findings', { criteria: [{ kind: 'finding-cleared' }] }, 'supervision-criteria-invalid'],
    ['no measures', { measures: ' ' }, 'supervision-text-required'],
    ['no reason', { reason: ' ' }, 'supervision-reason-required'],
  ] as const)('refuses a plan with %s', (_, over, code) => given(proposed()).when(listing(leader, over)).thenRejects(code));
  it('of a finding asks for its clearance, not for figures of units', () => {
    const onFinding = proposed(office, 1, FINDING);
    given(onFinding).when(listing(leader)).thenRejects('supervision-criteria-invalid');
    expect(
      supervisionDecider.decide(listing(leader, { criteria: [{ kind: 'finding-cleared' }] }), {
        phase: 'proposed',
        round: 1,
        subject: FINDING,
      }).length,
    ).toBe(2);
  });
  it('needs a proposal', () => {
    given().when(listing(leader)).thenRejects('supervision-not-found');
    given(...listed)
      .when(listing(leader))
      .thenRejects('supervision-not-proposed');
  });
});

describe('A removal', () => {
  it('is asked for by who signs for the unit, or the office, with an answer to each criterion, once', () => {
    given(...listed)
      .when(asking(head))
      .then(removalAsked);
    given(...listed)
      .when(asking(clerk))
      .thenRejects('supervision-not-yours');
    given(...listed)
      .when(asking(head, ['还剩 2 件']))
      .thenRejects('supervision-answers-required');
    given(...listed, removalAsked)
      .when(asking(office))
      .thenRejects('supervision-removal-asked');
  });
  it('is refused with a reason, and may be asked for again', () => {
    const refusal = order('RefuseRemoval', { reason: '再观察', checks: [check(false)] }, leader);
    const refused: SupervisionEvent = {
      type: 'RemovalRefused',
      data: { ...of(), reason: '再观察', checks: [check(false)], ...act(leader) },
    };
    given(...listed, removalAsked)
      .when(refusal)
      .then(refused);
    given(...listed)
      .when(refusal)
      .thenRejects('supervision-removal-not-asked');
    given(...listed, removalAsked, refused)
      .when(asking(head))
      .then(removalAsked);
  });
  it('is approved by a leader in charge who is none of the unit’s own; against a figure only with a reason', () => {
    given(...listed, removalAsked)
      .when(approving(leader, true))
      .then(removed(true, null));
    given(...listed, removalAsked)
      .when(approving(leader, false))
      .thenRejects('supervision-unmet-required');
    given(...listed, removalAsked)
      .when(approving(leader, false, '已落实'))
      .then(removed(false, '已落实'));
    given(...listed, removalAsked)
      .when(approving(ownLeader, true))
      .thenRejects('supervision-avoidance');
    given(...listed, removalAsked)
      .when(approving(officeHead, true))
      .thenRejects('supervision-not-yours');
    given(...listed)
      .when(approving(leader, true))
      .thenRejects('supervision-removal-not-asked');
  });
  it('ends the clock of reports and frees the subject', () => {
    const over = [...listed, removalAsked, removed(true, null)];
    given(...over)
      .when(reach(DUE_2))
      .thenNothing();
    given(...over)
      .when(proposing(office))
      .then(proposed(office, 2));
  });
});
