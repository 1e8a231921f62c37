import { dateTimeWords, dayWords } from './time';

describe('Times in words', () => {
  it('are the county’s, wherever the device is', () => {
    expect(dateTimeWords('2020-04-30T09:30:00.000Z')).toBe('2020年4月30日 17:30');
    expect(dateTimeWords('2020-04-30T16:05:00.000Z')).toBe('2020年5月1日 00:05');
  });

  it('leave out the year that is on', () => {
    expect(dayWords('2020-07-06', '2020')).toBe('7月6日');
    expect(dayWords('2019-12-31', '2020')).toBe('2019年12月31日');
    expect(dayWords('2019-12-31T16:00:00.000Z', '2020')).toBe('1月1日');
  });
});
