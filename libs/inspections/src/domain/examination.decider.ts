import { addDays, assertNever, localDateOf, stampOf, type Act, type Actor, type Decider, type Instant, type LocalDate } from '@app/kernel';
import type { ExaminationEvent } from './examination.events';
import type { ExaminationId, ExaminationOrigin, ExaminedKind, ExaminedPlace } from './examination.types';
import type { InspectionWorld } from './inspection.commands';
import { mayPlan, standing } from './inspection.decider';
import { reject } from './inspection.errors';
import type { InspectionPlan } from './inspection.types';

/** The number as it shall be from now on; a number told before changes only with a reason. */
export type RecordExamined = Readonly<{
  type: 'RecordExamined';
  data: Readonly<{
    examinationId: ExaminationId;
    origin: ExaminationOrigin;
    kind: ExaminedKind;
    count: number;
    from: LocalDate;
    to: LocalDate;
    reason: string | null;
  }> &
    ExaminedPlace;
  by: Actor;
  at: Instant;
  world: InspectionWorld;
  /** Of the task it belongs to; null: there is none, or it is a town's own check. */
  plan: InspectionPlan | null;
  /** Towns of the task's villages. */
  towns: readonly string[];
}>;

export type ExaminationState = Readonly<{ count: number | null }>;

const MOST_DAYS = 92;
/** More than any county has of anything: a slip of the finger. */
const MOST = 1_000_000;

const mustBeOfTask = ({ data, by, at, world, plan, towns }: RecordExamined): void => {
  if (plan === null) return reject('inspection-not-found');
  const persons = [by.personId, by.inPlaceOf];
  if (!plan.members.some((member) => persons.includes(member)) && !mayPlan(by, world, plan.teamId)) reject('examined-not-yours');
  if (plan.from > localDateOf(at)) reject('examined-before-inspection');
  if (!plan.villages.includes(data.unitId) && !towns.includes(data.unitId)) reject('inspection-village-unknown');
};

const mustBeOwnCheck = ({ data, by, at, world }: RecordExamined): void => {
  const ofTown = by.roles.some((role) => role === 'clerk' || role === 'deputy' || role === 'head');
  if (!ofTown || standing(world, by.unitId) !== standing(world, data.townId)) reject('examined-not-yours');
  const { from, to } = data;
  if (to < from || to > localDateOf(at) || to >= addDays(from, MOST_DAYS)) reject('examined-days-invalid', { days: MOST_DAYS });
};

const decide = (command: RecordExamined, state: ExaminationState): readonly ExaminationEvent[] => {
  const { reason, ...data } = command.data;
  if (data.origin.kind === 'inspection') mustBeOfTask(command);
  else mustBeOwnCheck(command);
  if (!Number.isSafeInteger(data.count) || data.count < 0 || data.count > MOST) reject('examined-count-invalid');
  const act: Act = { at: command.at, on: localDateOf(command.at), by: stampOf(command.by) };
  if (state.count === null) return [{ type: 'SubjectsExamined', data: { ...data, ...act } }];
  if (state.count === data.count) return [];
  const because = (reason ?? '').trim();
  if (because === '') reject('examined-reason-required');
  return [{ type: 'SubjectsExaminedCorrected', data: { examinationId: data.examinationId, count: data.count, reason: because, ...act } }];
};

const evolve = (_: ExaminationState, event: ExaminationEvent): ExaminationState => {
  switch (event.type) {
    case 'SubjectsExamined':
    case 'SubjectsExaminedCorrected':
      return { count: event.data.count };
    default:
      return assertNever(event);
  }
};

export const examinationDecider: Decider<ExaminationState, RecordExamined, ExaminationEvent> = {
  initial: { count: null },
  decide,
  evolve,
};
