import { CommandRunner, InMemoryEventStore } from '@app/event-store';
import { addDays, instant, instantAt, localDate, SYSTEM, type Actor, type CommandId } from '@app/kernel';
import { dueAfter, ruleFor, type NamedDay } from '@app/worktime';
import type { LoadCalendarYear } from '../domain/calendar-year.commands';
import type { SetDeadlineRule } from '../domain/deadline-rule.commands';
import { touchedBy } from '../preview/moved-due-times';
import { loadedYear } from './calendar-book';
import { CalendarYearCommandHandler, HandleCalendarYear } from './calendar-year.command-handler';
import { CalendarService } from './calendar.service';
import { DeadlineRuleCommandHandler, HandleDeadlineRule } from './deadline-rule.command-handler';

const admin: Actor = { ...SYSTEM, roles: ['admin'] };
const at = instant('2026-11-10T02:00:00Z');
const on = localDate('2026-11-10');
const run = (name: string, from: string, count: number): readonly NamedDay[] =>
  Array.from({ length: count }, (_, n) => ({ day: addDays(localDate(from), n), name }));
const y2027 = {
  year: 2027,
  holidays: [
    ...run('元旦', '2027-01-01', 3),
    ...run('春节', '2027-02-05', 8),
    ...run('劳动节', '2027-05-01', 5),
    ...run('国庆节', '2027-10-01', 7),
  ],
  swappedWorkdays: run('春节', '2027-01-31', 1),
};
const load: LoadCalendarYear = { type: 'LoadCalendarYear', data: { ...y2027, reference: '国办发明电〔2026〕8号' }, by: admin, at, on };
const rule: SetDeadlineRule = {
  type: 'SetDeadlineRule',
  data: { ruleId: 'sign', kind: 'sign', scope: {}, days: 2, unit: 'working', from: localDate('2026-12-01'), reason: '会议纪要' },
  by: admin,
  at,
  on,
};

describe('The calendar that holds', () => {
  const store = new InMemoryEventStore();
  const runner = new CommandRunner(store);
  const years = new CalendarYearCommandHandler(runner);
  const rules = new DeadlineRuleCommandHandler(runner);
  const service = new CalendarService(store);
  const day = localDate('2027-02-12');
  const deadline = (deliveredAt: string) => ({
    id: deliveredAt,
    due: dueAfter({
      deliveredAt: instantAt(localDate(deliveredAt), '09:00'),
      days: 3,
      unit: 'working',
      calendar: service.calendar(),
      rule: { id: 'r', version: 1 },
    }),
  });

  beforeAll(() => service.onModuleInit());
  afterAll(() => service.onModuleDestroy());

  it('is the built-in one at first', () => {
    expect([service.calendar().isWorkingDay(day), service.calendar().isProvisional(day)]).toStrictEqual([true, true]);
    expect(ruleFor(service.rules(), { kind: 'sign' }, day)?.days).toBe(1);
  });

  it('can be looked at as it would be with another edition, with the deadlines that would move', () => {
    const preview = service.calendarWith(loadedYear({ ...y2027, version: 2 }));
    const rows = [deadline('2026-12-01'), deadline('2027-02-03'), deadline('2027-03-01')];
    expect(touchedBy(rows, preview).map(({ row, from, to, moved }) => [row.id, from.day, to.day, moved])).toStrictEqual([
      ['2027-02-03', '2027-02-10', '2027-02-16', true],
      ['2027-03-01', '2027-03-04', '2027-03-04', false],
    ]);
    expect(service.calendar().isProvisional(day)).toBe(true);
  });

  it('takes up a year and a rule as soon as they are stored', async () => {
    const ack = await years.execute(new HandleCalendarYear(load, 'load-1' as CommandId));
    expect(await service.knows(ack.position)).toBe(true);
    expect([service.calendar().isWorkingDay(day), service.calendar().isProvisional(day)]).toStrictEqual([false, false]);
    expect(service.calendar().version).toBe('2004-2026:1,2027:2,2028-2060:p');
    const set = await rules.execute(new HandleDeadlineRule(rule, 'rule-1' as CommandId));
    expect(await service.knows(set.position)).toBe(true);
    expect(ruleFor(service.rules(), { kind: 'sign' }, localDate('2026-11-30'))?.version).toBe(1);
    expect(ruleFor(service.rules(), { kind: 'sign' }, localDate('2026-12-01'))?.days).toBe(2);
    expect(service.rules().version).toBe(set.position.toString());
  });

  it('is the same in a process that starts later', async () => {
    const later = new CalendarService(store);
    await later.onModuleInit();
    expect(later.calendar().version).toBe(service.calendar().version);
    expect(later.rules()).toStrictEqual(service.rules());
    await later.onModuleDestroy();
  });

  it('stops waiting when it is told to', async () => {
    const controller = new AbortController();
    const waiting = service.knows(1_000n, controller.signal);
    controller.abort();
    expect(await waiting).toBe(false);
  });
});
