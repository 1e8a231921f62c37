import type { FindingEvent, FindingState } from '@app/findings';
import type { UnitId } from '@app/kernel';
import type { DueTime } from '@app/worktime';
import { textOf } from '../domain/texts';
import { newsOfFinding } from './finding-news';

const due = (unit: 'working' | 'hours'): DueTime =>
  ({ at: '2020-07-27T09:30:00.000Z', steps: [{ kind: 'rule', ruleId: 'r', ruleVersion: 1, days: 3, unit }] }) as unknown as DueTime;
const KINDS: Readonly<Record<string, string>> = { office: 'office', zfdc: 'independent', 'team-1': 'team' };
/** What of a finding is looked at: number, place, running clocks, legs. */
const state = (unit: 'working' | 'hours' = 'working', independent: unknown = null): Exclude<FindingState, { phase: 'absent' }> =>
  ({
    phase: 'assigned',
    core: { number: 'QL-2020-000001', place: { townId: 'dazeshan' }, deadlines: {} },
    work: {
      legs: { T: { legId: 'T', unitId: 'dazeshan', due: due(unit) }, S: { legId: 'S', unitId: 'housing', due: due(unit) } },
      independent,
    },
  }) as unknown as Exclude<FindingState, { phase: 'absent' }>;

const told = (type: FindingEvent['type'], data: object, over = state()) =>
  newsOfFinding({ type, data } as unknown as FindingEvent, {
    path: '/findings/f1',
    state: over,
    officeId: 'office' as UnitId,
    unitName: (id) => id,
    kindOf: (id) => KINDS[id] ?? 'town',
  });
const to = (...given: Parameters<typeof told>) =>
  told(...given).flatMap((news) =>
    news.to.map((audience) => {
      switch (audience.kind) {
        case 'posts':
          return `${audience.unitId}: ${audience.roles.join(' ')}`;
        case 'receivers':
          return `${audience.unitId}: receivers`;
        case 'leaders':
          return `leaders of ${audience.townId}`;
        case 'answering':
          return `answering for ${audience.unitIds.join(' ')}`;
        case 'person':
          return audience.personId;
        case 'role':
          return audience.role;
      }
    }),
  );
const UNIT = { legId: 'T', unitId: 'dazeshan' };
const CLOCK = { ...UNIT, key: 'rectify/T', dueAt: '2020-07-27T09:30:00.000Z' };

describe('What an event of a finding tells people', () => {
  it.each<readonly [string, FindingEvent['type'], object, readonly string[]]>([
    ['a delivered leg, its unit', 'LegDelivered', { ...UNIT, due: due('working') }, ['dazeshan: receivers']],
    ['a reminder, the unit', 'DeadlineApproached', { ...CLOCK, before: 3 }, ['dazeshan: clerk deputy']],
    [
      'the last reminder, its leaders too',
      'DeadlineApproached',
      { ...CLOCK, before: 1 },
      ['dazeshan: clerk deputy', 'leaders of dazeshan'],
    ],
    ['what is overdue, the head and the leaders', 'DeadlinePassed', CLOCK, ['dazeshan: clerk deputy head', 'leaders of dazeshan']],
    ['an overdue review, the office', 'DeadlinePassed', { ...CLOCK, key: 'review/T', unitId: 'office' }, ['office: office office-head']],
    [
      'an overdue verification, the independent unit',
      'DeadlinePassed',
      { ...CLOCK, key: 'verify', unitId: 'zfdc' },
      ['zfdc: independent-verifier'],
    ],
    ['a leg signed for by default, nobody', 'DeadlinePassed', { ...CLOCK, key: 'sign/T' }, []],
    [
      'a leg sent back, it and those reopened',
      'LegSentBack',
      { ...UNIT, due: due('working'), reopened: [{ legId: 'S', due: due('working') }] },
      ['dazeshan: clerk deputy', 'housing: clerk deputy'],
    ],
    ['a return, the office', 'LegReturned', { ...UNIT, rulingDue: due('working'), objection: false }, ['office: office office-head']],
    ['an objection, the leaders', 'LegReturned', { ...UNIT, rulingDue: due('working'), objection: true }, ['leaders of dazeshan']],
    ['a ruling, the unit', 'ReturnRuled', { ...UNIT, ruling: 'stays' }, ['dazeshan: clerk deputy']],
    ['an extension, the office', 'ExtensionAsked', { ...UNIT, until: '2020-08-01' }, ['office: office office-head']],
    ['a second one, the next level', 'ExtensionAsked', { ...UNIT, until: '2020-08-01', level: 'office-head' }, ['office: office-head']],
    ['one for a leader, the leaders', 'ExtensionAsked', { ...UNIT, until: '2020-08-01', level: 'leader' }, ['leaders of dazeshan']],
    ['its answer, the unit', 'ExtensionRefused', { legId: 'S' }, ['housing: clerk deputy']],
    ['a pause, the office', 'PauseAsked', { ...UNIT, until: '2020-08-01' }, ['office: office office-head']],
    ['its end, the unit', 'PauseEnded', { ...UNIT, due: due('working') }, ['dazeshan: clerk deputy']],
    ['a result handed in, whoever reviews it', 'LegSubmitted', { ...UNIT, reviewDue: due('working') }, ['office: office office-head']],
    ['one leg of several that passed, nobody', 'LegPassed', { ...UNIT, verifyDue: null }, []],
    ['the last leg that passed, the office', 'LegPassed', { ...UNIT, verifyDue: due('working') }, ['office: office office-head']],
    ['a verification, who clears', 'FindingVerified', { clearDue: due('working') }, ['office: office office-head']],
    [
      'an instruction, the units named in it',
      'InstructionGiven',
      { toUnits: ['housing'], replyDue: due('working') },
      ['housing: clerk deputy head'],
    ],
    [
      'an instruction to nobody by name, all that have a leg',
      'InstructionGiven',
      { toUnits: [], replyDue: due('working') },
      ['dazeshan: clerk deputy head', 'housing: clerk deputy head'],
    ],
    ['a comment, nobody', 'CommentAdded', {}, []],
  ])('%s', (_, type, data, audience) => {
    expect(to(type, data)).toStrictEqual(audience);
  });

  it('an independent verification, the independent unit and the person authorised', () => {
    const independent = state('working', { unitId: 'zfdc', clearer: 'p-9' });
    expect(to('LegSubmitted', { ...UNIT, reviewDue: due('working') }, independent)).toStrictEqual(['zfdc: independent-verifier']);
    expect(to('LegPassed', { ...UNIT, verifyDue: due('working') }, independent)).toStrictEqual(['zfdc: independent-verifier']);
    expect(to('FindingVerified', { clearDue: due('working') }, independent)).toStrictEqual(['p-9']);
  });

  it('is urgent where a clock runs in hours, and says so', () => {
    const [news] = told('DeadlineApproached', { ...CLOCK, before: 6, unit: 'hours' }, state('hours'));
    expect([news?.urgent, news && textOf(news.kind, news.params)]).toStrictEqual([
      true,
      'QL-2020-000001 的整改时限还有 6 小时到期：7月27日 17:30。',
    ]);
    expect(told('DeadlinePassed', CLOCK)[0]?.urgent).toBe(false);
  });
});
