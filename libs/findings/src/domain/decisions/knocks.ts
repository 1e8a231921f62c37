import type { Instant, UnitId } from '@app/kernel';
import { hoursOf, recomputed, type DueTime } from '@app/worktime';
import type { MoveDueTime, ReachDeadline, World } from '../finding.commands';
import type { FindingEvent } from '../finding.events';
import type { Core, FindingState } from '../finding.state';
import type { OpenDeadline } from '../finding.types';
import { actOf, mustHaveRole } from '../guards';
import { reminderAt } from '../reminder-times';
import { endedAt } from './pause';

/** Clocks of the office's own time (R11, R34), or of the independent unit where one was named (R9). */
const ownerOf = (world: World, open: Reached, independent: UnitId | null): UnitId => {
  if (open.kind === 'triage' || open.kind === 'ruling') return world.managingOffice;
  if (open.kind !== 'review' && open.kind !== 'verify') return open.unitId;
  return independent ?? world.managingOffice;
};
const independentOf = (state: FindingState): UnitId | null => ('work' in state ? (state.work?.independent?.unitId ?? null) : null);

const openDeadline = (core: Core, { key, dueAt, before }: ReachDeadline['data']): OpenDeadline | null => {
  const open = core.deadlines[key];
  if (open === undefined || open.due.at !== dueAt || core.knocked[`${key}|${dueAt}|${before}`] === true) return null;
  return open;
};

type Reached = Pick<OpenDeadline, 'key' | 'kind' | 'legId' | 'unitId'>;
export type ReachedDeadline = Reached & Readonly<{ due: Pick<DueTime, 'at' | 'day' | 'steps'> }>;
type Knocking = Pick<ReachDeadline, 'by' | 'at' | 'on' | 'world' | 'data'>;

/** As `effectOf` at the due time itself, for which nothing need be known of how it was worked out. */
export const effectWhenDue = (
  command: Knocking,
  open: Reached & Readonly<{ dueAt: Instant }>,
  independent: UnitId | null,
): readonly FindingEvent[] | null => {
  const { key, kind, legId, dueAt } = open;
  if (command.at < dueAt) return [];
  const unitId = ownerOf(command.world, open, independent);
  if (kind === 'sign' && legId !== null) return [{ type: 'LegSignedFor', data: { legId, unitId, deemed: true, ...actOf(command) } }];
  if (kind === 'pause') return null;
  return [{ type: 'DeadlinePassed', data: { key, legId, unitId, dueAt, ...actOf(command) } }];
};

/**
 * What a knock leads to at a clock that runs and has not had this effect: nothing before its time, nor a reminder of what has passed.
 * Null for the end of a pause, which more of the finding is needed for. `independent`: the unit named to verify (R9).
 */
export const effectOf = (command: Knocking, open: ReachedDeadline, independent: UnitId | null): readonly FindingEvent[] | null => {
  const { at, world, data } = command;
  const { key, legId, due } = open;
  if (data.before === 0) return effectWhenDue(command, { ...open, dueAt: due.at }, independent);
  if (at < reminderAt(due, data.before, world.calendar) || at >= due.at) return [];
  const unitId = ownerOf(world, open, independent);
  const unit = hoursOf(due) === null ? {} : { unit: 'hours' as const };
  return [{ type: 'DeadlineApproached', data: { key, legId, unitId, dueAt: due.at, before: data.before, ...unit, ...actOf(command) } }];
};

/**
 * A knock at the due time or some working days (of a clock in hours: hours) before it. It may come any number of times and late: what it
 * does is done once, never before its time, and not at all when the clock has stopped, moved, or the due time itself has come.
 */
export const reachDeadline = (command: ReachDeadline, state: FindingState): readonly FindingEvent[] => {
  const { by, world, data } = command;
  mustHaveRole(by, 'system');
  if (state.phase === 'absent' || !Number.isSafeInteger(data.before) || data.before < 0) return [];
  const open = openDeadline(state.core, data);
  if (open === null) return [];
  const effect = effectOf(command, open, independentOf(state));
  if (effect !== null) return effect;
  const leg = state.phase === 'assigned' && open.legId !== null ? state.work.legs[open.legId] : undefined;
  if (leg?.pause === undefined) return [];
  return [
    { type: 'PauseEnded', data: { ...endedAt(world, state.core, leg, leg.pause, open.due.at), because: 'limit', ...actOf(command) } },
  ];
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
