import zh from '../../i18n/zh/admin.json';
import { festivalsMissing, parseYear, spansOf, yearText } from './year-json';

const holidays = [
  { day: '2021-01-01', name: 'New Year' },
  { day: '2021-01-02', name: 'New Year' },
  { day: '2021-05-01', name: 'Labour Day' },
];

describe('A year of the calendar as text', () => {
  it('is read back as it was written', () => {
    expect(parseYear(yearText(2021, holidays, [], 'No. 27'))).toStrictEqual({
      year: 2021,
      data: { holidays, swappedWorkdays: [], reference: 'No. 27' },
    });
  });
  it('is refused with the part that is wrong', () => {
    const fault = (text: string): boolean => 'fault' in parseYear(text);
    expect(
      ['', '{', '[]', '{"holidays":[]}', yearText(2021, [{ day: '1 May', name: 'x' }], [], 'a'), yearText(2021, holidays, [], ' ')].map(
        fault,
      ),
    ).toStrictEqual([true, true, true, true, true, true]);
  });
  it('tells days in a row of one name as one span', () => {
    expect(spansOf(holidays)).toStrictEqual([
      { name: 'New Year', from: '2021-01-01', to: '2021-01-02' },
      { name: 'Labour Day', from: '2021-05-01', to: '2021-05-01' },
    ]);
  });
  it('lacks the festivals that none of its days is named after', () => {
    const [first = '', ...others] = zh.festivals.split(zh.comma);
    const named = (names: readonly string[]) => names.map((name, n) => ({ day: `2021-01-0${String(n + 1)}`, name }));
    expect(others.length).toBe(6);
    expect(festivalsMissing(named([`${first}!`]))).toStrictEqual(others);
    expect(festivalsMissing(named([first, others.join(zh.comma)]))).toStrictEqual([]);
  });
});
