import {
  instantAt,
  instantFromMs,
  localDate,
  localDateOf,
  msOf,
  stampOf,
  SYSTEM,
  type Actor,
  type FindingId,
  type Instant,
  type PersonId,
  type Role,
  type UnitId,
} from '@app/kernel';
import { calendarFrom } from '@app/worktime';
import type { SupervisionCommand, SupervisionWorld } from '../domain/supervision.commands';
import type { SupervisionEvent } from '../domain/supervision.events';
import type { CriterionCheck, SupervisionId, SupervisionPlan, SupervisionSubject } from '../domain/supervision.types';

export const unit = (id: string): UnitId => id as UnitId;
export const person = (id: string): PersonId => id as PersonId;
export const supervisionId = 'case' as SupervisionId;
export const TOWN: SupervisionSubject = { kind: 'unit', unitId: unit('town') };
export const FINDING: SupervisionSubject = {
  kind: 'finding',
  findingId: 'f' as FindingId,
  number: 'QL-2020-0001',
  unitIds: [unit('town')],
};
export const AT = instantAt(localDate('2020-07-06'), '09:00');

export const actor = (unitId: string, roles: readonly Role[], ownUnits: readonly string[] = [unitId]): Actor => ({
  personId: person(`${unitId}-${roles.join('+')}`),
  unitId: unit(unitId),
  postId: null,
  roles,
  inPlaceOf: null,
  ownUnits: ownUnits.map(unit),
});
export const leader = actor('county', ['leader']);
export const ownLeader = actor('county', ['leader'], ['county', 'town']);
export const otherLeader = { ...actor('county', ['leader']), personId: person('other-leader') };
export const office = actor('office', ['office']);
export const officeHead = actor('office', ['office-head']);
export const clerk = actor('town', ['clerk']);
export const head = actor('town', ['head']);
export const stranger = actor('village-town', ['clerk']);

export const world: SupervisionWorld = {
  managingOffice: unit('office'),
  succession: { 'old-town': unit('town') },
  answering: [leader.personId, ownLeader.personId],
  isLeader: (id) => id === leader.personId,
};
/** Computed, as of years whose notice is not out. */
export const calendar = calendarFrom([]);

type Data<T extends SupervisionCommand['type']> = Extract<SupervisionCommand, { type: T }>['data'];
export const order = <T extends SupervisionCommand['type']>(type: T, data: Data<T>, by: Actor, at: Instant = AT): SupervisionCommand =>
  ({ type, data, supervisionId, by, at, on: localDateOf(at), world, calendar }) as unknown as SupervisionCommand;
export const addMs = (at: Instant, ms: number): Instant => instantFromMs(msOf(at) + ms);
export const act = (by: Actor, at: Instant = AT) => ({ at, on: localDateOf(at), by: stampOf(by) });
export const of = (subject: SupervisionSubject = TOWN, round = 1) => ({ supervisionId, round, subject });

export const RULE = { kind: 'rule', ruleId: 'open', version: 1 } as const;
export const proposing = (by: Actor, over: Partial<Data<'ProposeListing'>> = {}, at: Instant = AT) =>
  order('ProposeListing', { subject: TOWN, origin: { kind: 'person' }, reason: '问题多', grounds: null, quietDays: 0, ...over }, by, at);
export const byRule = (at: Instant = AT) => proposing(SYSTEM, { origin: RULE, quietDays: 30 }, at);
export const proposed = (by: Actor = office, round = 1, subject: SupervisionSubject = TOWN): SupervisionEvent => ({
  type: 'ListingProposed',
  data: { ...of(subject, round), origin: { kind: 'person' }, reason: '问题多', grounds: null, ...act(by) },
});
export const declined: SupervisionEvent = { type: 'ListingDeclined', data: { ...of(), reason: '先催办', ...act(leader) } };

export const PLAN: SupervisionPlan = {
  leaderId: leader.personId,
  rectifierId: null,
  measures: '逐户排查',
  funds: null,
  emergencyPlan: null,
  deadline: localDate('2020-08-31'),
  cadence: { every: 5, unit: 'working' },
  criteria: [
    { kind: 'open-at-most', n: 2 },
    { kind: 'stated', text: '建立制度' },
  ],
};
export const listing = (by: Actor, over: Partial<Data<'PutOnList'>> = {}) =>
  order('PutOnList', { ...PLAN, reason: '挂牌', number: '挂牌〔2020〕0001号', ...over }, by);
export const put = (by: Actor = leader, plan: SupervisionPlan = PLAN): SupervisionEvent => ({
  type: 'PutUnderSupervision',
  data: { ...of(), number: '挂牌〔2020〕0001号', ...plan, reason: '挂牌', ...act(by) },
});
export const DUE_1 = instantAt(localDate('2020-07-13'), '17:30');
export const DUE_2 = instantAt(localDate('2020-07-20'), '17:30');
export const asked = (period: number, dueAt: Instant, by: Actor, at: Instant): SupervisionEvent => ({
  type: 'SupervisionReportAsked',
  data: { ...of(), period, dueAt, ...act(by, at) },
});
export const missed = (period: number, dueAt: Instant, at: Instant): SupervisionEvent => ({
  type: 'SupervisionReportMissed',
  data: { ...of(), period, dueAt, ...act(SYSTEM, at) },
});
export const listed = [proposed(), put(), asked(1, DUE_1, leader, AT)] as const;
export const reporting = (by: Actor, at: Instant = AT, period: number | null = null) =>
  order('GiveReport', { period, text: ' 已排查 ' }, by, at);
export const reported = (period: number, onTime: boolean, at: Instant = AT): SupervisionEvent => ({
  type: 'SupervisionReportGiven',
  data: { ...of(), period, text: '已排查', onTime, ...act(clerk, at) },
});
export const reach = (at: Instant) => order('ReachReports', {}, SYSTEM, at);

export const check = (met: boolean | null): CriterionCheck => ({
  criterion: { kind: 'open-at-most', n: 2 },
  figure: 3,
  met,
  asOf: localDate('2020-07-06'),
});
export const asking = (by: Actor, answers: readonly string[] = ['还剩 2 件', '已建立']) =>
  order('AskRemoval', { answers, checks: [check(false)] }, by);
export const removalAsked: SupervisionEvent = {
  type: 'RemovalAsked',
  data: { ...of(), answers: ['还剩 2 件', '已建立'], checks: [check(false)], ...act(head) },
};
export const approving = (by: Actor, met: boolean, reason: string | null = null) =>
  order('ApproveRemoval', { reason, checks: [check(met)] }, by);
export const removed = (met: boolean, reason: string | null): SupervisionEvent => ({
  type: 'SupervisionRemoved',
  data: { ...of(), reason, checks: [check(met)], days: 1, ...act(leader) },
});
