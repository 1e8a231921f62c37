import { instantAt, localTimeOf, type UnitId } from '@app/kernel';
import { addWorkingDays, recomputed, type DueTime } from '@app/worktime';
import type { MoveDueTime, ReachDeadline, World } from '../finding.commands';
import type { FindingEvent } from '../finding.events';
import type { Core, FindingState } from '../finding.state';
import type { OpenDeadline } from '../finding.types';
import { actOf, mustHaveRole } from '../guards';

/** Clocks of the office's own time (R11, R34), or of the independent unit where one was named (R9). */
const ownerOf = (world: World, state: FindingState, open: OpenDeadline): UnitId => {
  if (open.kind === 'triage' || open.kind === 'ruling') return world.managingOffice;
  if (open.kind !== 'review' && open.kind !== 'verify') return open.unitId;
  return ('work' in state ? state.work?.independent?.unitId : undefined) ?? world.managingOffice;
};

const openDeadline = (core: Core, { key, dueAt, before }: ReachDeadline['data']): OpenDeadline | null => {
  const open = core.deadlines[key];
  if (open === undefined || open.due.at !== dueAt || core.knocked[`${key}|${dueAt}|${before}`] === true) return null;
  return open;
};

/**
 * A knock at the due time or some working days before it. It may come any number of times and late: what it does is done once,
 * never before its time, and not at all when the clock has stopped, moved, or the due time itself has come.
 */
export const reachDeadline = (command: ReachDeadline, state: FindingState): readonly FindingEvent[] => {
  const { by, at, world, data } = command;
  mustHaveRole(by, 'system');
  if (state.phase === 'absent' || !Number.isSafeInteger(data.before) || data.before < 0) return [];
  const open = openDeadline(state.core, data);
  if (open === null) return [];
  const { key, legId, due } = open;
  const unitId = ownerOf(world, state, open);
  if (data.before > 0) {
    const from = instantAt(addWorkingDays(due.day, -data.before, world.calendar), localTimeOf(due.at));
    if (at < from || at >= due.at) return [];
    return [{ type: 'DeadlineApproached', data: { key, legId, unitId, dueAt: due.at, before: data.before, ...actOf(command) } }];
  }
  if (at < due.at) return [];
  if (open.kind === 'sign' && legId !== null) {
    return [{ type: 'LegSignedFor', data: { legId, unitId, deemed: true, ...actOf(command) } }];
  }
  return [{ type: 'DeadlinePassed', data: { key, legId, unitId, dueAt: due.at, ...actOf(command) } }];
};

/** The due time that stands under this key: of a running clock, or of a leg whose clock stands (R19, R21). */
const standing = (state: FindingState, key: string): Readonly<{ legId: OpenDeadline['legId']; due: DueTime }> | null => {
  if (state.phase === 'absent') return null;
  const open = state.core.deadlines[key];
  if (open !== undefined) return open;
  if (state.phase !== 'assigned') return null;
  const waiting = Object.values(state.work.legs).find(
    (leg) => key === `${leg.duty === 'guides' ? 'guide' : 'rectify'}/${leg.legId}` && (leg.duty === 'acts' || !leg.guided),
  );
  return waiting === undefined || waiting.stage === 'passed' ? null : waiting;
};

/** A year's calendar was loaded (R42): the due time is worked out anew from its own derivation. */
export const moveDueTime = (command: MoveDueTime, state: FindingState): readonly FindingEvent[] => {
  mustHaveRole(command.by, 'system', 'admin');
  const found = standing(state, command.data.key);
  if (found === null) return [];
  const due = recomputed(found.due, command.world.calendar);
  if (due === found.due) return [];
  return [{ type: 'DueTimeMoved', data: { key: command.data.key, legId: found.legId, due, because: 'calendar', ...actOf(command) } }];
};
