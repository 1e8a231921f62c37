import type { Actor } from '@app/kernel';
import { planStages } from '../dues';
import type { AcceptFinding, DismissFinding, LinkFinding, World } from '../finding.commands';
import { reject } from '../finding.errors';
import type { FindingEvent } from '../finding.events';
import type { Core, FindingState } from '../finding.state';
import type { Rectification, Seriousness } from '../finding.types';
import { actOf, hasRole, isOffice, mustBeOffice, mustExist, mustSay, sameUnit } from '../guards';

/** R11: the head of the team that found it, an ordinary finding, rectified at once. */
export const isOnTheSpot = (by: Actor, world: World, core: Core, rectification: Rectification, seriousness: Seriousness): boolean =>
  hasRole(by, 'team-head') &&
  sameUnit(world, by.unitId, core.teamId) &&
  rectification === 'immediate' &&
  seriousness === 'ordinary' &&
  core.upper === null;

/** Issuing a list accepts and transfers its rows (R27), a split its children (R6); the product does it for whoever issued or split. */
export const isIssued = (by: Actor, core: Core): boolean => hasRole(by, 'system') && (core.list !== null || core.parentId !== null);

/** Whoever types a row of a list or an upper level's finding has not found it. */
const mustNotHaveFound = (by: Actor, core: Core): void => {
  if (core.filedBy.personId === by.personId && core.list === null && core.upper === null) reject('finder-may-not-triage');
};

export const acceptFinding = (command: AcceptFinding, state: FindingState): readonly FindingEvent[] => {
  const known = mustExist(state);
  const { by, at, world, data } = command;
  const { rectification, seriousness } = data;
  if (!isOnTheSpot(by, world, known.core, rectification, seriousness) && !isIssued(by, known.core)) {
    mustBeOffice(by, world);
    mustNotHaveFound(by, known.core);
  }
  if (known.phase === 'accepted') {
    const same = known.rectification === rectification && known.core.seriousness === seriousness;
    return same && known.stages.length === data.stages.length ? [] : reject('already-triaged');
  }
  if (known.phase !== 'filed') return reject(known.phase === 'assigned' ? 'already-triaged' : 'finding-closed');
  const stages = rectification === 'staged' ? planStages(world, data.stages, at) : [];
  const reason = data.reason === null || data.reason.trim() === '' ? null : data.reason.trim();
  return [{ type: 'FindingAccepted', data: { rectification, seriousness, reason, stages, ...actOf(command) } }];
};

/** 查否. Once units work on it, the finding's team must have put down that it is not true. */
export const dismissFinding = (command: DismissFinding, state: FindingState): readonly FindingEvent[] => {
  const known = mustExist(state);
  const { by, world, data } = command;
  mustBeOffice(by, world);
  if (known.core.upper !== null) reject('upper-level-immutable');
  if (known.core.kind === 'task') reject('task-cannot');
  if (known.phase === 'ended') return known.how === 'dismissed' ? [] : reject('finding-closed');
  if (known.phase === 'cleared' || known.phase === 'long-term') return reject('finding-closed');
  mustNotHaveFound(by, known.core);
  const teamNote = data.teamNote === null || data.teamNote.trim() === '' ? null : data.teamNote.trim();
  if (known.phase === 'assigned' && teamNote === null) reject('team-note-required');
  return [{ type: 'FindingDismissed', data: { reason: mustSay(data.reason, 'reason-required'), teamNote, ...actOf(command) } }];
};

/** 并案. Each finding keeps its number and its closure; that the other one exists is for the caller to know. */
export const linkFinding = (command: LinkFinding, state: FindingState): readonly FindingEvent[] => {
  const known = mustExist(state);
  const { by, world, data } = command;
  mustBeOffice(by, world);
  if (known.core.upper !== null) reject('upper-level-immutable');
  if (known.phase === 'ended' && known.linkedTo === data.to) return [];
  if (known.phase === 'ended' || known.phase === 'cleared' || known.phase === 'long-term') reject('finding-closed');
  mustNotHaveFound(by, known.core);
  return [{ type: 'FindingLinked', data: { to: data.to, reason: mustSay(data.reason, 'reason-required'), ...actOf(command) } }];
};

/** For the steps of the office that issuing a list takes by itself. */
export const mustBeOfficeOrIssued = (by: Actor, world: World, core: Core): void => {
  if (!isOffice(by, world) && !isIssued(by, core)) reject('not-yours');
};
