import { instant, localDate, type Actor, type LocalDate, type PersonId, type Role, type UnitId } from '@app/kernel';
import { specFor } from '@app/testing';
import { calendarFrom } from '@app/worktime';
import type { BulletinCommand, LastIssue } from './bulletin.commands';
import { bulletinDecider } from './bulletin.decider';
import type { BulletinEvent } from './bulletin.events';
import type { BulletinContent, BulletinId, BulletinKind, CorrectionLine } from './bulletin.types';
import { nextIssue, periodAround } from './periods';

const AT = instant('2020-07-20T01:30:00Z');
const actor = (...roles: readonly Role[]): Actor => ({
  personId: 'p' as PersonId,
  unitId: 'office' as UnitId,
  postId: null,
  roles,
  inPlaceOf: null,
  ownUnits: ['office' as UnitId],
});
const day = (text: string): LocalDate => localDate(text);
const WEEK = { from: day('2020-07-13'), to: day('2020-07-19') };
const LAST: LastIssue = { bulletinId: 'bulletin-4' as BulletinId, year: 2020, number: 2, total: 4, to: day('2020-07-12') };
const CONTENT: BulletinContent = {
  bulletinId: 'bulletin-5' as BulletinId,
  kind: 'bulletin',
  year: 2020,
  number: 3,
  total: 5,
  title: '工作简报',
  unit: { id: 'office' as UnitId, name: '督查办' },
  signer: '督查办主任',
  copies: [],
  period: WEEK,
  position: '120',
  template: { id: 'bulletin', version: 1 },
  ranked: false,
  texts: { overall: '总体平稳。', towns: '', departments: '', problems: '', next: '' },
  figures: { tables: [], footnote: { townLegs: 0, departmentLegs: 0, findings: 0 }, carryOvers: 0 },
  previous: null,
  corrections: [],
};
const issue = (over: Partial<BulletinContent> = {}, last: LastIssue | null = LAST, lastClosedDay = day('2020-07-19')): BulletinCommand => ({
  type: 'IssueBulletin',
  data: { content: { ...CONTENT, ...over }, contentHash: 'a'.repeat(64), last, lastClosedDay },
  by: actor('office'),
  at: AT,
  on: day('2020-07-20'),
});
const line = (over: Partial<CorrectionLine> = {}): CorrectionLine => ({
  scope: 'county',
  id: 'all',
  name: '全市',
  figure: 'cleared',
  was: 4,
  is: 5,
  ...over,
});
const correct = (lines: readonly CorrectionLine[], reason = '13日补记'): BulletinCommand => ({
  type: 'CorrectBulletin',
  data: { lines, reason, position: '130' },
  by: actor('office-head'),
  at: AT,
  on: day('2020-07-20'),
});
const decide = (command: BulletinCommand, past: readonly BulletinEvent[] = []): readonly BulletinEvent[] =>
  bulletinDecider.decide(command, past.reduce(bulletinDecider.evolve, bulletinDecider.initial));
const after = (...commands: readonly BulletinCommand[]): readonly BulletinEvent[] =>
  commands.reduce<readonly BulletinEvent[]>((past, command) => [...past, ...decide(command, past)], []);
const given = specFor(bulletinDecider);

describe('A bulletin', () => {
  it('is issued with everything it says, once', () => {
    const [issued] = after(issue());
    expect([issued?.type, issued?.data]).toMatchObject(['BulletinIssued', { ...CONTENT, contentHash: 'a'.repeat(64), at: AT }]);
    given(...after(issue()))
      .when(issue())
      .thenRejects('bulletin-already-issued');
  });

  it.each(['clerk', 'head', 'leader', 'auditor', 'team-head', 'admin', 'system'] as const)(
    'is not for %s to issue or to correct',
    (role) => {
      given()
        .when({ ...issue(), by: actor(role) })
        .thenRejects('bulletin-not-yours');
      given(...after(issue()))
        .when({ ...correct([line()]), by: actor(role) })
        .thenRejects('bulletin-not-yours');
    },
  );

  it('bears the number after the last one; numbers begin anew with the year, totals go on', () => {
    given()
      .when(issue({ total: 6 }))
      .thenRejects('bulletin-out-of-order');
    given()
      .when(issue({ number: 4 }))
      .thenRejects('bulletin-out-of-order');
    given()
      .when(issue({ year: 2021 }))
      .thenRejects('bulletin-out-of-order');
    expect(decide(issue({ year: 2021, number: 1 }))).toHaveLength(1);
    expect(decide(issue({ number: 1, total: 1 }, null))).toHaveLength(1);
  });

  it('is of days that are over, whole months where it is of months, and follows the last one', () => {
    const endsEarlier = issue({}, LAST, day('2020-07-18'));
    given().when(endsEarlier).thenRejects('bulletin-period-open');
    given()
      .when(issue({ kind: 'monthly' }))
      .thenRejects('bulletin-period-invalid');
    given()
      .when(issue({ period: { from: WEEK.to, to: WEEK.from } }))
      .thenRejects('bulletin-period-invalid');
    given()
      .when(issue({ period: { from: day('2019-07-13'), to: WEEK.to } }))
      .thenRejects('bulletin-period-invalid');
    given()
      .when(issue({}, { ...LAST, to: WEEK.from }))
      .thenRejects('bulletin-period-overlaps');
    const june = { from: day('2020-06-01'), to: day('2020-06-30') };
    expect(decide(issue({ kind: 'monthly', period: june }, { ...LAST, to: day('2020-05-31') }))).toHaveLength(1);
  });

  it('needs a title and the overall part', () => {
    given()
      .when(issue({ title: ' ' }))
      .thenRejects('bulletin-text-required');
    given()
      .when(issue({ texts: { ...CONTENT.texts, overall: '' } }))
      .thenRejects('bulletin-text-required');
  });

  it('is corrected beside, with a reason; what was said already is not said again', () => {
    const corrected = after(issue(), correct([line(), line({ figure: 'open', was: 6, is: 5 })]));
    expect(corrected.at(-1)).toMatchObject({
      type: 'BulletinCorrected',
      data: { reason: '13日补记', position: '130', lines: [line(), {}] },
    });
    given(...corrected)
      .when(correct([line()]))
      .thenNothing();
    expect(decide(correct([line({ is: 6 })]), corrected)[0]?.data).toMatchObject({ lines: [{ was: 4, is: 6 }] });
    // It was right after all.
    expect(decide(correct([line({ is: 4 })]), corrected)[0]?.data).toMatchObject({ lines: [{ was: 4, is: 4 }] });
    given(...corrected)
      .when(correct([]))
      .thenRejects('bulletin-nothing-to-correct');
    given(...corrected)
      .when(correct([line()], ' '))
      .thenRejects('bulletin-reason-required');
    given()
      .when(correct([line()]))
      .thenRejects('bulletin-not-found');
  });
});

describe('The periods of issues', () => {
  const calendar = calendarFrom([]);
  const next = (kind: BulletinKind, lastTo: string | null, lastClosed: string): unknown => {
    const closed = day(lastClosed);
    const { period, state } = nextIssue(kind, lastTo === null ? null : day(lastTo), {
      today: day(lastClosed),
      lastClosedDay: closed,
      calendar,
    });
    return [period.from, period.to, state];
  };

  it.each([
    ['bulletin', '2020-07-15', '2020-07-13', '2020-07-19'],
    ['bulletin', '2020-07-19', '2020-07-13', '2020-07-19'],
    ['monthly', '2020-02-29', '2020-02-01', '2020-02-29'],
    ['quarterly', '2020-05-01', '2020-04-01', '2020-06-30'],
    ['half-yearly', '2020-12-31', '2020-07-01', '2020-12-31'],
    ['annual', '2020-12-31', '2020-01-01', '2020-12-31'],
  ] as const)('%s around %s', (kind, on, from, to) => {
    expect(periodAround(kind, day(on))).toStrictEqual({ from, to });
  });

  it('follow one another without a gap, across years, and are ready when their last day is over', () => {
    expect(next('monthly', '2020-11-30', '2020-12-30')).toStrictEqual(['2020-12-01', '2020-12-31', 'running']);
    expect(next('monthly', '2020-12-31', '2021-01-31')).toStrictEqual(['2021-01-01', '2021-01-31', 'ready']);
    expect(next('annual', '2019-12-31', '2020-12-31')).toStrictEqual(['2020-01-01', '2020-12-31', 'ready']);
    // One that ended in the middle of a week is followed by the rest of it.
    expect(next('bulletin', '2020-07-15', '2020-07-19')).toStrictEqual(['2020-07-16', '2020-07-19', 'ready']);
  });

  it('begin with the last one that is over, and are late when their issue is', () => {
    expect(next('bulletin', null, '2020-07-18')).toStrictEqual(['2020-07-06', '2020-07-12', 'late']);
    expect(next('quarterly', null, '2020-06-30')).toStrictEqual(['2020-04-01', '2020-06-30', 'ready']);
    expect(next('half-yearly', null, '2020-05-01')).toStrictEqual(['2019-07-01', '2019-12-31', 'late']);
  });
});
