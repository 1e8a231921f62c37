import type { EscalationEvent, Rung } from '@app/escalation';
import type { FindingEvent, FindingState } from '@app/findings';
import { addDays, instantAt, msOf, type LocalDate } from '@app/kernel';
import type { WorkCalendar } from '@app/worktime';
import { findingDecider } from '../../libs/findings/src/domain/finding.decider';
import type { Violation, YearRecord } from './oracle';

/** What the rules of the field say, written down a second time: working days after the missed due time. */
const DAYS: Readonly<Record<Rung, number>> = { urging: 1, 'supervision-letter': 7, interview: 15, listing: 15 };
const RUNGS = Object.keys(DAYS) as Rung[];
/** A process looks every four hours, proposes one rung of a ladder at a time, and may be away for an hour. */
const PATIENCE_MS = 30 * 3_600_000;

/** A rectification clock that ran without a break. */
type Running = Readonly<{ leg: string; unitId: string; dueAt: string; dueDay: LocalDate; from: number }>;
type Standing = Readonly<{ state: 'proposed' | 'decided' | 'lapsed'; at: number }>;
export type LadderJudgement = Readonly<{ violations: readonly Violation[]; proposed: number; decided: number }>;

const workingDaysAfter = (day: LocalDate, n: number, calendar: WorkCalendar): LocalDate => {
  let at = day;
  for (let left = n; left > 0;) {
    at = addDays(at, 1);
    if (calendar.isWorkingDay(at)) left -= 1;
  }
  return at;
};
const beginOf = (day: LocalDate, n: number, calendar: WorkCalendar): number => msOf(instantAt(workingDaysAfter(day, n, calendar), '00:00'));

/** Holds the ladders of a year against what had to happen, from the log alone. */
export const judgeLadders = ({ log, storedAt, calendars }: YearRecord, endMs: number): LadderJudgement => {
  const violations: Violation[] = [];
  const states = new Map<string, FindingState>();
  const running = new Map<string, Running>();
  const rungs = new Map<string, Standing>();
  const counts = { proposed: 0, decided: 0 };
  const say = (kind: Violation['kind'], detail: string): void => void violations.push({ kind, detail });
  const idOf = (leg: string, unitId: string, dueAt: string, rung: Rung): string => `${leg} ${unitId} ${dueAt} ${rung}`;

  const judgeMissed = ({ leg, unitId, dueAt, dueDay, from }: Running, until: number): void => {
    for (const rung of RUNGS) {
      const reached = Math.max(...[calendars.before, calendars.after].map((calendar) => beginOf(dueDay, DAYS[rung], calendar)));
      const by = Math.max(reached, from) + PATIENCE_MS;
      if (by >= until) continue;
      const standing = rungs.get(idOf(leg, unitId, dueAt, rung));
      if (standing === undefined || standing.state === 'lapsed' || standing.at > by)
        say(
          'missed',
          `${idOf(leg, unitId, dueAt, rung)}: ${standing === undefined ? 'never' : standing.state}, not by ${new Date(by).toISOString()}`,
        );
    }
  };

  const follow = (stream: string, event: FindingEvent, at: number): void => {
    const state = findingDecider.evolve(states.get(stream) ?? findingDecider.initial, event);
    states.set(stream, state);
    if (state.phase === 'absent' || !('work' in state)) return;
    for (const { legId, unitId, duty } of Object.values(state.work?.legs ?? {})) {
      if (duty !== 'acts') continue;
      const leg = `${stream.slice(stream.indexOf('-') + 1)} ${legId}`;
      const open = Object.values(state.core.deadlines).find((clock) => clock.kind === 'rectify' && clock.legId === legId);
      const before = running.get(leg);
      if (before !== undefined && open?.due.at === before.dueAt && before.unitId === unitId) continue;
      if (before !== undefined) judgeMissed(before, at);
      if (open === undefined) running.delete(leg);
      else running.set(leg, { leg, unitId, dueAt: open.due.at, dueDay: open.due.day, from: at });
    }
  };

  const judge = (event: EscalationEvent, at: number): void => {
    if (!('rung' in event.data)) return;
    const { findingId, legId, unitId, dueAt, rung } = event.data;
    const id = idOf(`${findingId} ${legId}`, unitId, dueAt, rung);
    const before = rungs.get(id)?.state ?? 'lapsed';
    if (event.type === 'RungProposed') {
      counts.proposed += 1;
      const clock = running.get(`${findingId} ${legId}`);
      const calendar = at < calendars.changedAt ? calendars.before : calendars.after;
      if (before !== 'lapsed') say('twice', `${id} after it was ${before}`);
      if (clock?.dueAt === dueAt && at < beginOf(clock.dueDay, DAYS[rung], calendar))
        say('early', `${id} at ${new Date(at).toISOString()}`);
      rungs.set(id, { state: 'proposed', at });
    } else if (event.type === 'RungIssued' || event.type === 'RungDeclined') {
      counts.decided += 1;
      if (before !== 'proposed') say('twice', `${id} decided after it was ${before}`);
      rungs.set(id, { state: 'decided', at: rungs.get(id)?.at ?? at });
    } else if (event.type === 'RungLapsed') rungs.set(id, { state: 'lapsed', at });
  };

  log.forEach((event, i) => {
    const told = { type: event.type, data: event.data };
    if (event.stream.startsWith('escalation-')) judge(told as EscalationEvent, storedAt[i] ?? 0);
    else follow(event.stream, told as FindingEvent, storedAt[i] ?? 0);
  });
  for (const one of running.values()) judgeMissed(one, endMs);
  // What is proposed at the end has a ground: a clock that runs, or stands for a while.
  for (const [id, { state }] of rungs) {
    const [findingId, legId] = id.split(' ') as [string, string];
    const finding = [...states].find(([stream]) => stream.endsWith(findingId))?.[1];
    const stage = finding?.phase === 'assigned' ? finding.work.legs[legId as never]?.stage : 'over';
    if (state === 'proposed' && (stage === 'over' || stage === 'submitted' || stage === 'passed')) say('stale', `${id} without a ground`);
  }
  return { violations, ...counts };
};
