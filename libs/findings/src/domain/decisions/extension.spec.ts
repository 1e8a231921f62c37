import { localDate } from '@app/kernel';
import { specFor } from '@app/testing';
import { extendedTo } from '@app/worktime';
import {
  ACTORS,
  at,
  CALENDAR_2020,
  firstReviewed,
  GUIDING_LEG,
  happened,
  L1,
  L2,
  order,
  reported,
  stateOf,
  submitted,
  TOWN_LEG,
  underWork,
  UNITS,
} from '../../testing/finding-builders';
import { findingDecider } from '../finding.decider';
import type { FindingEvent } from '../finding.events';

const given = specFor(findingDecider);
const { townClerk, departmentClerk, office, townHead } = ACTORS;
/** The town’s leg is due on 28 July. */
const when = at('2020-07-20');
const after = at('2020-07-29');
const ask = { legId: L1, reason: '连续降雨', progress: '已完成一半', until: localDate('2020-08-14') };
const asked = happened('ExtensionAsked', { ...ask, unitId: UNITS.town }, townClerk, when);
const legDueOf = (past: readonly FindingEvent[]) => {
  const state = stateOf(...past);
  if (state.phase !== 'assigned') throw new Error('not assigned');
  const leg = state.work.legs[L1];
  if (leg === undefined) throw new Error('no leg');
  return leg;
};
const waiting = [...underWork(), asked];
const grant = { legId: L1, until: localDate('2020-08-14'), reason: '属实' };
const granted = (by = when, until = grant.until) =>
  happened(
    'ExtensionGranted',
    {
      legId: L1,
      due: extendedTo(legDueOf(underWork()).due, until, '属实', CALENDAR_2020),
      reason: '属实',
      afterDue: by > at('2020-07-28', '17:30'),
    },
    office,
    by,
  );

describe('Asking for an extension', () => {
  it('comes before the due time, with reason and progress', () => {
    given(...underWork())
      .when(order('AskExtension', ask, townClerk, when))
      .then(asked);
    expect(findingDecider.decide(order('AskExtension', ask, townClerk, at('2020-07-28', '17:30')), stateOf(...underWork()))).toHaveLength(
      1,
    );
    given(...underWork())
      .when(order('AskExtension', ask, townClerk, at('2020-07-28', '17:31')))
      .thenRejects('extension-too-late');
    given(...underWork())
      .when(order('AskExtension', { ...ask, reason: '' }, townClerk, when))
      .thenRejects('reason-required');
    given(...underWork())
      .when(order('AskExtension', { ...ask, progress: '' }, townClerk, when))
      .thenRejects('text-required');
  });

  it('asks for a later day, by the acting unit, while the leg is worked on', () => {
    given(...underWork())
      .when(order('AskExtension', { ...ask, until: localDate('2020-07-28') }, townClerk, when))
      .thenRejects('extension-not-later');
    given(...underWork())
      .when(order('AskExtension', ask, departmentClerk, when))
      .thenRejects('not-yours');
    given(...underWork(), reported(TOWN_LEG))
      .when(order('AskExtension', ask, townClerk, when))
      .thenRejects('leg-not-open');
    given(...underWork({ transferred: { legs: [TOWN_LEG, GUIDING_LEG] } }))
      .when(order('AskExtension', { ...ask, legId: L2 }, departmentClerk, at('2020-07-08')))
      .thenRejects('leg-guides');
  });

  it('is quiet the second time and refused while another waits', () => {
    given(...waiting)
      .when(order('AskExtension', ask, townClerk, when))
      .thenNothing();
    given(...waiting)
      .when(order('AskExtension', { ...ask, until: localDate('2020-08-20') }, townClerk, when))
      .thenRejects('extension-pending');
  });

  it('never passes the upper level’s date', () => {
    const upper = { authority: '省', batch: '1', number: '3', due: localDate('2020-08-14') };
    const past = underWork({ filed: { upper } });
    expect(findingDecider.decide(order('AskExtension', ask, townClerk, when), stateOf(...past))).toHaveLength(1);
    given(...past)
      .when(order('AskExtension', { ...ask, until: localDate('2020-08-15') }, townClerk, when))
      .thenRejects('extension-beyond-upper');
  });
});

describe('Granting an extension', () => {
  it('moves the due time that holds and leaves the original', () => {
    given(...waiting)
      .when(order('GrantExtension', grant, office, when))
      .then(granted());
    const leg = legDueOf([...waiting, granted()]);
    expect([leg.due.day, leg.originalDue.day, leg.extension, leg.extensions]).toStrictEqual(['2020-08-14', '2020-07-28', null, 1]);
  });

  it('after the due time is marked', () => {
    given(...waiting)
      .when(order('GrantExtension', grant, office, after))
      .then(granted(after));
    expect(granted(after).data.afterDue).toBe(true);
  });

  it('may give another day, later than what holds and within the upper level’s', () => {
    const shorter = localDate('2020-08-03');
    given(...waiting)
      .when(order('GrantExtension', { ...grant, until: shorter }, office, when))
      .then(granted(when, shorter));
    given(...waiting)
      .when(order('GrantExtension', { ...grant, until: localDate('2020-07-28') }, office, when))
      .thenRejects('extension-not-later');
    const upper = { authority: '省', batch: '1', number: '3', due: localDate('2020-08-14') };
    given(...underWork({ filed: { upper } }), asked)
      .when(order('GrantExtension', { ...grant, until: localDate('2020-08-17') }, office, when))
      .thenRejects('extension-beyond-upper');
  });

  it('is the office’s, needs a request and a reason, and a leg that was not handed in meanwhile', () => {
    given(...waiting)
      .when(order('GrantExtension', grant, townHead, when))
      .thenRejects('not-yours');
    given(...underWork())
      .when(order('GrantExtension', grant, office, when))
      .thenRejects('extension-not-asked');
    given(...waiting, granted())
      .when(order('GrantExtension', grant, office, when))
      .thenRejects('extension-not-asked');
    given(...waiting)
      .when(order('GrantExtension', { ...grant, reason: '' }, office, when))
      .thenRejects('reason-required');
    given(...waiting, reported(TOWN_LEG), firstReviewed(TOWN_LEG), submitted(TOWN_LEG))
      .when(order('GrantExtension', grant, office, when))
      .thenRejects('leg-not-open');
  });
});

describe('Refusing an extension', () => {
  const refuse = { legId: L1, reason: '理由不充分' };
  const refused = happened('ExtensionRefused', refuse, office, when);

  it('leaves the due time and lets the unit ask again', () => {
    given(...waiting)
      .when(order('RefuseExtension', refuse, office, when))
      .then(refused);
    expect(legDueOf([...waiting, refused]).due.day).toBe('2020-07-28');
    given(...waiting, refused)
      .when(order('AskExtension', ask, townClerk, when))
      .then(asked);
  });

  it('is the office’s, with a reason, when one waits', () => {
    given(...waiting)
      .when(order('RefuseExtension', refuse, townHead, when))
      .thenRejects('not-yours');
    given(...waiting)
      .when(order('RefuseExtension', { ...refuse, reason: '' }, office, when))
      .thenRejects('reason-required');
    given(...underWork())
      .when(order('RefuseExtension', refuse, office, when))
      .thenRejects('extension-not-asked');
  });
});
