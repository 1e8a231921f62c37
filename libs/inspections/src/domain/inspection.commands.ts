import type { Actor, Instant, LocalDate, Message, UnitId } from '@app/kernel';
import type { InspectionId, InspectionPlan } from './inspection.types';

/** What the rules need to know about the organisation at the moment of acting. */
export type InspectionWorld = Readonly<{
  managingOffice: UnitId | null;
  /** Merged unit → its successor today (R14). Units that still stand are absent. */
  succession: Readonly<Record<string, UnitId>>;
}>;

type Cmd<T extends string, D> = Message<T, D> & Readonly<{ by: Actor; at: Instant; on: LocalDate; world: InspectionWorld }>;

export type PlanInspection = Cmd<'PlanInspection', { inspectionId: InspectionId } & InspectionPlan>;
/** The whole plan as it shall be from now on. */
export type ChangeInspection = Cmd<'ChangeInspection', { inspectionId: InspectionId } & InspectionPlan>;
/** Before its last day; after it the task is over by itself. */
export type EndInspection = Cmd<'EndInspection', { inspectionId: InspectionId; reason: string | null }>;

export type InspectionCommand = PlanInspection | ChangeInspection | EndInspection;
