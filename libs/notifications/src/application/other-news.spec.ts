import { SYSTEM, localDate, stampOf, type FindingId, type Instant, type LegId, type PersonId, type UnitId } from '@app/kernel';
import type { RungAnswered, RungIssued, RungProposed } from '@app/escalation';
import type { SupervisionEvent } from '@app/supervision';
import { textOf } from '../domain/texts';
import { newsOfOthers } from './other-news';

const act = { at: '2020-07-28T02:00:00.000Z' as Instant, on: localDate('2020-07-28'), by: stampOf(SYSTEM) };
const TOWN = 'dazeshan' as UnitId;
const missed = {
  findingId: 'f1' as FindingId,
  number: 'QL-2020-000001',
  legId: 'T' as LegId,
  unitId: TOWN,
  dueAt: '2020-07-27T09:30:00.000Z' as Instant,
};
const around = { stream: 'x', officeId: 'office' as UnitId, unitName: () => '大泽山镇', issuer: null };
const OFFICE_HEAD = { kind: 'posts', unitId: 'office', roles: ['office-head'] };

describe('What the calendar tells people', () => {
  const year = { year: 2021, holidays: [], swappedWorkdays: [], reference: '国办发明电〔2020〕27号', ...act };

  it('is a year that waits for a second person, to those who may confirm it, on the page of the calendar', () => {
    const [news] = newsOfOthers({ type: 'CalendarYearProposed', data: year }, around);
    expect([news?.to, news?.path]).toStrictEqual([[{ kind: 'role', role: 'admin' }, OFFICE_HEAD], '/admin/calendar']);
    expect(news && textOf(news.kind, news.params)).toBe('2021 年工作日历已提交，待第二人确认。');
  });

  it('is a year that holds, to administrators and the office, on the page of the calendar', () => {
    const [news] = newsOfOthers({ type: 'CalendarYearLoaded', data: { ...year, version: 2 } }, around);
    expect([news?.to, news?.path]).toStrictEqual([
      [
        { kind: 'role', role: 'admin' },
        { kind: 'posts', unitId: 'office', roles: ['office', 'office-head'] },
      ],
      '/admin/calendar',
    ]);
  });

  it('is a year that was sent back, with the reason', () => {
    const declined = { year: 2021, reason: '国庆节少一天', ...act };
    const [news] = newsOfOthers({ type: 'CalendarYearDeclined', data: declined }, around);
    expect(news?.to).toStrictEqual([{ kind: 'role', role: 'admin' }]);
    expect(news && textOf(news.kind, news.params)).toBe('2021 年工作日历被退回：国庆节少一天。');
  });
});

describe('What the ladder and supervision tell people', () => {
  const proposed = (rung: RungProposed['data']['rung']): RungProposed => ({
    type: 'RungProposed',
    data: { ...missed, ...act, rung, rule: { id: 'r', version: 1 }, overdueDays: 3, addressees: [], replyDays: null },
  });

  it('is a proposal, to those who may issue it', () => {
    const to = (rung: RungProposed['data']['rung']) => newsOfOthers(proposed(rung), around)[0]?.to;
    expect(to('urging')).toStrictEqual([{ kind: 'posts', unitId: 'office', roles: ['office', 'office-head'] }]);
    expect(to('supervision-letter')).toStrictEqual([OFFICE_HEAD]);
    expect(to('interview')).toStrictEqual([OFFICE_HEAD, { kind: 'leaders', townId: TOWN }]);
  });

  it('is also for the leader it names, who is the town’s where nobody answers for a department', () => {
    const { type, data } = proposed('listing');
    const leader = { kind: 'leader', unitId: 'dept' as UnitId, personId: 'p-leader' as PersonId } as const;
    const [news] = newsOfOthers({ type, data: { ...data, unitId: 'dept' as UnitId, addressees: [leader] } }, around);
    expect(news?.to).toStrictEqual([OFFICE_HEAD, { kind: 'leaders', townId: 'dept' }, { kind: 'person', personId: 'p-leader' }]);
  });

  it('is what was issued, to its addressees', () => {
    const addressees = [
      { kind: 'unit', unitId: TOWN, personId: null },
      { kind: 'unit-head', unitId: TOWN, personId: null },
      { kind: 'leader', unitId: TOWN, personId: null },
      { kind: 'leader', unitId: TOWN, personId: 'p-leader' as PersonId },
    ] as const;
    const issued: RungIssued = {
      type: 'RungIssued',
      data: { ...missed, ...act, rung: 'supervision-letter', addressees, text: '请抓紧整改', replyBy: null, changed: false },
    };
    const [news] = newsOfOthers(issued, around);
    expect(news?.to).toStrictEqual([
      { kind: 'posts', unitId: TOWN, roles: ['clerk', 'deputy'] },
      { kind: 'posts', unitId: TOWN, roles: ['head'] },
      { kind: 'leaders', townId: TOWN },
      { kind: 'person', personId: 'p-leader' },
    ]);
    expect(news?.params).toStrictEqual({ number: 'QL-2020-000001', unit: '大泽山镇', rung: '督办函' });
  });

  it('is an answer, to whoever issued what is answered', () => {
    const answered: RungAnswered = { type: 'RungAnswered', data: { ...missed, ...act, rung: 'urging', text: '明日完成', late: true } };
    const [news] = newsOfOthers(answered, { ...around, issuer: 'p-office' as PersonId });
    expect(news?.to).toStrictEqual([{ kind: 'person', personId: 'p-office' }]);
    expect(news && textOf(news.kind, news.params)).toBe('大泽山镇对催办作了逾期回复：QL-2020-000001。');
  });

  it('is a proposed listing to those who decide, and a decided one to the unit', () => {
    const subject = { kind: 'unit', unitId: TOWN } as const;
    const base = { supervisionId: 's1', round: 1, subject, ...act };
    const told = (event: unknown) => newsOfOthers(event as SupervisionEvent, around).map(({ to, params }) => [to, params]);
    expect(told({ type: 'ListingProposed', data: base })).toStrictEqual([
      [[{ kind: 'answering', unitIds: [TOWN] }, OFFICE_HEAD], { step: '建议待定', unit: '大泽山镇' }],
    ]);
    expect(told({ type: 'SupervisionReportAsked', data: { ...base, dueAt: missed.dueAt } })).toStrictEqual([
      [[{ kind: 'posts', unitId: TOWN, roles: ['clerk', 'deputy', 'head'] }], { step: '须报告进展（7月27日 17:30）', unit: '大泽山镇' }],
    ]);
    expect(told({ type: 'ListingDeclined', data: base })).toStrictEqual([]);
  });
});
