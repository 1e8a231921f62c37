import { addDays, instantAt, localDate } from '@app/kernel';
import { calendarFrom } from './calendar-from';
import { derivationAccount } from './derivation-account';
import { dueAfter, dueGiven, extendedTo, innerOfUpper, recomputed, shiftedByPause } from './due-rules';

const year = {
  year: 2020,
  version: '1',
  source: 'published',
  holidays: Array.from({ length: 5 }, (_, n) => ({ day: addDays(localDate('2020-05-01'), n), name: '劳动节' })),
  swappedWorkdays: [
    { day: localDate('2020-04-26'), name: '劳动节' },
    { day: localDate('2020-05-09'), name: '劳动节' },
  ],
} as const;
const calendar = calendarFrom([year]);
const at = (day: string, time: string) => instantAt(localDate(day), time);
const rule = { id: 'rectify', version: 3 };

describe('The account of a due time', () => {
  it('says in words and numbers how it came about, in order', () => {
    const first = dueAfter({ deliveredAt: at('2020-04-21', '16:20'), days: 15, unit: 'working', calendar, rule });
    const stood = shiftedByPause(first, at('2020-05-06', '09:00'), at('2020-05-08', '10:00'), 'under-review', calendar);
    expect(derivationAccount(extendedTo(stood, localDate('2020-05-20'), '雨季无法施工', calendar, 'office-head'))).toStrictEqual([
      '2020年4月21日 16:20 送达，从2020年4月21日起算',
      '按规则“整改时限”（rectify）第3版，15 个工作日',
      '劳动节放假，2020年5月1日至2020年5月5日不计',
      '2020年5月6日至2020年5月8日报送复核期间停表，顺延 2 个工作日',
      '经督查办主任批准，延期至2020年5月20日（雨季无法施工）',
      '期限：2020年5月20日 17:30',
    ]);
  });

  it('says what an upper level laid down, and how far inside it the county works', () => {
    const upper = dueGiven({ day: localDate('2020-06-30'), source: 'upper', reference: '省督导组 3-(2)①', calendar });
    expect(derivationAccount(innerOfUpper(upper, calendar))).toStrictEqual([
      '上级时限（省督导组 3-(2)①）：2020年6月30日',
      '上级时限2020年6月30日，内部提前 5 个工作日',
      '期限：2020年6月23日 17:30',
    ]);
  });

  it('says hours by the clock', () => {
    const due = dueAfter({ deliveredAt: at('2020-05-01', '20:00'), days: 24, unit: 'hours', calendar, rule });
    const stood = shiftedByPause(due, at('2020-05-02', '08:00'), at('2020-05-02', '09:30'), 'under-return', calendar);
    expect(derivationAccount(stood)).toStrictEqual([
      '2020年5月1日 20:00 送达，从2020年5月1日起算',
      '按规则“整改时限”（rectify）第3版，24 小时（昼夜连续计算）',
      '2020年5月2日 08:00至2020年5月2日 09:30退单待裁定期间停表，顺延 1 小时 30 分',
      '期限：2020年5月2日 21:30',
    ]);
  });

  it('says what is provisional, and which calendar changed it', () => {
    const due = dueAfter({ deliveredAt: at('2021-01-28', '10:00'), days: 5, unit: 'working', calendar, rule });
    expect(derivationAccount(due).at(-2)).toBe('相关年度的放假安排尚未公布，期限为暂定');
    const off = [{ day: localDate('2021-02-01'), name: '春节' }];
    const published = calendarFrom([year, { year: 2021, version: '1', source: 'published', holidays: off, swappedWorkdays: [] }]);
    expect(derivationAccount(recomputed(due, published)).slice(-3)).toStrictEqual([
      '2021年2月1日 春节，不计',
      '工作日历由2021年暂定改为2021年第1版，重新计算',
      '期限：2021年2月5日 17:30',
    ]);
  });
});
