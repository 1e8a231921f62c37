import { localDate, type CategoryCode, type LocalDate } from '@app/kernel';
import { specFor } from '@app/testing';
import { DEFAULT_RULES, extendedTo, type DeadlineRule, type ExtensionLevel } from '@app/worktime';
import {
  ACTORS,
  at,
  aWorld,
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
const asked = happened('ExtensionAsked', { ...ask, unitId: UNITS.town, level: 'office' }, townClerk, when);
const legDueOf = (past: readonly FindingEvent[]) => {
  const state = stateOf(...past);
  if (state.phase !== 'assigned') throw new Error('not assigned');
  const leg = state.work.legs[L1];
  if (leg === undefined) throw new Error('no leg');
  return leg;
};
const waiting = [...underWork(), asked];
const grant = { legId: L1, until: localDate('2020-08-14'), reason: '属实' };
const granted = (by = when, until = grant.until, level: ExtensionLevel = 'office', who = office) =>
  happened(
    'ExtensionGranted',
    {
      legId: L1,
      due: extendedTo(legDueOf(underWork()).due, until, '属实', CALENDAR_2020, level),
      reason: '属实',
      afterDue: by > at('2020-07-28', '17:30'),
    },
    who,
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

describe('Who may grant how long', () => {
  // From 28 July: the office until 18 August, its head until 8 September, the leader until 7 December.
  const longer = localDate('2020-08-19');
  const longest = localDate('2020-09-09');
  const past = (until: LocalDate, level: ExtensionLevel) => [
    ...underWork(),
    happened('ExtensionAsked', { ...ask, until, unitId: UNITS.town, level }, townClerk, when),
  ];

  it('is said when it is asked for', () => {
    given(...underWork())
      .when(order('AskExtension', { ...ask, until: longer }, townClerk, when))
      .then(happened('ExtensionAsked', { ...ask, until: longer, unitId: UNITS.town, level: 'office-head' }, townClerk, when));
    given(...underWork())
      .when(order('AskExtension', { ...ask, until: longest }, townClerk, when))
      .then(happened('ExtensionAsked', { ...ask, until: longest, unitId: UNITS.town, level: 'leader' }, townClerk, when));
    given(...underWork())
      .when(order('AskExtension', { ...ask, until: localDate('2021-06-30') }, townClerk, when))
      .thenRejects('extension-too-long');
  });

  it('goes by the day that is granted, level by level', () => {
    given(...past(longer, 'office-head'))
      .when(order('GrantExtension', { ...grant, until: longer }, office, when))
      .thenRejects('extension-needs-head');
    given(...past(longer, 'office-head'))
      .when(order('GrantExtension', { ...grant, until: longer }, ACTORS.officeHead, when))
      .then(granted(when, longer, 'office-head', ACTORS.officeHead));
    given(...past(longest, 'leader'))
      .when(order('GrantExtension', { ...grant, until: longest }, ACTORS.officeHead, when))
      .thenRejects('extension-needs-leader');
    given(...past(longest, 'leader'))
      .when(order('GrantExtension', { ...grant, until: longest }, ACTORS.leader, when))
      .then(granted(when, longest, 'leader', ACTORS.leader));
    // A shorter one than was asked for is within the office's own right.
    given(...past(longest, 'leader'))
      .when(order('GrantExtension', grant, office, when))
      .then(granted());
  });

  it('is the next level for a second one, and the leader for a third', () => {
    const second = [...waiting, granted()];
    const until = localDate('2020-08-21');
    const askedAgain = happened('ExtensionAsked', { ...ask, until, unitId: UNITS.town, level: 'office-head' }, townClerk, after);
    given(...second)
      .when(order('AskExtension', { ...ask, until }, townClerk, after))
      .then(askedAgain);
    given(...second, askedAgain)
      .when(order('GrantExtension', { ...grant, until }, office, after))
      .thenRejects('extension-needs-head');
    const granting = findingDecider.decide(
      order('GrantExtension', { ...grant, until }, ACTORS.officeHead, after),
      stateOf(...second, askedAgain),
    );
    const third = stateOf(...second, askedAgain, ...granting);
    const [event] = findingDecider.decide(order('AskExtension', { ...ask, until: localDate('2020-08-28') }, townClerk, after), third);
    expect(event?.type === 'ExtensionAsked' && event.data.level).toBe('leader');
  });

  it('follows the rule of its category', () => {
    const housing = 'housing' as CategoryCode;
    const rule: DeadlineRule = {
      id: 'extend-housing',
      version: 1,
      kind: 'extend-office',
      category: housing,
      days: 1,
      unit: 'working',
      from: localDate('2020-01-01'),
      to: null,
    };
    const world = aWorld({ rules: { version: '1', rules: [...DEFAULT_RULES, rule] } });
    const [event] = findingDecider.decide(
      order('AskExtension', ask, townClerk, when, { world }),
      stateOf(...underWork({ filed: { category: housing } })),
    );
    expect(event?.type === 'ExtensionAsked' && event.data.level).toBe('office-head');
  });

  it('is never the office for its own leg', () => {
    const own = { ...TOWN_LEG, unitId: UNITS.office };
    const [event] = findingDecider.decide(
      order('AskExtension', ask, { ...ACTORS.office, roles: ['clerk'] }, when),
      stateOf(...underWork({ transferred: { legs: [own] } })),
    );
    expect(event?.type === 'ExtensionAsked' && event.data.level).toBe('leader');
  });
});
