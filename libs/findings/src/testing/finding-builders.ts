import {
  instantAt,
  localDate,
  localDateOf,
  stampOf,
  type Actor,
  type CategoryCode,
  type EvidenceId,
  type FileHash,
  type FindingId,
  type Instant,
  type ItemId,
  type LegId,
  type UnitId,
} from '@app/kernel';
import { dueByRule, legDue, signDueOf } from '../domain/dues';
import type { FindingCommand } from '../domain/finding.commands';
import type { FindingEvent } from '../domain/finding.events';
import { evolve } from '../domain/finding.evolve';
import { absent, type FindingState } from '../domain/finding.state';
import type { Evidence, Item, LegPlan, Subject } from '../domain/finding.types';
import { ACTORS, aWorld, UNITS } from './cast';

export { ACTORS, aWorld, CALENDAR_2020, UNITS } from './cast';

/** A moment by Shanghai's clock. */
export const at = (day: string, time = '10:00'): Instant => instantAt(localDate(day), time);

type CommandOf<T extends FindingCommand['type']> = Extract<FindingCommand, { type: T }>;
type EventOf<T extends FindingEvent['type']> = Extract<FindingEvent, { type: T }>;
type OwnData<T extends FindingEvent['type']> = Omit<EventOf<T>['data'], 'at' | 'on' | 'by'>;

/** A command by somebody at a moment; its business date is that day unless told. */
export const order = <T extends FindingCommand['type']>(
  type: T,
  data: CommandOf<T>['data'],
  by: Actor,
  when: Instant,
  over: Partial<Pick<FindingCommand, 'on' | 'world'>> = {},
): CommandOf<T> => ({ type, data, by, at: when, on: localDateOf(when), world: aWorld(), ...over }) as unknown as CommandOf<T>;

/** What happened, in the shape that is stored. */
export const happened = <T extends FindingEvent['type']>(type: T, data: OwnData<T>, by: Actor, when: Instant): EventOf<T> =>
  ({ type, data: { ...data, at: when, on: localDateOf(when), by: stampOf(by) } }) as unknown as EventOf<T>;

export const stateOf = (...past: readonly FindingEvent[]): FindingState => past.reduce(evolve, absent);

export const leg = (id: string): LegId => id as LegId;
export const L1 = leg('L1');
export const L2 = leg('L2');
export const TOWN_LEG: LegPlan = { legId: L1, unitId: UNITS.town, line: 'territorial', duty: 'acts', leads: true };
export const DEPARTMENT_LEG: LegPlan = { legId: L2, unitId: UNITS.department, line: 'sectoral', duty: 'acts', leads: false };
export const GUIDING_LEG: LegPlan = { ...DEPARTMENT_LEG, duty: 'guides' };

export const findingId = (id: string): FindingId => id as FindingId;
export const aSubject = (over: Partial<Subject> = {}): Subject => ({
  kind: 'household',
  subjectId: null,
  label: '王**',
  sealed: null,
  sensitive: false,
  ...over,
});
export const anItem = (id: string, over: Partial<Item> = {}): Item => ({
  itemId: id as ItemId,
  subject: aSubject(),
  text: '危房未加固',
  ...over,
});
export const someEvidence = (id: string, over: Partial<Evidence> = {}): Evidence => ({
  evidenceId: id as EvidenceId,
  hash: 'a'.repeat(64) as FileHash,
  name: `${id}.jpg`,
  mediaType: 'image/jpeg',
  size: 1024,
  phase: 'after',
  legId: null,
  ...over,
});

const WORLD = aWorld();
/** Monday 6 July 2020: filed at 10:00, accepted at 14:00; Tuesday at 09:00 transferred and delivered. */
export const FILED_AT = at('2020-07-06', '10:00');
export const ACCEPTED_AT = at('2020-07-06', '14:00');
export const DELIVERED_AT = at('2020-07-07', '09:00');

/** The data of a plain filing, for the command and the event alike. */
export const filing = (over: Partial<CommandOf<'FileFinding'>['data']> = {}): CommandOf<'FileFinding'>['data'] => ({
  number: 'QL-2020-000001',
  kind: 'finding',
  source: { kind: 'inspection', name: '县督查组', batch: null, documentNumber: null },
  manner: 'on-site',
  teamId: UNITS.team,
  foundOn: localDate('2020-07-06'),
  place: { townId: UNITS.town, villageId: UNITS.village, text: '村东头' },
  subject: aSubject(),
  category: 'HOUSE-C' as CategoryCode,
  text: 'C级危房未加固',
  basis: null,
  seriousness: 'ordinary',
  suggestedMeasure: null,
  responsibleUnitId: null,
  projectOwnerId: null,
  selfFound: false,
  upper: null,
  list: null,
  parentId: null,
  relapseOf: null,
  items: [],
  capturedAt: null,
  lateEntry: null,
  ...over,
});

export const filed = (
  over: Partial<OwnData<'FindingFiled'>> = {},
  by: Actor = ACTORS.inspector,
  when: Instant = FILED_AT,
): EventOf<'FindingFiled'> =>
  happened('FindingFiled', { ...filing(), lateEntry: null, triageDue: dueByRule(WORLD, { kind: 'triage' }, when), ...over }, by, when);

export const accepted = (
  over: Partial<OwnData<'FindingAccepted'>> = {},
  by: Actor = ACTORS.office,
  when: Instant = ACCEPTED_AT,
): EventOf<'FindingAccepted'> =>
  happened('FindingAccepted', { rectification: 'time-limited', seriousness: 'ordinary', reason: null, stages: [], ...over }, by, when);

export const transferred = (
  over: Partial<OwnData<'FindingTransferred'>> = {},
  by: Actor = ACTORS.office,
  when: Instant = DELIVERED_AT,
): EventOf<'FindingTransferred'> =>
  happened(
    'FindingTransferred',
    {
      legs: [TOWN_LEG, DEPARTMENT_LEG],
      assisting: [],
      copies: [],
      overruledBecause: null,
      singleLegBecause: null,
      independent: null,
      ...over,
    },
    by,
    when,
  );

/** Delivery of one leg as the rules date it; `past` is what came before, the transfer included. */
export const delivered = (
  plan: LegPlan,
  past: readonly FindingEvent[],
  when: Instant = DELIVERED_AT,
  movedFrom: UnitId | null = null,
): EventOf<'LegDelivered'> => {
  const state = stateOf(...past);
  if (state.phase !== 'assigned') throw new Error('a leg is delivered after the transfer');
  return happened(
    'LegDelivered',
    {
      legId: plan.legId,
      unitId: plan.unitId,
      due: legDue(WORLD, state.core, state.work, plan, when),
      signDue: signDueOf(WORLD, filing(), when),
      movedFrom,
    },
    ACTORS.office,
    when,
  );
};

type Assigning = Readonly<{
  filed?: Partial<OwnData<'FindingFiled'>>;
  accepted?: Partial<OwnData<'FindingAccepted'>>;
  transferred?: Partial<OwnData<'FindingTransferred'>>;
}>;

/** Filed, accepted, transferred and delivered: by default a town leg that leads and a department leg, both acting. */
export const assigned = (over: Assigning = {}): readonly FindingEvent[] => {
  const transfer = transferred(over.transferred);
  const past: readonly FindingEvent[] = [filed(over.filed), accepted(over.accepted), transfer];
  return [...past, ...transfer.data.legs.map((plan) => delivered(plan, past))];
};

export const signedFor = (plan: LegPlan, when: Instant = at('2020-07-07', '11:00')): EventOf<'LegSignedFor'> =>
  happened('LegSignedFor', { legId: plan.legId, unitId: plan.unitId, deemed: false }, ACTORS.townClerk, when);

/** `assigned` and signed for by every unit. */
export const underWork = (over: Assigning = {}): readonly FindingEvent[] => {
  const past = assigned(over);
  return [...past, ...past.flatMap((e) => (e.type === 'FindingTransferred' ? e.data.legs.map((plan) => signedFor(plan)) : []))];
};

const BY_UNIT: Readonly<Record<string, Readonly<{ clerk: Actor; second: Actor; deputy: Actor }>>> = {
  [UNITS.town]: { clerk: ACTORS.townClerk, second: ACTORS.secondTownClerk, deputy: ACTORS.townDeputy },
  [UNITS.department]: { clerk: ACTORS.departmentClerk, second: ACTORS.secondDepartmentClerk, deputy: ACTORS.departmentDeputy },
};
const peopleOf = (id: UnitId) =>
  BY_UNIT[id] ?? { clerk: ACTORS.otherTownClerk, second: ACTORS.otherTownClerk, deputy: ACTORS.otherTownDeputy };

export const reported = (plan: LegPlan, when: Instant = at('2020-07-10', '09:00')): EventOf<'LegReported'> =>
  happened(
    'LegReported',
    {
      legId: plan.legId,
      unitId: plan.unitId,
      text: '已加固',
      measures: '加固',
      effect: '达到安全标准',
      completedOn: localDateOf(when),
      evidence: [],
    },
    peopleOf(plan.unitId).clerk,
    when,
  );
export const firstReviewed = (plan: LegPlan, when: Instant = at('2020-07-10', '10:00')): EventOf<'LegFirstReviewed'> =>
  happened('LegFirstReviewed', { legId: plan.legId, unitId: plan.unitId, passed: true, reason: null }, peopleOf(plan.unitId).second, when);
export const submitted = (
  plan: LegPlan,
  over: Partial<OwnData<'LegSubmitted'>> = {},
  when: Instant = at('2020-07-10', '11:00'),
): EventOf<'LegSubmitted'> =>
  happened(
    'LegSubmitted',
    {
      legId: plan.legId,
      unitId: plan.unitId,
      onTime: true,
      onTimeByOriginal: true,
      reviewDue: dueByRule(WORLD, { kind: 'review' }, when),
      opinionDues: [],
      lateEntry: null,
      ...over,
    },
    peopleOf(plan.unitId).deputy,
    when,
  );
/** Reported, reviewed inside the unit and signed. */
export const submission = (plan: LegPlan): readonly FindingEvent[] => [reported(plan), firstReviewed(plan), submitted(plan)];
export const passed = (plan: LegPlan, last: boolean, when: Instant = at('2020-07-13', '10:00')): EventOf<'LegPassed'> =>
  happened(
    'LegPassed',
    { legId: plan.legId, unitId: plan.unitId, text: '符合要求', verifyDue: last ? dueByRule(WORLD, { kind: 'verify' }, when) : null },
    ACTORS.office,
    when,
  );
/** Two legs submitted and passed; waits to be verified. */
export const allPassed = (over: Assigning = {}): readonly FindingEvent[] => {
  const past = underWork(over);
  const plans = past.flatMap((e) => (e.type === 'FindingTransferred' ? e.data.legs : []));
  return [...past, ...plans.flatMap(submission), ...plans.map((plan, i) => passed(plan, i === plans.length - 1))];
};
export const verified = (when: Instant = at('2020-07-14', '10:00')): EventOf<'FindingVerified'> =>
  happened('FindingVerified', { method: 'on-site', text: '现场核实', clearDue: null }, ACTORS.office, when);
export const cleared = (when: Instant = at('2020-07-14', '15:00')): EventOf<'FindingCleared'> =>
  happened('FindingCleared', { text: '同意销号', onTime: true, onTimeByOriginal: true }, ACTORS.officeHead, when);
