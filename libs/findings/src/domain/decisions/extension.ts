import type { LocalDate } from '@app/kernel';
import { extendedTo, type DueTime } from '@app/worktime';
import { upperDueOf } from '../dues';
import type { AskExtension, GrantExtension, RefuseExtension, World } from '../finding.commands';
import { reject } from '../finding.errors';
import type { FindingEvent } from '../finding.events';
import type { Core, FindingState, Leg } from '../finding.state';
import { actOf, mustBeAssigned, mustBeOffice, mustHaveLeg, mustHoldLeg, mustSay } from '../guards';
import { isAtWork, UNIT_ROLES } from './leg-rights';

/** Later than what holds, and never past the upper level's own date (R23). */
const extended = (world: World, core: Core, leg: Leg, until: LocalDate, reference: string): DueTime => {
  if (until <= leg.due.day) return reject('extension-not-later');
  const due = extendedTo(leg.due, until, reference, world.calendar);
  const upper = upperDueOf(world, core);
  if (upper !== null && due.day > upper.day) return reject('extension-beyond-upper');
  return due;
};

/** 延期申请: before the due time. A guiding leg asks for none: what it owes is words. */
export const askExtension = (command: AskExtension, state: FindingState): readonly FindingEvent[] => {
  const { core, work } = mustBeAssigned(state);
  const { by, at, world, data } = command;
  const leg = mustHaveLeg(work, data.legId);
  mustHoldLeg(by, world, leg, ...UNIT_ROLES);
  if (leg.duty !== 'acts') reject('leg-guides');
  if (!isAtWork(leg)) reject('leg-not-open');
  if (leg.extension !== null) {
    return leg.extension.until === data.until && leg.extension.reason === data.reason.trim() ? [] : reject('extension-pending');
  }
  if (at > leg.due.at) reject('extension-too-late');
  extended(world, core, leg, data.until, '');
  const [reason, progress] = [mustSay(data.reason, 'reason-required'), mustSay(data.progress)];
  const { legId, unitId } = leg;
  return [{ type: 'ExtensionAsked', data: { legId, unitId, reason, progress, until: data.until, ...actOf(command) } }];
};

const mustWait = (leg: Leg): Leg => {
  if (leg.extension === null) reject('extension-not-asked');
  return leg;
};

/** The office may grant another day than was asked. Granted after the due time it is marked and does not restore on-time (R35). */
export const grantExtension = (command: GrantExtension, state: FindingState): readonly FindingEvent[] => {
  const { core, work } = mustBeAssigned(state);
  const { by, at, world, data } = command;
  mustBeOffice(by, world);
  const leg = mustWait(mustHaveLeg(work, data.legId));
  if (leg.stage === 'submitted' || leg.stage === 'passed' || leg.stage === 'under-return') reject('leg-not-open');
  const reason = mustSay(data.reason, 'reason-required');
  const due = extended(world, core, leg, data.until, reason);
  return [{ type: 'ExtensionGranted', data: { legId: leg.legId, due, reason, afterDue: at > leg.due.at, ...actOf(command) } }];
};

export const refuseExtension = (command: RefuseExtension, state: FindingState): readonly FindingEvent[] => {
  const { work } = mustBeAssigned(state);
  mustBeOffice(command.by, command.world);
  const { legId } = mustWait(mustHaveLeg(work, command.data.legId));
  return [{ type: 'ExtensionRefused', data: { legId, reason: mustSay(command.data.reason, 'reason-required'), ...actOf(command) } }];
};
