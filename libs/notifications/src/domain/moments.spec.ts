import { instantAt, localDate, localDateOf, localTimeOf, type Instant } from '@app/kernel';
import { calendarFrom } from '@app/worktime';
import { DEFAULT_CHOICE, type Choice } from './choice';
import { mailMoment } from './moments';

const calendar = calendarFrom([
  {
    year: 2020,
    version: '1',
    source: 'published',
    holidays: ['2020-10-01', '2020-10-02', '2020-10-03', '2020-10-04', '2020-10-05', '2020-10-06', '2020-10-07', '2020-10-08'].map(
      (day) => ({
        day: localDate(day),
        name: '国庆节',
      }),
    ),
    swappedWorkdays: [{ day: localDate('2020-10-10'), name: '国庆节' }],
  },
]);
const at = (day: string, time: string): Instant => instantAt(localDate(day), time);
const shown = (moment: Instant): string => `${localDateOf(moment)} ${localTimeOf(moment)}`;
const when = (choice: Partial<Choice>, now: Instant, urgent = false): string =>
  shown(mailMoment({ ...DEFAULT_CHOICE, ...choice }, urgent, now, calendar));

describe('The moment of a mail', () => {
  it('is the next morning of a working day where nothing was chosen', () => {
    expect(when({}, at('2020-07-06', '09:00'))).toBe('2020-07-07 08:30');
    expect(when({}, at('2020-07-06', '08:29'))).toBe('2020-07-06 08:30');
    expect(when({}, at('2020-07-06', '08:30'))).toBe('2020-07-07 08:30');
    expect(when({}, at('2020-07-10', '09:00'))).toBe('2020-07-13 08:30');
    expect(when({}, at('2020-09-30', '09:00'))).toBe('2020-10-09 08:30');
  });

  it('is within the next minutes where somebody wants it at once, and what comes within a minute goes together', () => {
    expect(when({ digest: 'immediate' }, at('2020-07-06', '09:00'))).toBe('2020-07-06 09:01');
    const [first, second] = ['2020-07-06T01:00:01.000Z', '2020-07-06T01:00:29.000Z'] as Instant[];
    expect(when({ digest: 'immediate' }, first ?? ('' as Instant))).toBe(when({ digest: 'immediate' }, second ?? ('' as Instant)));
  });

  it('waits for the end of quiet hours, over midnight and over days off', () => {
    const choice = { digest: 'immediate' } as const;
    expect(when(choice, at('2020-07-06', '19:58'))).toBe('2020-07-06 19:59');
    expect(when(choice, at('2020-07-06', '20:00'))).toBe('2020-07-07 08:00');
    expect(when(choice, at('2020-07-07', '03:00'))).toBe('2020-07-07 08:00');
    expect(when(choice, at('2020-07-07', '07:59'))).toBe('2020-07-07 08:00');
    expect(when(choice, at('2020-07-10', '21:00'))).toBe('2020-07-13 08:00');
    expect(when(choice, at('2020-10-09', '21:00'))).toBe('2020-10-10 08:00');
    expect(when({ ...choice, workingDaysOnly: false }, at('2020-07-11', '12:00'))).toBe('2020-07-11 12:01');
    expect(when({ ...choice, quiet: null }, at('2020-07-11', '12:00'))).toBe('2020-07-13 00:00');
    expect(when({ ...choice, quiet: { from: '12:00', to: '13:00' } }, at('2020-07-06', '12:30'))).toBe('2020-07-06 13:00');
  });

  it('is once a week on the day that was chosen', () => {
    const choice = { digest: 'weekly', digestOn: 5, digestAt: '16:00' } as const;
    expect(when(choice, at('2020-07-06', '09:00'))).toBe('2020-07-10 16:00');
    expect(when(choice, at('2020-07-10', '16:00'))).toBe('2020-07-17 16:00');
    expect(when(choice, at('2020-10-01', '09:00'))).toBe('2020-10-09 08:00');
  });

  it('is at once for what runs in hours, for those who chose that', () => {
    expect(when({ urgentAtOnce: true }, at('2020-07-11', '23:00'), true)).toBe('2020-07-11 23:01');
    expect(when({ urgentAtOnce: true }, at('2020-07-11', '23:00'), false)).toBe('2020-07-13 08:30');
    expect(when({ urgentAtOnce: false }, at('2020-07-11', '23:00'), true)).toBe('2020-07-13 08:30');
  });
});
