import { addDays, instant, instantAt, localDate, localDateOf, localTimeOf, type LocalDate } from '@app/kernel';
import fc from 'fast-check';
import { calendarFrom } from './calendar-from';
import type { CalendarYear, NamedDay } from './calendar-year';
import { dueAfter, dueGiven, extendedTo, innerOfUpper, recomputed, remaining, shiftedByPause, strongest } from './due-rules';
import { addWorkingDays, effectiveDelivery, workingDaysBetween } from './working-days';

const span = (name: string, from: string, to: string): readonly NamedDay[] => {
  const days: NamedDay[] = [];
  for (let day = localDate(from); day <= to; day = addDays(day, 1)) days.push({ day, name });
  return days;
};
const on = (name: string, ...days: readonly string[]): readonly NamedDay[] => days.map((day) => ({ day: localDate(day), name }));
/** 国办发明电〔2019〕16号 and the later prolongation of the Spring Festival. */
const y2020: CalendarYear = {
  year: 2020,
  version: '1',
  source: 'published',
  holidays: [
    ...on('元旦', '2020-01-01'),
    ...span('春节', '2020-01-24', '2020-02-02'),
    ...span('清明', '2020-04-04', '2020-04-06'),
    ...span('劳动节', '2020-05-01', '2020-05-05'),
    ...span('端午', '2020-06-25', '2020-06-27'),
    ...span('国庆节', '2020-10-01', '2020-10-08'),
  ],
  swappedWorkdays: [
    ...on('春节', '2020-01-19'),
    ...on('劳动节', '2020-04-26', '2020-05-09'),
    ...on('端午', '2020-06-28'),
    ...on('国庆节', '2020-09-27', '2020-10-10'),
  ],
};
/** 国办发明电〔2020〕27号, the part that matters here. */
const y2021: CalendarYear = {
  year: 2021,
  version: '1',
  source: 'published',
  holidays: [...span('元旦', '2021-01-01', '2021-01-03'), ...span('春节', '2021-02-11', '2021-02-17')],
  swappedWorkdays: on('春节', '2021-02-07', '2021-02-20'),
};
const calendar = calendarFrom([y2020]);
const rule = { id: 'rectify', version: 1 };
const at = (day: string, time: string) => instantAt(localDate(day), time);
const due = (deliveredAt: ReturnType<typeof at>, days: number, unit: 'working' | 'natural' = 'working') =>
  dueAfter({ deliveredAt, days, unit, calendar, rule });

describe('Delivery', () => {
  it('counts for its day until 17:30 and for the next working day after it', () => {
    expect(effectiveDelivery(at('2020-07-06', '17:30'), calendar)).toBe('2020-07-06');
    expect(effectiveDelivery(instant('2020-07-06T09:30:00.001Z'), calendar)).toBe('2020-07-07');
    expect(effectiveDelivery(at('2020-07-10', '18:00'), calendar)).toBe('2020-07-13');
  });

  it('on a day off counts for the next working day', () => {
    expect(effectiveDelivery(at('2020-07-11', '09:00'), calendar)).toBe('2020-07-13');
    expect(effectiveDelivery(at('2020-06-25', '09:00'), calendar)).toBe('2020-06-28');
    expect(effectiveDelivery(at('2020-10-01', '00:00'), calendar)).toBe('2020-10-09');
  });

  it('on a Sunday that is worked counts for that Sunday', () => {
    expect(effectiveDelivery(at('2020-06-28', '09:00'), calendar)).toBe('2020-06-28');
  });

  it('falls on the day of Shanghai, not of Greenwich', () => {
    expect(effectiveDelivery(instant('2020-07-06T16:30:00Z'), calendar)).toBe('2020-07-07');
  });
});

describe('A due time by rule', () => {
  it('leaves out the day of delivery and ends at 17:30', () => {
    const { at: dueAt, day, source, steps, provisional, calendarVersion } = due(at('2020-07-06', '10:00'), 5);
    expect(dueAt).toBe('2020-07-13T09:30:00.000Z');
    expect({ day, source, provisional, calendarVersion }).toStrictEqual({
      day: '2020-07-13',
      source: 'rule',
      provisional: false,
      calendarVersion: '2020:1',
    });
    expect(steps).toStrictEqual([
      { kind: 'delivered', at: at('2020-07-06', '10:00'), countsFrom: '2020-07-06' },
      { kind: 'rule', ruleId: 'rectify', ruleVersion: 1, days: 5, unit: 'working' },
    ]);
  });

  it('passes over the Spring Festival and works the Sunday before it', () => {
    const found = due(at('2020-01-17', '10:00'), 6);
    expect(found.day).toBe('2020-02-03');
    expect(found.steps.at(-1)).toStrictEqual({ kind: 'skipped', from: '2020-01-24', to: '2020-02-02', name: '春节' });
    expect(due(at('2020-01-17', '10:00'), 1).day).toBe('2020-01-19');
  });

  it('passes over the National Day', () => {
    expect(due(at('2020-09-30', '10:00'), 1).day).toBe('2020-10-09');
    expect(due(at('2020-09-30', '10:00'), 2).day).toBe('2020-10-10');
    expect(due(at('2020-09-30', '10:00'), 3).day).toBe('2020-10-12');
  });

  it('in natural days rolls from a day off to the next working day and says which holiday it skipped', () => {
    const found = due(at('2020-09-21', '10:00'), 10, 'natural');
    expect(found.day).toBe('2020-10-09');
    expect(found.steps.at(-1)).toStrictEqual({ kind: 'skipped', from: '2020-10-01', to: '2020-10-08', name: '国庆节' });
    expect(due(at('2020-07-06', '10:00'), 5, 'natural').day).toBe('2020-07-13');
    expect(due(at('2020-07-06', '10:00'), 4, 'natural').day).toBe('2020-07-10');
  });

  it('over the turn of a year that is not published is provisional', () => {
    const found = due(at('2020-12-28', '10:00'), 5);
    expect(found.provisional).toBe(true);
    expect(found.calendarVersion).toBe('2020:1,2021:p');
  });

  it('refuses a number of days that is none', () => {
    expect(() => due(at('2020-07-06', '10:00'), 1.5)).toThrow(RangeError);
    expect(() => due(at('2020-07-06', '10:00'), -1)).toThrow(RangeError);
  });
});

describe('A due time somebody gave', () => {
  it("rolls to a working day, an upper level's does not", () => {
    const day = localDate('2020-10-03');
    expect(dueGiven({ day, source: 'list-row', reference: '问清〔2020〕3号', calendar }).day).toBe('2020-10-09');
    expect(dueGiven({ day, source: 'instruction', reference: '批示', calendar }).day).toBe('2020-10-09');
    expect(dueGiven({ day, source: 'upper', reference: '3-(2)①', calendar }).day).toBe('2020-10-03');
  });

  it('yields by rank: upper level, instruction, row of the list, rule', () => {
    const byRule = due(at('2020-07-06', '10:00'), 1);
    const row = dueGiven({ day: localDate('2020-07-20'), source: 'list-row', reference: 'row', calendar });
    const instruction = dueGiven({ day: localDate('2020-07-21'), source: 'instruction', reference: 'note', calendar });
    const sooner = dueGiven({ day: localDate('2020-07-17'), source: 'instruction', reference: 'note 2', calendar });
    const upper = dueGiven({ day: localDate('2020-08-31'), source: 'upper', reference: 'batch', calendar });
    expect(strongest([byRule, row, instruction, upper])).toBe(upper);
    expect(strongest([byRule, row, instruction, sooner])).toBe(sooner);
    expect(strongest([byRule, row])).toBe(row);
    expect(() => strongest([])).toThrow(RangeError);
  });

  it("has an inner one five working days before an upper level's", () => {
    const inner = innerOfUpper(dueGiven({ day: localDate('2020-10-12'), source: 'upper', reference: 'batch', calendar }), calendar);
    expect(inner.day).toBe('2020-09-28');
    expect(inner.source).toBe('upper');
    expect(inner.steps).toStrictEqual([
      { kind: 'given', source: 'upper', due: '2020-10-12', reference: 'batch' },
      { kind: 'inner', upperDue: '2020-10-12', earlierBy: 5 },
    ]);
  });
});

describe('A due time that moves', () => {
  const first = due(at('2020-09-21', '10:00'), 5);

  it('by the working days its clock stood', () => {
    const moved = shiftedByPause(first, at('2020-09-25', '16:00'), at('2020-09-29', '09:00'), 'under-review', calendar);
    expect(first.day).toBe('2020-09-27');
    expect(moved.day).toBe('2020-09-30');
    expect(moved.steps.at(-1)).toStrictEqual({ kind: 'paused', from: '2020-09-25', to: '2020-09-29', days: 3, because: 'under-review' });
  });

  it('not at all when it stood within one day', () => {
    const moved = shiftedByPause(first, at('2020-09-25', '09:00'), at('2020-09-25', '16:00'), 'under-review', calendar);
    expect(moved.at).toBe(first.at);
    expect(moved.steps.at(-1)).toStrictEqual({ kind: 'paused', from: '2020-09-25', to: '2020-09-25', days: 0, because: 'under-review' });
  });

  it('to the new date of an extension', () => {
    const moved = extendedTo(first, localDate('2020-10-05'), '延期批复', calendar);
    expect(moved.day).toBe('2020-10-09');
    expect(moved.steps.slice(-2)).toStrictEqual([
      { kind: 'extended', until: '2020-10-05', reference: '延期批复' },
      { kind: 'skipped', from: '2020-10-05', to: '2020-10-08', name: '国庆节' },
    ]);
  });

  it('says how long there is to go, and how long it has been overdue', () => {
    expect(remaining(first, at('2020-09-21', '10:00'), calendar)).toStrictEqual({ overdue: false, workingDays: 5 });
    expect(remaining(first, at('2020-09-27', '17:30'), calendar)).toStrictEqual({ overdue: false, workingDays: 0 });
    expect(remaining(first, instant('2020-09-27T09:30:00.001Z'), calendar)).toStrictEqual({ overdue: true, workingDays: 0 });
    expect(remaining(first, at('2020-10-09', '08:00'), calendar)).toStrictEqual({ overdue: true, workingDays: 4 });
  });
});

describe('A due time under a calendar that was loaded later', () => {
  const published = calendarFrom([y2020, y2021]);

  it('moves, keeping its account and saying which calendar moved it', () => {
    const before = due(at('2021-02-05', '10:00'), 5);
    const after = recomputed(before, published);
    expect([before.day, before.provisional]).toStrictEqual(['2021-02-12', true]);
    expect([after.day, after.provisional, after.calendarVersion]).toStrictEqual(['2021-02-18', false, '2021:1']);
    expect(after.steps).toStrictEqual([
      { kind: 'delivered', at: at('2021-02-05', '10:00'), countsFrom: '2021-02-05' },
      { kind: 'rule', ruleId: 'rectify', ruleVersion: 1, days: 5, unit: 'working' },
      { kind: 'skipped', from: '2021-02-11', to: '2021-02-17', name: '春节' },
      { kind: 'calendar', oldVersion: '2021:p', newVersion: '2021:1' },
    ]);
  });

  it('keeps its pauses and extensions', () => {
    const before = shiftedByPause(
      due(at('2021-02-04', '10:00'), 3),
      at('2021-02-08', '10:00'),
      at('2021-02-18', '10:00'),
      'under-review',
      calendar,
    );
    const after = recomputed(before, published);
    expect(after.steps.filter((s) => s.kind === 'paused')).toStrictEqual([
      { kind: 'paused', from: '2021-02-08', to: '2021-02-18', days: 3, because: 'under-review' },
    ]);
    const extended = extendedTo(before, localDate('2021-02-13'), 'x', calendar);
    expect(recomputed(extended, published).day).toBe('2021-02-18');
  });

  it('that stays where it is loses its mark of being provisional', () => {
    const before = due(at('2021-03-01', '10:00'), 5);
    const after = recomputed(before, published);
    expect([after.at, after.provisional]).toStrictEqual([before.at, false]);
    expect(after.steps.at(-1)).toStrictEqual({ kind: 'calendar', oldVersion: '2021:p', newVersion: '2021:1' });
  });

  it('of another year is the very same object', () => {
    const before = due(at('2020-07-06', '10:00'), 5);
    expect(recomputed(before, published)).toBe(before);
    const settled = recomputed(due(at('2021-02-05', '10:00'), 5), published);
    expect(recomputed(settled, published)).toBe(settled);
  });
});

describe('Whatever is delivered whenever', () => {
  const instants = fc
    .integer({ min: Date.parse('2019-12-01'), max: Date.parse('2021-12-01') })
    .map((ms) => instant(new Date(ms).toISOString()));
  const units = fc.constantFrom('working' as const, 'natural' as const);
  const days = fc.integer({ min: 0, max: 60 });
  const any = calendarFrom([y2020, y2021]);
  const dueOf = (deliveredAt: ReturnType<typeof at>, count: number, unit: 'working' | 'natural') =>
    dueAfter({ deliveredAt, days: count, unit, calendar: any, rule });

  it('is due at 17:30 of a working day, not before it counts as delivered', () => {
    fc.assert(
      fc.property(instants, days, units, (deliveredAt, count, unit) => {
        const found = dueOf(deliveredAt, count, unit);
        expect(any.isWorkingDay(found.day)).toBe(true);
        expect([localDateOf(found.at), localTimeOf(found.at)]).toStrictEqual([found.day, '17:30']);
        expect(found.day >= effectiveDelivery(deliveredAt, any)).toBe(true);
        expect(found.at >= deliveredAt).toBe(true);
      }),
    );
  });

  it('is due no earlier when delivered later or given more days', () => {
    fc.assert(
      fc.property(instants, instants, days, days, units, (a, b, m, n, unit) => {
        const [early, late] = a < b ? [a, b] : [b, a];
        const [few, many] = m < n ? [m, n] : [n, m];
        expect(dueOf(early, few, unit).at <= dueOf(late, few, unit).at).toBe(true);
        expect(dueOf(early, few, unit).at <= dueOf(early, many, unit).at).toBe(true);
      }),
    );
  });

  it('leaves exactly the days of the rule between', () => {
    fc.assert(
      fc.property(instants, days, (deliveredAt, count) => {
        const found = dueOf(deliveredAt, count, 'working');
        expect(workingDaysBetween(effectiveDelivery(deliveredAt, any), found.day, any)).toBe(count);
      }),
    );
  });

  it('is worked out anew to the same due time', () => {
    fc.assert(
      fc.property(instants, days, units, fc.integer({ min: 0, max: 40 }), (deliveredAt, count, unit, pause) => {
        const plain = dueOf(deliveredAt, count, unit);
        const paused = shiftedByPause(
          plain,
          deliveredAt,
          instant(new Date(Date.parse(deliveredAt) + pause * 86_400_000).toISOString()),
          'under-return',
          any,
        );
        expect(recomputed(plain, any)).toBe(plain);
        expect(recomputed(paused, any)).toBe(paused);
        const round = recomputed(recomputed(paused, calendarFrom([])), any);
        expect(round.at).toBe(paused.at);
      }),
    );
  });

  it('counts working days forth and back alike', () => {
    fc.assert(
      fc.property(instants, fc.integer({ min: -80, max: 80 }), (moment, n) => {
        const day: LocalDate = effectiveDelivery(moment, any);
        expect(workingDaysBetween(day, addWorkingDays(day, n, any), any)).toBe(n === 0 ? 0 : n);
      }),
    );
  });
});
