import type { LegId, UnitId } from '@app/kernel';
import type { DueTime } from '@app/worktime';
import type { Core, Leg } from '../finding.state';
import { deadlineKey, type DeadlineKind, type OpenDeadline, type Stage } from '../finding.types';

/** Running clocks: started and stopped here and nowhere else. */
export const start = (
  core: Core,
  kind: DeadlineKind,
  part: string | undefined,
  legId: LegId | null,
  unitId: UnitId,
  due: DueTime,
): Core => {
  const key = deadlineKey(kind, part);
  const open: OpenDeadline = { key, kind, legId, unitId, due };
  return { ...core, deadlines: { ...core.deadlines, [key]: open } };
};

export const stop = (core: Core, ...keys: readonly string[]): Core => {
  if (!keys.some((key) => core.deadlines[key] !== undefined)) return core;
  const left = Object.entries(core.deadlines).filter(([key]) => !keys.includes(key));
  return { ...core, deadlines: Object.fromEntries(left) };
};

const LEG_KINDS = ['sign', 'rectify', 'guide', 'opinion', 'review', 'ruling', 'pause'] as const satisfies readonly DeadlineKind[];
export const legClocks = (legId: LegId): readonly string[] => LEG_KINDS.map((kind) => deadlineKey(kind, legId));

/** Instructions have a reply date of their own, whatever becomes of the finding. */
export const stopAll = (core: Core): Core =>
  stop(core, ...Object.values(core.deadlines).flatMap((d) => (d.kind === 'instruction' ? [] : [d.key])));

/** The unit's own clock; guidance that was given is not owed again. */
export const restart = (core: Core, leg: Leg, due: DueTime): Core => {
  if (leg.duty === 'guides' && leg.guided) return core;
  return start(core, leg.duty === 'guides' ? 'guide' : 'rectify', leg.legId, leg.legId, leg.unitId, due);
};

export const startStages = (core: Core, stages: readonly Stage[]): Core =>
  stages.reduce((acc, s) => (s.passed ? acc : start(acc, 'stage', String(s.stage), null, core.teamId, s.due)), core);
