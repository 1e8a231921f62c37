import {
  instant,
  instantAt,
  localDate,
  localDateOf,
  SYSTEM,
  type Actor,
  type FindingId,
  type Instant,
  type LegId,
  type PersonId,
  type Role,
  type UnitId,
} from '@app/kernel';
import type { LegClock, PlannedStep, Rung } from '../domain/escalation.types';
import { DEFAULT_LADDER_RULES, ladderOn } from '../domain/ladder-rules';
import type { AnswerRung, DecidingWorld, DeclineRung, FollowLeg, IssueRung, ProposeRung, RecordInterview } from '../domain/ladder.commands';

export const TOWN = 'town-north' as UnitId;
export const OFFICE = 'office' as UnitId;
export const OF = { findingId: 'f' as FindingId, number: 'QL-2020-0001', legId: 'T' as LegId };
export const STEPS: readonly PlannedStep[] = ladderOn(
  DEFAULT_LADDER_RULES,
  { source: 'inspection', seriousness: 'ordinary' },
  localDate('2020-07-06'),
);

export const person = (unitId: UnitId, ...roles: readonly Role[]): Actor => ({
  personId: `${unitId}-${roles.join('-')}` as PersonId,
  unitId,
  postId: null,
  roles,
  inPlaceOf: null,
  ownUnits: [unitId],
});
export const clerk = person(OFFICE, 'office');
export const officeHead = person(OFFICE, 'office-head');
export const leader = person('county' as UnitId, 'leader');
export const townClerk = person(TOWN, 'clerk');

/** Fell due at the end of work on Monday, 6 July 2020. */
export const DUE = instantAt(localDate('2020-07-06'), '17:30');
export const clockOf = (part: Partial<LegClock> = {}): LegClock => {
  const dueAt = part.dueAt ?? DUE;
  return { state: 'running', unitId: TOWN, dueAt, dueOn: localDateOf(dueAt), missed: true, ...part };
};

/** The morning of the next day. */
export const AT = instant('2020-07-07T01:00:00Z');
const act = (by: Actor, at: Instant = AT) => ({ by, at, on: localDateOf(at) });

export const follow = (clock: LegClock, at?: Instant, by: Actor = SYSTEM, steps = STEPS): FollowLeg => ({
  type: 'FollowLeg',
  data: { ...OF, townId: TOWN, clock, steps },
  ...act(by, at),
});
export const propose = (rung: Rung, part: Partial<ProposeRung['data']> = {}, at?: Instant, by: Actor = SYSTEM): ProposeRung => ({
  type: 'ProposeRung',
  data: {
    rung,
    dueAt: part.clock?.dueAt ?? DUE,
    clock: clockOf(),
    earliest: instantAt(localDate('2020-07-07'), '00:00'),
    overdueDays: 1,
    addressees: [{ kind: 'unit', unitId: TOWN, personId: null }],
    ...part,
  },
  ...act(by, at),
});
export const worldOf = (part: Partial<DecidingWorld> = {}): DecidingWorld => ({
  clock: clockOf(),
  managingOffice: OFFICE,
  standingUnit: TOWN,
  inCharge: true,
  ...part,
});
export const issue = (rung: Rung, by: Actor, part: Partial<IssueRung['data']> = {}): IssueRung => ({
  type: 'IssueRung',
  data: {
    rung,
    dueAt: DUE,
    world: worldOf(),
    addressees: [{ kind: 'unit', unitId: TOWN, personId: null }],
    text: '请抓紧整改',
    replyBy: null,
    changed: false,
    ...part,
  },
  ...act(by),
});
export const decline = (rung: Rung, by: Actor, part: Partial<DeclineRung['data']> = {}): DeclineRung => ({
  type: 'DeclineRung',
  data: { rung, dueAt: DUE, world: worldOf(), reason: '今天下午报完成', ...part },
  ...act(by),
});
export const answer = (rung: Rung, by: Actor, at?: Instant, text = '本周内完成'): AnswerRung => ({
  type: 'AnswerRung',
  data: { rung, dueAt: DUE, standingUnit: TOWN, text },
  ...act(by, at),
});
export const record = (by: Actor, part: Partial<RecordInterview['data']> = {}): RecordInterview => ({
  type: 'RecordInterview',
  data: {
    rung: 'interview',
    dueAt: DUE,
    world: worldOf(),
    metOn: localDate('2020-07-07'),
    heldBy: [leader.personId],
    met: ['head-of-town' as PersonId],
    agreed: '7月底前完成加固',
    nextOn: localDate('2020-07-20'),
    ...part,
  },
  ...act(by),
});
