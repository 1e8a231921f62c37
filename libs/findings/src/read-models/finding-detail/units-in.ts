import type { UnitId } from '@app/kernel';
import { legsOf } from '../../domain/finding.state';
import type { FindingView } from './finding.view';

/** Every unit with a part in it, as the events state it. */
export const unitsIn = (view: FindingView): readonly UnitId[] => {
  if (view.state.phase === 'absent') return [];
  const { core } = view.state;
  const work = 'work' in view.state ? view.state.work : null;
  const ids = [
    core.teamId,
    core.filedBy.unitId,
    core.place.townId,
    core.place.villageId,
    core.responsibleUnitId,
    core.projectOwnerId,
    ...Object.values(core.deadlines).map((d) => d.unitId),
    ...Object.values(view.facts.instructionUnits).flat(),
    ...(work === null
      ? []
      : [
          ...legsOf(work).map((leg) => leg.unitId),
          ...work.assisting,
          ...work.copies,
          ...(work.independent ? [work.independent.unitId] : []),
        ]),
    ...Object.values(view.facts.legs).map((leg) => leg.villageId),
    ...Object.values(view.facts.closedAs ?? {}).map((unit) => unit?.id ?? null),
  ];
  return [...new Set(ids.filter((id) => id !== null))].sort();
};
