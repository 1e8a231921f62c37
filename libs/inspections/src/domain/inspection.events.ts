import type { Act, Message } from '@app/kernel';
import type { InspectionId, InspectionPlan } from './inspection.types';

export type InspectionPlanned = Message<'InspectionPlanned', { inspectionId: InspectionId } & InspectionPlan & Act>;
export type InspectionChanged = Message<'InspectionChanged', { inspectionId: InspectionId } & InspectionPlan & Act>;
export type InspectionEnded = Message<'InspectionEnded', { inspectionId: InspectionId; reason: string | null } & Act>;

export type InspectionEvent = InspectionPlanned | InspectionChanged | InspectionEnded;
