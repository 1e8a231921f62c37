import type { FindingState } from '@app/findings';
import { instant, localDate, type FindingId, type LegId } from '@app/kernel';
import { DirectoryView, NO_ROWS } from '@app/organisation';
import { calendarFrom, dueAfter, dueGiven, extendedTo, type DueTime } from '@app/worktime';
import { legNow, noticeRow, type LegGiven } from './notice-row';

const calendar = calendarFrom([]);
const deliveredAt = instant('2020-07-06T01:00:00.000Z');
const byRule = dueAfter({ deliveredAt, days: 15, unit: 'working', calendar, rule: { id: 'rectify', version: 3 } });
const given: LegGiven = { findingId: 'f' as FindingId, legId: 'T' as LegId, requirement: null };
type Known = Exclude<FindingState, { phase: 'absent' }>;

/** What a row is made of, and nothing else of a finding. */
const finding = (due: DueTime, subject: object = { label: '周**', sensitive: false }, over: object = {}): Known =>
  ({
    phase: 'assigned',
    core: {
      number: 'QL-2020-000001',
      teamId: 'team-1',
      place: { townId: 'dazeshan', villageId: null, text: ' 村东头 ' },
      subject,
      text: '房屋漏雨。',
      basis: null,
      suggestedMeasure: null,
      ...over,
    },
    work: {
      rectification: 'time-limited',
      legs: { T: { legId: 'T', unitId: 'dazeshan', duty: 'acts', stage: 'working', deliveredAt, due } },
    },
  }) as unknown as Known;
const rowOf = (state: Known, leg: LegGiven = given) => noticeRow(leg, state, { view: new DirectoryView(NO_ROWS), calendar });

describe('A row of a notice', () => {
  it('says how long a rule gives, until when, why, and until when it may be returned', () => {
    const row = rowOf(finding(byRule));
    expect([row?.term, row?.dueOn, row?.derivation.at(-1), row?.objectionBy, row?.place]).toStrictEqual([
      '15个工作日',
      '2020-07-27',
      '期限：2020年7月27日 17:30',
      '2020-07-08',
      'dazeshan村东头',
    ]);
  });

  it('gives no number of days where a day was set, or the time was extended', () => {
    const set = dueGiven({ day: localDate('2020-07-20'), source: 'list-row', reference: '1', calendar });
    expect([rowOf(finding(set))?.term, rowOf(finding(extendedTo(byRule, localDate('2020-08-03'), '批复', calendar)))?.term]).toStrictEqual([
      null,
      null,
    ]);
  });

  it('says the due time that a rung stands on, without an account of another one', () => {
    const row = rowOf(finding(byRule), { ...given, dueAt: instant('2020-07-20T09:30:00.000Z') });
    expect([row?.dueOn, row?.term, row?.derivation]).toStrictEqual(['2020-07-20', null, []]);
    expect(rowOf(finding(byRule), { ...given, dueAt: byRule.at })?.term).toBe('15个工作日');
  });

  it('names who it is about by the masked label, and where only named handlers may know not at all (R40)', () => {
    expect(rowOf(finding(byRule))?.object).toBe('周**');
    expect(rowOf(finding(byRule, { label: '周**', sensitive: true }))?.object).toBe('（略，详见系统）');
  });

  it('asks for what the issuer says, else what was suggested, else the usual', () => {
    const suggested = finding(byRule, undefined, { suggestedMeasure: '翻修屋面。' });
    expect(rowOf(suggested, { ...given, requirement: '先排险。' })?.requirement).toBe('先排险。');
    expect(rowOf(suggested)?.requirement).toBe('翻修屋面。');
    expect(rowOf(finding(byRule))?.requirement).toBe('对照问题逐项整改到位，举一反三，防止反弹。');
  });

  it('is not there for a leg that there is not, which is told apart from one that has ended', () => {
    const other = { ...given, legId: 'S' as LegId };
    expect(rowOf(finding(byRule), other)).toBeNull();
    expect(legNow(given.findingId, finding(byRule), other.legId).leg).toBeNull();
    const ended = { ...finding(byRule), phase: 'cleared' } as unknown as Known;
    expect([legNow(given.findingId, ended, given.legId).leg, rowOf(ended)?.dueOn]).toStrictEqual([null, '2020-07-27']);
  });
});
