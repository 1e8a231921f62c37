import { localDateOf, msOf, type Actor, type Instant } from '@app/kernel';
import { dueByRule, findingScope } from '../dues';
import type { AddItems, CorrectFinding, FileFinding, WithdrawFinding, World } from '../finding.commands';
import { reject } from '../finding.errors';
import type { FindingChanges, FindingEvent, LateEntry } from '../finding.events';
import type { Core, FindingState } from '../finding.state';
import type { Item } from '../finding.types';
import { actOf, hasRole, isOffice, mustExist, mustSay, sameUnit, type Present } from '../guards';

/** R16. */
const OFFLINE_WITHIN_MS = 72 * 3_600_000;

const files = (by: Actor, world: World): 'anybody' | 'team' | 'own-unit' => {
  if (isOffice(by, world) || hasRole(by, 'system')) return 'anybody';
  if (hasRole(by, 'inspector', 'team-head')) return 'team';
  return hasRole(by, 'clerk', 'deputy', 'head') ? 'own-unit' : reject('not-yours');
};

const lateEntryOf = ({ data, by, at, world }: FileFinding): LateEntry | null => {
  if (data.lateEntry !== null) {
    if (!isOffice(by, world)) return reject('not-yours');
    const documentNumber = mustSayNumber(data.lateEntry.documentNumber);
    return { kind: 'office', documentNumber, reason: mustSay(data.lateEntry.reason, 'reason-required') };
  }
  if (data.capturedAt === null) return null;
  // What the device claims may be no time at all; that is refused like one too old.
  const age = msOf(at) - msOf(data.capturedAt as Instant);
  if (!(age <= OFFLINE_WITHIN_MS)) return reject('capture-too-late');
  return { kind: 'offline', documentNumber: null, reason: '离线采集' };
};

const mustSayNumber = (documentNumber: string | null): string =>
  documentNumber === null || documentNumber.trim() === '' ? reject('document-number-required') : documentNumber.trim();

const mustBeDistinct = (items: readonly Item[]): void => {
  if (new Set(items.map((item) => item.itemId)).size !== items.length) reject('item-exists');
};

/** 立行立改 with the filing: an ordinary finding of the inspectors' own, two of them present, never their own unit's rectification. */
const witnessed = (command: FileFinding): readonly FindingEvent[] => {
  const { by, world, data } = command;
  const { onTheSpot } = data;
  if (onTheSpot === undefined) return [];
  if (!hasRole(by, 'inspector', 'team-head')) return reject('not-yours');
  if (data.seriousness !== 'ordinary' || data.upper !== null || data.kind === 'task') return reject('not-on-the-spot');
  const inspectors = [...new Set(onTheSpot.inspectors)];
  if (inspectors.length < 2 || !inspectors.includes(by.personId)) reject('two-inspectors-required');
  if (by.ownUnits.some((own) => sameUnit(world, own, onTheSpot.rectifyingUnitId))) reject('avoidance');
  const told = { personPresent: mustSay(onTheSpot.personPresent), text: mustSay(onTheSpot.text) };
  return [
    {
      type: 'OnTheSpotWitnessed',
      data: { rectifyingUnitId: onTheSpot.rectifyingUnitId, ...told, inspectors, ...actOf(command) },
    },
  ];
};

/** 登记. The place, the subject, the category and a sentence are enough. */
export const fileFinding = (command: FileFinding, state: FindingState): readonly FindingEvent[] => {
  if (state.phase !== 'absent') return reject('finding-already-filed');
  const { by, at, world } = command;
  const { onTheSpot: _spot, ...data } = command.data;
  const right = files(by, world);
  if (right !== 'anybody' && !sameUnit(world, by.unitId, data.teamId)) reject('not-yours');
  if (data.foundOn > localDateOf(at)) reject('business-date-in-future');
  mustSay(data.subject.label);
  mustBeDistinct(data.items);
  const selfFound = right === 'anybody' ? data.selfFound : right === 'own-unit';
  return [
    {
      type: 'FindingFiled',
      data: {
        ...data,
        text: mustSay(data.text),
        selfFound,
        lateEntry: lateEntryOf(command),
        triageDue: dueByRule(world, { kind: 'triage', ...findingScope(data) }, at),
        ...actOf(command),
      },
    },
    ...witnessed(command),
  ];
};

const isFiler = (by: Actor, core: Core): boolean => by.personId === core.filedBy.personId;

/** The filer until triage; the office until the finding is closed. */
const mustMayAmend = (by: Actor, world: World, known: Present): void => {
  if (known.phase === 'ended' || known.phase === 'cleared' || known.phase === 'long-term') reject('finding-closed');
  if (isOffice(by, world)) return;
  if (!isFiler(by, known.core)) reject('not-yours');
  if (known.phase !== 'filed') reject('already-triaged');
};

const sameValue = (a: unknown, b: unknown): boolean => {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))];
  return left.length === right.size && left.every(([key, value]) => right.has(key) && sameValue(value, right.get(key)));
};

/** 更正. Values that stand already are left out; with none left the command is quiet. */
export const correctFinding = (command: CorrectFinding, state: FindingState): readonly FindingEvent[] => {
  const known = mustExist(state);
  const { by, world, data } = command;
  mustMayAmend(by, world, known);
  const current: Readonly<Record<string, unknown>> = known.core;
  const changes: FindingChanges = Object.fromEntries(
    Object.entries(data.changes).filter(([key, value]) => value !== undefined && !sameValue(value, current[key])),
  );
  if (Object.keys(changes).length === 0) return [];
  if (changes.text !== undefined) mustSay(changes.text);
  if (changes.subject !== undefined) mustSay(changes.subject.label);
  return [{ type: 'FindingCorrected', data: { changes, reason: mustSay(data.reason, 'reason-required'), ...actOf(command) } }];
};

export const addItems = (command: AddItems, state: FindingState): readonly FindingEvent[] => {
  const known = mustExist(state);
  const { by, world, data } = command;
  mustMayAmend(by, world, known);
  mustBeDistinct(data.items);
  const here = new Map(known.core.items.map(({ itemId, subject, text }) => [itemId, { itemId, subject, text }]));
  const items = data.items.filter((item) => {
    const same = here.get(item.itemId);
    if (same !== undefined && !sameValue(same, item)) reject('item-exists');
    return same === undefined;
  });
  return items.length === 0 ? [] : [{ type: 'ItemsAdded', data: { items, ...actOf(command) } }];
};

/** 撤销: by the filer until triage, by the source through the office at any time, a cleared finding included (R24). */
export const withdrawFinding = (command: WithdrawFinding, state: FindingState): readonly FindingEvent[] => {
  const known = mustExist(state);
  const { by, world, data } = command;
  if (known.phase === 'ended') return known.how === 'withdrawn' ? [] : reject('finding-closed');
  const numbered = data.documentNumber !== null && data.documentNumber.trim() !== '';
  const byFiler = isFiler(by, known.core) && known.core.upper === null && !(numbered && isOffice(by, world));
  if (byFiler && known.phase === 'filed') {
    const reason = mustSay(data.reason, 'reason-required');
    return [{ type: 'FindingWithdrawn', data: { origin: 'filer', reason, documentNumber: null, ...actOf(command) } }];
  }
  if (!isOffice(by, world)) return reject(byFiler ? 'already-triaged' : 'not-yours');
  if (known.core.upper !== null && !numbered) reject('upper-level-immutable');
  const documentNumber = mustSayNumber(data.documentNumber);
  const reason = mustSay(data.reason, 'reason-required');
  return [{ type: 'FindingWithdrawn', data: { origin: 'source', reason, documentNumber, ...actOf(command) } }];
};
