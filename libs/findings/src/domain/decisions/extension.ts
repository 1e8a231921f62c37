import { localDateOf, type Actor, type Instant, type LocalDate } from '@app/kernel';
import { extendedTo, EXTENSION_LEVELS, ruleFor, type DueTime, type ExtensionLevel } from '@app/worktime';
import { findingScope, lastDayBy, upperDueOf } from '../dues';
import type { AskExtension, GrantExtension, RefuseExtension, World } from '../finding.commands';
import { reject } from '../finding.errors';
import type { FindingEvent } from '../finding.events';
import type { Core, FindingState, Leg } from '../finding.state';
import { actOf, hasRole, isOffice, mustBeAssigned, mustHaveLeg, mustSay, sameUnit } from '../guards';
import { mustMayAsk } from './leg-rights';

/** The last day a level may extend to from the due time that holds; null where no rule lets it extend at all. */
const limitOf = (world: World, core: Core, leg: Leg, level: ExtensionLevel, at: Instant): LocalDate | null => {
  const rule = ruleFor(world.rules, { kind: `extend-${level}`, ...findingScope(core), line: leg.line, duty: leg.duty }, localDateOf(at));
  return rule === null ? null : lastDayBy(rule, leg.due.day, world.calendar);
};

/** Who has to grant it at least: by how far it goes, by how often it was extended before, and never the office for itself. */
const levelFor = (world: World, core: Core, leg: Leg, until: LocalDate, at: Instant): ExtensionLevel => {
  const limits = EXTENSION_LEVELS.map((level) => limitOf(world, core, leg, level, at));
  const byLength = limits.findIndex((limit) => limit !== null && until <= limit);
  if (byLength === -1)
    reject('extension-too-long', { day: limits.reduce<LocalDate>((a, b) => (b !== null && b > a ? b : a), leg.due.day) });
  const highest = EXTENSION_LEVELS.length - 1;
  const own = sameUnit(world, leg.unitId, world.managingOffice) ? highest : 0;
  return EXTENSION_LEVELS[Math.max(byLength, Math.min(leg.extensions, highest), own)] ?? 'leader';
};

/** As whom somebody rules on what a unit asks for; null where it is not theirs. */
export const levelOf = (by: Actor, world: World): ExtensionLevel | null => {
  if (hasRole(by, 'leader')) return 'leader';
  if (!isOffice(by, world)) return null;
  return hasRole(by, 'office-head') ? 'office-head' : 'office';
};

/** Later than what holds, and never past the upper level's own date (R23). */
const extended = (world: World, core: Core, leg: Leg, until: LocalDate, reference: string, grantedBy: ExtensionLevel): DueTime => {
  if (until <= leg.due.day) return reject('extension-not-later');
  const due = extendedTo(leg.due, until, reference, world.calendar, grantedBy);
  const upper = upperDueOf(world, core);
  if (upper !== null && due.day > upper.day) return reject('extension-beyond-upper');
  return due;
};

/** 延期申请: before the due time. A guiding leg asks for none: what it owes is words. */
export const askExtension = (command: AskExtension, state: FindingState): readonly FindingEvent[] => {
  const { core, leg } = mustMayAsk(command, state);
  const { at, world, data } = command;
  if (leg.pause !== undefined) reject('pause-pending');
  if (leg.extension !== null) {
    return leg.extension.until === data.until && leg.extension.reason === data.reason.trim() ? [] : reject('extension-pending');
  }
  if (at > leg.due.at) reject('extension-too-late');
  extended(world, core, leg, data.until, '', 'office');
  const level = levelFor(world, core, leg, data.until, at);
  const [reason, progress] = [mustSay(data.reason, 'reason-required'), mustSay(data.progress)];
  const { legId, unitId } = leg;
  return [{ type: 'ExtensionAsked', data: { legId, unitId, reason, progress, until: data.until, level, ...actOf(command) } }];
};

const mustWait = (leg: Leg): Leg => {
  if (leg.extension === null) reject('extension-not-asked');
  return leg;
};

/** Another day than was asked may be granted. By whom depends on that day and on what was granted before. Granted after the due time it is marked and does not restore on-time (R35). */
export const grantExtension = (command: GrantExtension, state: FindingState): readonly FindingEvent[] => {
  const { core, work } = mustBeAssigned(state);
  const { by, at, world, data } = command;
  const level = levelOf(by, world) ?? reject('not-yours');
  const leg = mustWait(mustHaveLeg(work, data.legId));
  if (leg.stage === 'submitted' || leg.stage === 'passed' || leg.stage === 'under-return') reject('leg-not-open');
  const reason = mustSay(data.reason, 'reason-required');
  const due = extended(world, core, leg, data.until, reason, level);
  const needed = levelFor(world, core, leg, data.until, at);
  if (EXTENSION_LEVELS.indexOf(level) < EXTENSION_LEVELS.indexOf(needed)) {
    reject(needed === 'leader' ? 'extension-needs-leader' : 'extension-needs-head');
  }
  return [{ type: 'ExtensionGranted', data: { legId: leg.legId, due, reason, afterDue: at > leg.due.at, ...actOf(command) } }];
};

export const refuseExtension = (command: RefuseExtension, state: FindingState): readonly FindingEvent[] => {
  const { work } = mustBeAssigned(state);
  if (levelOf(command.by, command.world) === null) reject('not-yours');
  const { legId } = mustWait(mustHaveLeg(work, command.data.legId));
  return [{ type: 'ExtensionRefused', data: { legId, reason: mustSay(command.data.reason, 'reason-required'), ...actOf(command) } }];
};
