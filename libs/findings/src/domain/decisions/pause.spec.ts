import { localDate, SYSTEM, type LocalDate } from '@app/kernel';
import { specFor } from '@app/testing';
import { DEFAULT_RULES, derivationAccount, type DeadlineRule } from '@app/worktime';
import {
  ACTORS,
  at,
  aWorld,
  GUIDING_LEG,
  happened,
  L1,
  L2,
  order,
  reported,
  stateOf,
  TOWN_LEG,
  underWork,
  UNITS,
} from '../../testing/finding-builders';
import { findingDecider } from '../finding.decider';
import type { FindingCommand, World } from '../finding.commands';
import type { FindingEvent, PauseEnded, PauseGranted } from '../finding.events';

const given = specFor(findingDecider);
const { townClerk, departmentClerk, office, officeHead, leader } = ACTORS;
/** Monday; the town’s leg is due on Tuesday 28 July. */
const when = at('2020-07-20');
const day = localDate('2020-07-31');
const ask = { legId: L1, reason: 'procedure', text: '招标公示', until: day } as const;
const grant = { legId: L1, until: day, text: '平发改〔2020〕3号' };
const asked = happened('PauseAsked', { ...ask, unitId: UNITS.town }, townClerk, when);
const decided = (past: readonly FindingEvent[], command: FindingCommand): readonly FindingEvent[] =>
  findingDecider.decide(command, stateOf(...past));
const only = <T extends FindingEvent['type']>(type: T, events: readonly FindingEvent[]): Extract<FindingEvent, { type: T }> => {
  const [event] = events;
  if (events.length !== 1 || event?.type !== type) throw new Error(`not one ${type}`);
  return event as Extract<FindingEvent, { type: T }>;
};
const grantedAfter = (past: readonly FindingEvent[], until: LocalDate = day, world: World = aWorld()): PauseGranted =>
  only('PauseGranted', decided(past, order('GrantPause', { ...grant, until }, officeHead, when, { world })));
const waiting = [...underWork(), asked];
const standing = [...waiting, grantedAfter(waiting)];
const endAt = (past: readonly FindingEvent[]) => {
  const state = stateOf(...past);
  if (state.phase === 'absent') throw new Error('no finding');
  return state.core.deadlines['pause/L1']?.due.at ?? at('2020-01-01');
};
const ended = (past: readonly FindingEvent[], moment = endAt(past)): PauseEnded =>
  only('PauseEnded', decided(past, order('ReachDeadline', { key: 'pause/L1', dueAt: endAt(past), before: 0 }, SYSTEM, moment)));
const legOf = (past: readonly FindingEvent[]) => {
  const state = stateOf(...past);
  const leg = state.phase === 'assigned' ? state.work.legs[L1] : undefined;
  if (state.phase !== 'assigned' || leg === undefined) throw new Error('no leg');
  return { leg, clocks: Object.keys(state.core.deadlines) };
};
const ruled = (rule: Partial<DeadlineRule>): World => ({
  ...aWorld(),
  rules: { version: 'x', rules: DEFAULT_RULES.map((known) => (known.kind === 'pause' ? { ...known, ...rule } : known)) },
});

describe('Asking for a pause', () => {
  it('comes from the acting unit before the due time, with a stated reason and a day', () => {
    given(...underWork())
      .when(order('AskPause', ask, townClerk, when))
      .then(asked);
    given(...underWork())
      .when(order('AskPause', { ...ask, text: ' ' }, townClerk, when))
      .thenRejects('reason-required');
    given(...underWork())
      .when(order('AskPause', ask, departmentClerk, when))
      .thenRejects('not-yours');
    given(...underWork())
      .when(order('AskPause', ask, townClerk, at('2020-07-28', '17:31')))
      .thenRejects('pause-too-late');
    given(...underWork(), reported(TOWN_LEG))
      .when(order('AskPause', ask, townClerk, when))
      .thenRejects('leg-not-open');
    given(...underWork({ transferred: { legs: [TOWN_LEG, GUIDING_LEG] } }))
      .when(order('AskPause', { ...ask, legId: L2 }, departmentClerk, at('2020-07-08')))
      .thenRejects('leg-guides');
  });

  it('keeps within the rule of the day: not today, not beyond the limit', () => {
    given(...underWork())
      .when(order('AskPause', { ...ask, until: localDate('2020-07-20') }, townClerk, when))
      .thenRejects('pause-not-later');
    given(...underWork())
      .when(order('AskPause', { ...ask, until: localDate('2020-07-24') }, townClerk, when, { world: ruled({ days: 3 }) }))
      .thenRejects('pause-too-long');
    expect(
      decided(underWork(), order('AskPause', { ...ask, until: localDate('2020-07-23') }, townClerk, when, { world: ruled({ days: 3 }) })),
    ).toHaveLength(1);
  });

  it('ends before an upper level’s date (R23)', () => {
    const upper = { authority: '省', batch: '1', number: '3', due: localDate('2020-08-14') };
    given(...underWork({ filed: { upper } }))
      .when(order('AskPause', { ...ask, until: localDate('2020-08-14') }, townClerk, when))
      .thenRejects('pause-beyond-upper');
  });

  it('is quiet the second time, refused while another waits, and never beside an extension', () => {
    given(...waiting)
      .when(order('AskPause', ask, townClerk, when))
      .thenNothing();
    given(...waiting)
      .when(order('AskPause', { ...ask, reason: 'season' }, townClerk, when))
      .thenRejects('pause-pending');
    const extension = { legId: L1, reason: '降雨', progress: '过半', until: localDate('2020-08-14') };
    given(...waiting)
      .when(order('AskExtension', extension, townClerk, when))
      .thenRejects('pause-pending');
    given(...underWork(), happened('ExtensionAsked', { ...extension, unitId: UNITS.town, level: 'office' }, townClerk, when))
      .when(order('AskPause', ask, townClerk, when))
      .thenRejects('extension-pending');
  });
});

describe('Ruling on a pause', () => {
  it('granted, the unit’s clock stands and a clock of its own runs', () => {
    const granted = only('PauseGranted', decided(waiting, order('GrantPause', grant, office, when)));
    expect([granted.data.reason, granted.data.text, granted.data.endDue.at]).toStrictEqual([
      'procedure',
      '平发改〔2020〕3号',
      at('2020-07-31', '17:30'),
    ]);
    const { leg, clocks } = legOf([...waiting, granted]);
    expect([leg.stage, leg.pause?.granted, leg.due.day]).toStrictEqual(['working', true, '2020-07-28']);
    expect(clocks).toStrictEqual(['rectify/L2', 'pause/L1']);
  });

  it('is for the office, not for the unit; of what was not asked, or after the due time, there is no ruling', () => {
    given(...waiting)
      .when(order('GrantPause', grant, townClerk, when))
      .thenRejects('not-yours');
    given(...underWork())
      .when(order('GrantPause', grant, office, when))
      .thenRejects('pause-not-asked');
    given(...waiting)
      .when(order('GrantPause', { ...grant, until: localDate('2020-08-20') }, office, at('2020-07-29')))
      .thenRejects('pause-too-late');
    given(...waiting)
      .when(order('GrantPause', { ...grant, text: '' }, office, when))
      .thenRejects('text-required');
    given(...standing)
      .when(order('GrantPause', grant, office, when))
      .thenNothing();
    given(...standing)
      .when(order('GrantPause', { ...grant, until: localDate('2020-08-03') }, office, when))
      .thenRejects('leg-paused');
  });

  it('is not the office’s where the office itself acts: its head’s or the leader’s', () => {
    const own = underWork({
      transferred: {
        legs: [{ ...TOWN_LEG, unitId: UNITS.office }],
        independent: { unitId: UNITS.independent, clearer: ACTORS.verifier.personId, authorisedBy: '纪要' },
      },
    });
    const past = [...own, happened('PauseAsked', { ...ask, unitId: UNITS.office }, office, when)];
    given(...past)
      .when(order('GrantPause', grant, office, when))
      .thenRejects('pause-needs-head');
    given(...past)
      .when(order('RefusePause', { legId: L1, reason: '不符合' }, office, when))
      .thenRejects('pause-needs-head');
    expect(decided(past, order('GrantPause', grant, officeHead, when))).toHaveLength(1);
    expect(decided(past, order('GrantPause', grant, leader, when))).toHaveLength(1);
  });

  it('refused with a reason, the clock has never stood', () => {
    const refused = happened('PauseRefused', { legId: L1, reason: '不属于法定程序' }, office, when);
    given(...waiting)
      .when(order('RefusePause', { legId: L1, reason: '不属于法定程序' }, office, when))
      .then(refused);
    given(...waiting)
      .when(order('RefusePause', { legId: L1, reason: '' }, office, when))
      .thenRejects('reason-required');
    given(...standing)
      .when(order('RefusePause', { legId: L1, reason: '不属于法定程序' }, office, when))
      .thenRejects('pause-not-asked');
    expect(legOf([...waiting, refused])).toStrictEqual(legOf(underWork()));
  });
});

describe('A paused leg', () => {
  it('is resumed first: no report, no extension, no return meanwhile', () => {
    const report = { legId: L1, text: '完成', measures: '加固', effect: '', completedOn: localDate('2020-07-21'), evidence: [] };
    given(...standing)
      .when(order('ReportLeg', report, townClerk, at('2020-07-21')))
      .thenRejects('leg-paused');
    given(...standing)
      .when(order('AskExtension', { legId: L1, reason: '雨', progress: '半', until: localDate('2020-08-14') }, townClerk, when))
      .thenRejects('leg-paused');
    given(...standing)
      .when(order('ReturnLeg', { legId: L1, ground: 'delimit', text: '界限' }, townClerk, when))
      .thenRejects('leg-paused');
  });

  it('runs again at the limit, once, with the working days it stood; the first due time stays', () => {
    const end = ended(standing);
    expect([end.data.because, end.data.days, end.data.due.day]).toStrictEqual(['limit', 9, '2020-08-10']);
    const { leg, clocks } = legOf([...standing, end]);
    expect([leg.due.day, leg.originalDue.day, leg.pause, leg.pausedDays]).toStrictEqual(['2020-08-10', '2020-07-28', undefined, 9]);
    expect(clocks).toStrictEqual(['rectify/L2', 'rectify/L1']);
    given(...standing, end)
      .when(order('ReachDeadline', { key: 'pause/L1', dueAt: endAt(standing), before: 0 }, SYSTEM, at('2020-08-03')))
      .thenNothing();
    given(...standing)
      .when(order('ReachDeadline', { key: 'pause/L1', dueAt: endAt(standing), before: 0 }, SYSTEM, at('2020-07-31', '17:29')))
      .thenNothing();
  });

  it('ended at the limit however late the knock comes', () => {
    const late = ended(standing, at('2020-08-20'));
    expect([late.data.days, late.data.due.day]).toStrictEqual([9, '2020-08-10']);
  });

  it('says in the account of its due time why and by what it stood', () => {
    expect(derivationAccount(ended(standing).data.due).slice(-2)).toStrictEqual([
      '2020年7月20日至2020年7月31日经批准停表（法定程序：平发改〔2020〕3号），顺延 9 个工作日',
      '期限：2020年8月10日 17:30',
    ]);
  });

  it('is resumed before by the unit or the office, by nobody else', () => {
    const resumed = (by: typeof townClerk) =>
      only('PauseEnded', decided(standing, order('ResumeLeg', { legId: L1 }, by, at('2020-07-22'))));
    expect([resumed(townClerk).data.because, resumed(office).data.days, resumed(office).data.due.day]).toStrictEqual([
      'resumed',
      2,
      '2020-07-30',
    ]);
    given(...standing)
      .when(order('ResumeLeg', { legId: L1 }, departmentClerk, when))
      .thenRejects('not-yours');
    given(...waiting)
      .when(order('ResumeLeg', { legId: L1 }, townClerk, when))
      .thenRejects('leg-not-paused');
  });

  it('never runs past an upper level’s date', () => {
    const upper = { authority: '省', batch: '1', number: '3', due: localDate('2020-08-14') };
    const past = [...underWork({ filed: { upper } }), asked];
    const paused = [...past, grantedAfter(past, localDate('2020-08-13'))];
    const end = ended(paused);
    expect([end.data.due.day, end.data.due.steps.at(-1)]).toStrictEqual([
      '2020-08-14',
      { kind: 'given', source: 'upper', due: '2020-08-14', reference: '省 1 3' },
    ]);
  });

  it('has stood for so many days that count against the next pause', () => {
    const again = [...standing, ended(standing)];
    const next = { ...ask, until: localDate('2020-08-05') };
    const later = at('2020-08-03', '08:00');
    given(...again)
      .when(order('AskPause', next, townClerk, later, { world: ruled({ days: 10 }) }))
      .thenRejects('pause-too-long');
    expect(decided(again, order('AskPause', next, townClerk, later, { world: ruled({ days: 11 }) }))).toHaveLength(1);
  });

  it('keeps a date that a leader gives meanwhile, from that day on', () => {
    const [, moved] = decided(
      standing,
      order('GiveInstruction', { text: '抓紧', toUnits: [], replyBy: null, rectifyBy: localDate('2020-08-05') }, leader, at('2020-07-30')),
    );
    if (moved?.type !== 'DueTimeMoved') throw new Error('nothing moved');
    expect(ended([...standing, moved]).data.due.day).toBe('2020-08-06');
  });
});
