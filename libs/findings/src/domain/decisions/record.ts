import type { Actor, LegId } from '@app/kernel';
import type { AddComment, AddEvidence, RemoveEvidence, World } from '../finding.commands';
import { reject } from '../finding.errors';
import type { FindingEvent } from '../finding.events';
import { legsOf, type FindingState } from '../finding.state';
import { actOf, hasRole, isOffice, mustExist, mustSay, sameUnit, type Present } from '../guards';

/** The finding's team, the units that work or help on it, who verifies it, the office, the leaders. */
const isInvolved = (by: Actor, world: World, known: Present): boolean => {
  if (isOffice(by, world) || hasRole(by, 'leader')) return true;
  const work = 'work' in known ? known.work : null;
  const units = [
    known.core.teamId,
    known.core.filedBy.unitId,
    ...(work === null ? [] : legsOf(work).map((leg) => leg.unitId)),
    ...(work === null ? [] : [...work.assisting, ...work.copies]),
    ...(work?.independent == null ? [] : [work.independent.unitId]),
  ];
  return !hasRole(by, 'auditor') && units.some((unit) => sameUnit(world, unit, by.unitId));
};

const mustBeInvolved = (by: Actor, world: World, known: Present): void => {
  if (!isInvolved(by, world, known)) reject('not-yours');
};

const mustKnowLeg = (known: Present, legId: LegId | null): void => {
  if (legId !== null && !('work' in known && known.work?.legs[legId] !== undefined)) reject('leg-not-found');
};

/** Closed for the units; the office and the team still add what a look-back brings. */
const mustTakeEvidence = (by: Actor, world: World, known: Present): void => {
  mustBeInvolved(by, world, known);
  if (known.phase === 'ended') reject('finding-closed');
  const closed = known.phase === 'cleared' || known.phase === 'long-term';
  if (closed && !isOffice(by, world) && !sameUnit(world, by.unitId, known.core.teamId)) reject('finding-closed');
};

export const addEvidence = (command: AddEvidence, state: FindingState): readonly FindingEvent[] => {
  const known = mustExist(state);
  const { by, world, data } = command;
  mustTakeEvidence(by, world, known);
  mustKnowLeg(known, data.evidence.legId);
  const here = known.core.evidence[data.evidence.evidenceId];
  if (here !== undefined) return here.hash === data.evidence.hash && !here.removed ? [] : reject('evidence-exists');
  return [{ type: 'EvidenceAdded', data: { evidence: data.evidence, ...actOf(command) } }];
};

/** By who added it while the finding is open, or by the office; the hash stays in the stream. */
export const removeEvidence = (command: RemoveEvidence, state: FindingState): readonly FindingEvent[] => {
  const known = mustExist(state);
  const { by, world, data } = command;
  const here = known.core.evidence[data.evidenceId] ?? reject('evidence-not-found');
  if (!isOffice(by, world)) {
    if (here.by.personId !== by.personId) reject('not-yours');
    if (known.phase === 'ended' || known.phase === 'cleared' || known.phase === 'long-term') reject('finding-closed');
  }
  if (here.removed) return [];
  const reason = mustSay(data.reason, 'reason-required');
  return [{ type: 'EvidenceRemoved', data: { evidenceId: data.evidenceId, reason, ...actOf(command) } }];
};

export const addComment = (command: AddComment, state: FindingState): readonly FindingEvent[] => {
  const known = mustExist(state);
  const { by, world, data } = command;
  mustBeInvolved(by, world, known);
  mustKnowLeg(known, data.legId);
  return [{ type: 'CommentAdded', data: { text: mustSay(data.text), legId: data.legId, ...actOf(command) } }];
};
