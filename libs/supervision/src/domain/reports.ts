import { addDays, instantAt, localDateOf, type LocalDate } from '@app/kernel';
import { addWorkingDays, END_OF_WORK, workingDayFrom, type WorkCalendar } from '@app/worktime';
import type { GiveReport, SupervisionCommand } from './supervision.commands';
import { actOf, mustReport, mustSay } from './guards';
import { reject } from './supervision.errors';
import type { SupervisionEvent } from './supervision.events';
import type { Listed } from './supervision.state';
import type { Cadence, ReportPeriod } from './supervision.types';

/** Periods that one command catches up with; the next knock goes on. */
const MOST_AT_ONCE = 100;

/** Counted from the report before, to the end of a working day. */
const dueAfter = (before: LocalDate, { every, unit }: Cadence, calendar: WorkCalendar): ReportPeriod['dueAt'] => {
  const day = unit === 'working' ? addWorkingDays(before, every, calendar) : workingDayFrom(addDays(before, every), calendar);
  return instantAt(day, END_OF_WORK);
};

type Clocked = Pick<SupervisionCommand, 'supervisionId' | 'by' | 'at' | 'calendar'>;

/** The report of the first period, asked for with the listing. */
export const firstReport = (
  command: Clocked,
  { round, subject, cadence }: Readonly<{ round: number; subject: Listed['subject']; cadence: Cadence }>,
): SupervisionEvent => {
  const dueAt = dueAfter(localDateOf(command.at), cadence, command.calendar);
  return {
    type: 'SupervisionReportAsked',
    data: { supervisionId: command.supervisionId, round, subject, period: 1, dueAt, ...actOf(command) },
  };
};

/** What has become due by now: missed where nothing was given, and the next asked for. Nothing while the period still runs. */
export const reached = (command: Clocked, listed: Listed): readonly SupervisionEvent[] => {
  const events: SupervisionEvent[] = [];
  const { round, subject, plan, given } = listed;
  const of = { supervisionId: command.supervisionId, round, subject, ...actOf(command) };
  let { current } = listed;
  for (let n = 0; current !== null && current.dueAt <= command.at && n < MOST_AT_ONCE; n += 1) {
    const { period, dueAt } = current;
    if (given[period] !== true) events.push({ type: 'SupervisionReportMissed', data: { ...of, period, dueAt } });
    current = { period: period + 1, dueAt: dueAfter(localDateOf(dueAt), plan.cadence, command.calendar) };
    events.push({ type: 'SupervisionReportAsked', data: { ...of, ...current } });
  }
  return events;
};

/** One given too late stands beside the missed one: on time is judged by the server’s receipt (R16). */
export const giveReport = (command: GiveReport, listed: Listed): readonly SupervisionEvent[] => {
  const { by, at, world, data, supervisionId } = command;
  mustReport({ by, world }, listed.subject);
  const text = mustSay(data.text, 'supervision-text-required');
  const period = data.period ?? listed.current?.period ?? 0;
  const asked = listed.asked[period] ?? reject('supervision-period-unknown');
  if (listed.given[period] === true) reject('supervision-report-given', { period });
  const { round, subject } = listed;
  return [
    ...reached(command, listed),
    {
      type: 'SupervisionReportGiven',
      data: { supervisionId, round, subject, period, text, onTime: at < asked.dueAt, ...actOf(command) },
    },
  ];
};
