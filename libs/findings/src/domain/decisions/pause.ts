import { addDays, daysBetween, localDateOf, type Actor, type Instant, type LocalDate } from '@app/kernel';
import { dueAfter, effectiveDelivery, notAfter, ruleFor, shiftedByPause, workingDaysBetween, type DueTime } from '@app/worktime';
import { findingScope, lastDayBy, upperDueOf } from '../dues';
import type { AskPause, GrantPause, RefusePause, ResumeLeg, World } from '../finding.commands';
import { reject } from '../finding.errors';
import type { FindingEvent, PauseEnded } from '../finding.events';
import type { Core, FindingState, Leg, Pause } from '../finding.state';
import { deadlineKey, type PauseReason } from '../finding.types';
import { actOf, isOffice, mustBeAssigned, mustHaveLeg, mustHoldLeg, mustSay, sameUnit } from '../guards';
import { levelOf } from './extension';
import { mustMayAsk, mustNotBePaused, UNIT_ROLES } from './leg-rights';

const REASONS: Readonly<Record<PauseReason, string>> = {
  season: '季节',
  appraisal: '鉴定评估',
  procedure: '法定程序',
  litigation: '诉讼',
  'upper-decision': '上级待决',
  'force-majeure': '不可抗力',
};

/** The first day a pause that begins now may end on. */
export const earliestEnd = (world: World, at: Instant): LocalDate => {
  const [today, start] = [localDateOf(at), effectiveDelivery(at, world.calendar)];
  return start > today ? start : addDays(today, 1);
};

/** When a pause granted now would end by itself: within what the rule leaves of its days, and inside an upper level's date (R23). */
const endOf = (world: World, core: Core, leg: Leg, until: LocalDate, at: Instant): DueTime => {
  if (until < earliestEnd(world, at)) reject('pause-not-later');
  const query = { kind: 'pause', ...findingScope(core), line: leg.line, duty: leg.duty } as const;
  const rule = ruleFor(world.rules, query, localDateOf(at)) ?? reject('no-deadline-rule', { kind: 'pause' });
  const start = effectiveDelivery(at, world.calendar);
  const left = Math.max(0, rule.days - (leg.pausedDays ?? 0) * (rule.unit === 'hours' ? 24 : 1));
  const latest = lastDayBy({ ...rule, days: left }, start, world.calendar);
  if (left === 0 || until > latest) reject('pause-too-long', { day: latest });
  const upper = upperDueOf(world, core);
  if (upper !== null && until >= upper.day) reject('pause-beyond-upper');
  return dueAfter({ deliveredAt: at, days: daysBetween(start, until), unit: 'natural', calendar: world.calendar, rule });
};

/** 申请暂停: by the acting unit, before the due time, for a stated reason. */
export const askPause = (command: AskPause, state: FindingState): readonly FindingEvent[] => {
  const { core, leg } = mustMayAsk(command, state);
  const { at, world, data } = command;
  if (leg.extension !== null) reject('extension-pending');
  if (leg.pause !== undefined) {
    const { reason, until } = leg.pause;
    return reason === data.reason && until === data.until ? [] : reject('pause-pending');
  }
  if (at > leg.due.at) reject('pause-too-late');
  endOf(world, core, leg, data.until, at);
  const { legId, unitId } = leg;
  const text = mustSay(data.text, 'reason-required');
  return [{ type: 'PauseAsked', data: { legId, unitId, reason: data.reason, text, until: data.until, ...actOf(command) } }];
};

/** The office, its head or the leader; the office never for itself. */
const mustRule = (by: Actor, world: World, leg: Leg): void => {
  const level = levelOf(by, world) ?? reject('not-yours');
  if (level === 'office' && sameUnit(world, leg.unitId, world.managingOffice)) reject('pause-needs-head');
};

/** Another day than was asked may be granted, still before the due time: what is overdue stays so (R35). */
export const grantPause = (command: GrantPause, state: FindingState): readonly FindingEvent[] => {
  const { core, work } = mustBeAssigned(state);
  const { by, at, world, data } = command;
  const leg = mustHaveLeg(work, data.legId);
  mustRule(by, world, leg);
  if (leg.pause === undefined) return reject('pause-not-asked');
  const { granted, reason } = leg.pause;
  if (granted) {
    if (leg.pause.until !== data.until) mustNotBePaused(leg);
    return [];
  }
  if (at > leg.due.at) reject('pause-too-late');
  const endDue = endOf(world, core, leg, data.until, at);
  const { legId, unitId } = leg;
  return [
    { type: 'PauseGranted', data: { legId, unitId, reason, text: mustSay(data.text), until: data.until, endDue, ...actOf(command) } },
  ];
};

export const refusePause = (command: RefusePause, state: FindingState): readonly FindingEvent[] => {
  const { work } = mustBeAssigned(state);
  const leg = mustHaveLeg(work, command.data.legId);
  mustRule(command.by, command.world, leg);
  if (leg.pause?.granted !== false) return reject('pause-not-asked');
  const reason = mustSay(command.data.reason, 'reason-required');
  return [{ type: 'PauseRefused', data: { legId: leg.legId, reason, ...actOf(command) } }];
};

type Ended = Pick<PauseEnded['data'], 'legId' | 'unitId' | 'due' | 'days'>;

/** The leg's clock runs on from `to` with the working days (of a clock in hours: the time) it stood; never past an upper level's date. */
export const endedAt = (world: World, core: Core, leg: Leg, pause: Pause, to: Instant): Ended => {
  const from = pause.since < to ? pause.since : to;
  const moved = shiftedByPause(leg.due, from, to, 'granted', world.calendar, `${REASONS[pause.reason]}：${pause.text}`);
  const days = workingDaysBetween(localDateOf(from), localDateOf(to), world.calendar);
  return { legId: leg.legId, unitId: leg.unitId, due: notAfter(moved, upperDueOf(world, core), world.calendar), days };
};

/** 恢复计时 before the limit, by the unit or the office. A knock that was late ended it at the limit all the same. */
export const resumeLeg = (command: ResumeLeg, state: FindingState): readonly FindingEvent[] => {
  const { core, work } = mustBeAssigned(state);
  const { by, at, world } = command;
  const leg = mustHaveLeg(work, command.data.legId);
  if (!isOffice(by, world)) mustHoldLeg(by, world, leg, ...UNIT_ROLES);
  if (leg.pause?.granted !== true) return reject('leg-not-paused');
  const end = core.deadlines[deadlineKey('pause', leg.legId)]?.due.at ?? at;
  const ended = endedAt(world, core, leg, leg.pause, at < end ? at : end);
  return [{ type: 'PauseEnded', data: { ...ended, because: 'resumed', ...actOf(command) } }];
};
