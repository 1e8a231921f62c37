import type { LocalDate } from '@app/kernel';
import { readDate } from './dates';

const context = { listDate: '2020-04-21' as LocalDate, date1904: false };
const dayOf = (value: string | number, over = context) => {
  const read = readDate(value, over);
  return read.kind === 'day' ? [read.day, read.assumed] : read.kind;
};

describe('reading a date as people write it', () => {
  it.each([
    ['2020/4/21', '2020-04-21'],
    ['2020.4.21', '2020-04-21'],
    ['2020-04-21', '2020-04-21'],
    ['2020年4月21日', '2020-04-21'],
    ['２０２０年４月２１日 ', '2020-04-21'],
    ['2020年4月21日前完成整改', '2020-04-21'],
    ['20200421', '2020-04-21'],
    ['2020-04-21T00:00:00.000Z', '2020-04-21'],
    ['2020/4/21 8:30', '2020-04-21'],
  ])('reads %s without a doubt', (text, day) => expect(dayOf(text)).toStrictEqual([day, null]));

  it.each([
    ['4月21日', '2020-04-21', 'year'],
    ['6月30日前', '2020-06-30', 'year'],
    ['6月底前', '2020-06-30', 'year'],
    ['6月底', '2020-06-30', 'year'],
    ['2020年6月底前', '2020-06-30', 'reading'],
    ['2020年2月', '2020-02-29', 'reading'],
    ['12月底前', '2020-12-31', 'year'],
    ['月底', '2020-04-30', 'reading'],
    ['本月底前', '2020-04-30', 'reading'],
    ['年底前', '2020-12-31', 'reading'],
    ['20.4.21', '2020-04-21', 'reading'],
    ['4.21', '2020-04-21', 'year'],
  ])('reads %s as %s and says that it assumed the %s', (text, day, assumed) => expect(dayOf(text)).toStrictEqual([day, assumed]));

  it('reads serial numbers of both Excel epochs, and days typed as numbers', () => {
    expect(dayOf(43942)).toStrictEqual(['2020-04-21', null]);
    expect(dayOf(43942 - 1462, { ...context, date1904: true })).toStrictEqual(['2020-04-21', null]);
    expect(dayOf('43942')).toStrictEqual(['2020-04-21', null]);
    expect(dayOf(20200421)).toStrictEqual(['2020-04-21', null]);
    expect(dayOf(4.21)).toStrictEqual(['2020-04-21', 'year']);
  });

  it.each([
    ['立即', 'immediate'],
    ['立行立改', 'immediate'],
    ['长期坚持', 'staged'],
    ['持续整改', 'staged'],
    ['7天', 'duration'],
    ['5个工作日内', 'duration'],
    ['三天内', 'duration'],
    ['', 'none'],
    ['/', 'none'],
    ['无', 'none'],
    ['2020-02-30', 'unreadable'],
    ['13月1日', 'unreadable'],
    ['13月底', 'unreadable'],
    ['尽快', 'unreadable'],
    ['3', 'unreadable'],
  ])('reads %s as %s', (text, kind) => expect(dayOf(text)).toBe(kind));
});
