import { addDays, instant, instantAt, localDate, type Instant } from '@app/kernel';
import fc from 'fast-check';
import { calendarFrom } from './calendar-from';
import { dueAfter, dueGiven, extendedTo, recomputed, shiftedByPause, strongest } from './due-rules';
import type { DueTime } from './due-time';

/** National Day of 2020 as published, and with one day more. */
const holidays = Array.from({ length: 8 }, (_, n) => ({ day: addDays(localDate('2020-10-01'), n), name: '国庆节' }));
const year = { year: 2020, version: '1', source: 'published', holidays, swappedWorkdays: [] } as const;
const calendar = calendarFrom([year]);
const other = calendarFrom([{ ...year, version: '2', holidays: holidays.slice(0, 7) }]);
const at = (day: string, time: string) => instantAt(localDate(day), time);
const urgent = (deliveredAt: Instant, hours: number): DueTime =>
  dueAfter({ deliveredAt, days: hours, unit: 'hours', calendar, rule: { id: 'urgent', version: 1 } });

describe('A clock in hours, for urgent matters', () => {
  it('runs from the delivery itself, in the evening and over a holiday too', () => {
    const due = urgent(at('2020-09-30', '19:40'), 24);
    expect([due.at, due.day, due.provisional]).toStrictEqual([at('2020-10-01', '19:40'), '2020-10-01', false]);
    expect(due.steps).toStrictEqual([
      { kind: 'delivered', at: at('2020-09-30', '19:40'), countsFrom: '2020-09-30' },
      { kind: 'rule', ruleId: 'urgent', ruleVersion: 1, days: 24, unit: 'hours' },
    ]);
  });

  it('is of the day of Shanghai', () => expect(urgent(instant('2020-07-06T15:30:00.000Z'), 1).day).toBe('2020-07-07'));

  it('stands for hours, not for working days', () => {
    const due = shiftedByPause(
      urgent(at('2020-07-06', '10:00'), 24),
      at('2020-07-06', '16:00'),
      at('2020-07-06', '18:30'),
      'under-review',
      calendar,
    );
    expect(due.at).toBe(at('2020-07-07', '12:30'));
    expect(due.steps.at(-1)).toStrictEqual({
      kind: 'stood',
      from: at('2020-07-06', '16:00'),
      to: at('2020-07-06', '18:30'),
      because: 'under-review',
    });
  });

  it('extended to a day ends at 17:30 and stands for working days from then on', () => {
    const extended = extendedTo(urgent(at('2020-07-06', '10:00'), 24), localDate('2020-07-09'), '同意', calendar);
    expect(extended.at).toBe(at('2020-07-09', '17:30'));
    const stood = shiftedByPause(extended, at('2020-07-08', '10:00'), at('2020-07-09', '10:00'), 'under-review', calendar);
    expect([stood.at, stood.steps.at(-1)?.kind]).toStrictEqual([at('2020-07-10', '17:30'), 'paused']);
  });

  it('is moved by no calendar', () => {
    const due = urgent(at('2020-10-06', '10:00'), 48);
    expect(recomputed(due, other)).toBe(due);
  });

  it("yields to an upper level's date like any rule", () => {
    const upper = dueGiven({ day: localDate('2020-07-20'), source: 'upper', reference: '省', calendar });
    expect(strongest([urgent(at('2020-07-06', '10:00'), 2), upper])).toBe(upper);
  });

  it('is worked out anew to the same moment, however often it stood', () => {
    const moment = fc
      .integer({ min: Date.parse('2020-01-01T00:00:00Z'), max: Date.parse('2020-12-01T00:00:00Z') })
      .map((ms) => new Date(ms).toISOString() as Instant);
    fc.assert(
      fc.property(
        moment,
        fc.integer({ min: 1, max: 240 }),
        fc.array(fc.tuple(moment, moment), { maxLength: 3 }),
        (delivered, hours, stood) => {
          const due = stood.reduce((d, [from, to]) => shiftedByPause(d, from, to, 'under-return', calendar), urgent(delivered, hours));
          const ms = stood.reduce((sum, [from, to]) => sum + Math.max(0, Date.parse(to) - Date.parse(from)), 0);
          expect(Date.parse(due.at)).toBe(Date.parse(delivered) + hours * 3_600_000 + ms);
          expect(recomputed(due, other)).toBe(due);
        },
      ),
    );
  });
});
