import type { UnitId } from '@app/kernel';
import { legDue, signDueOf } from '../dues';
import type { SplitFinding, TransferFinding, World } from '../finding.commands';
import { reject } from '../finding.errors';
import type { FindingEvent } from '../finding.events';
import type { Core, FindingState } from '../finding.state';
import type { IndependentVerification, LegPlan, Rectification } from '../finding.types';
import { actOf, mustExist, sameUnit, today } from '../guards';
import { isOnTheSpot, mustBeOfficeOrIssued } from './triage';

const distinct = <T>(values: readonly T[]): boolean => new Set(values).size === values.length;

const mustBeLegs = (core: Core, legs: readonly LegPlan[]): void => {
  const parent = core.children.length > 0;
  if (core.parentId !== null && legs.some((l) => l.line === 'sectoral')) reject('sectoral-leg-on-parent-only');
  // What the towns owe hangs on the children; a parent without a department has no leg of its own.
  if (parent && legs.length === 0) return;
  if (parent && legs.some((l) => l.line === 'territorial')) reject('legs-invalid');
  const leading = legs.filter((l) => l.leads);
  const sound =
    leading.length === 1 && leading[0]?.duty === 'acts' && distinct(legs.map((l) => l.line)) && distinct(legs.map((l) => l.legId));
  if (!sound) reject('legs-invalid');
  if (core.kind === 'task' && legs.length !== 1) reject('task-has-one-leg');
};

const shapeOf = (world: World, legs: readonly LegPlan[]): string =>
  legs
    .map(({ unitId, line, duty, leads }) => [today(world, unitId), line, duty, leads].join('|'))
    .sort()
    .join('\n');

const overruled = ({ data, world }: TransferFinding): string | null => {
  if (data.proposed === null || shapeOf(world, data.proposed) === shapeOf(world, data.legs)) return null;
  const because = data.overruledBecause?.trim() ?? '';
  return because === '' ? reject('overrule-reason-required') : because;
};

/** R3. Immediate ones have one leg by default (R5), tasks by nature, children and parents of a split by their place in it (R6). */
const singleLeg = ({ data }: TransferFinding, core: Core, rectification: Rectification): string | null => {
  const given = data.singleLegBecause === null || data.singleLegBecause.trim() === '' ? null : data.singleLegBecause.trim();
  if (data.legs.length !== 1) return null;
  const byNature = rectification === 'immediate' || core.kind === 'task' || core.parentId !== null || core.children.length > 0;
  return given ?? (byNature ? null : reject('single-leg-reason-required'));
};

/** R9: where the managing office itself is responsible, somebody independent verifies and clears. */
const independentOf = ({ data, world }: TransferFinding): IndependentVerification | null => {
  if (!data.legs.some((l) => sameUnit(world, l.unitId, world.managingOffice))) return null;
  const named = data.independent;
  if (named === null || named.authorisedBy.trim() === '') return reject('no-independent-unit');
  const eligible =
    world.independentUnits.some((unit) => sameUnit(world, unit, named.unitId)) &&
    !sameUnit(world, named.unitId, world.managingOffice) &&
    !data.legs.some((l) => sameUnit(world, l.unitId, named.unitId));
  return eligible ? named : reject('no-independent-unit');
};

const unique = (units: readonly UnitId[]): readonly UnitId[] => [...new Set(units)];

/** 交办, and the delivery of every leg with its first due time (R1–R6, R17, R18). */
export const transferFinding = (command: TransferFinding, state: FindingState): readonly FindingEvent[] => {
  const known = mustExist(state);
  const { by, at, world, data } = command;
  const legs = data.legs.map((plan) => ({ ...plan, unitId: today(world, plan.unitId) }));
  const ordinary = known.phase === 'accepted' && isOnTheSpot(by, world, known.core, known.rectification, known.core.seriousness);
  if (!(ordinary && legs.every((l) => l.line === 'territorial'))) mustBeOfficeOrIssued(by, world, known.core);
  if (known.phase === 'filed') return reject('not-triaged');
  if (known.phase === 'assigned') {
    const stands = legs.length === Object.keys(known.work.legs).length && legs.every((l) => known.work.legs[l.legId] !== undefined);
    return stands ? [] : reject('already-transferred');
  }
  if (known.phase !== 'accepted') return reject('finding-closed');
  const { core, rectification } = known;
  mustBeLegs(core, legs);
  const act = actOf(command);
  const independent = independentOf(command);
  const singleLegBecause = singleLeg(command, core, rectification);
  const overruledBecause = overruled(command);
  const signDue = signDueOf(world, core, at);
  return [
    {
      type: 'FindingTransferred',
      data: {
        legs,
        assisting: unique(data.assisting.map((unit) => today(world, unit))),
        copies: unique(data.copies.map((unit) => today(world, unit))),
        overruledBecause,
        singleLegBecause,
        independent,
        ...act,
      },
    },
    ...legs.map((plan): FindingEvent => {
      const due = legDue(world, core, known, plan, at);
      return { type: 'LegDelivered', data: { legId: plan.legId, unitId: plan.unitId, due, signDue, movedFrom: null, ...act } };
    }),
  ];
};

/** A finding over several towns (R6), before it is transferred: one child per town. */
export const splitFinding = (command: SplitFinding, state: FindingState): readonly FindingEvent[] => {
  const known = mustExist(state);
  const { by, world, data } = command;
  mustBeOfficeOrIssued(by, world, known.core);
  if (known.phase === 'filed') return reject('not-triaged');
  if (known.phase === 'assigned' && known.core.children.length === 0) return reject('already-transferred');
  if (known.phase !== 'accepted' && known.phase !== 'assigned') return reject('finding-closed');
  const { children } = known.core;
  if (children.length > 0) {
    const same = children.length === data.children.length && data.children.every((c) => children.some((k) => k.findingId === c.findingId));
    return same ? [] : reject('already-split');
  }
  const sound =
    known.core.parentId === null &&
    known.core.kind === 'finding' &&
    data.children.length >= 2 &&
    distinct(data.children.map((c) => today(world, c.townId))) &&
    distinct(data.children.map((c) => c.findingId)) &&
    distinct(data.children.map((c) => c.number));
  if (!sound) reject('children-invalid');
  return [{ type: 'FindingSplit', data: { children: data.children, ...actOf(command) } }];
};
