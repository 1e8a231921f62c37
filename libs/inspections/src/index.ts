export type { InspectionId, InspectionManner, InspectionPlan, InspectionSource } from './domain/inspection.types';
export type { InspectionEvent } from './domain/inspection.events';
export { INSPECTION_ERRORS, type InspectionErrorCode } from './domain/inspection.errors';
export { isOver, mayPlan } from './domain/inspection.decider';
export { INSPECTION_EVENT_TYPES } from './application/inspection.event-types';
export { HandleInspection, inspectionStream, type InspectionIntent } from './application/handle-inspection';
export { inspectionProjection } from './read-models/inspection.projection';
export { InspectionQueries, type InspectionRow, type InspectionScope } from './read-models/inspection.queries';
export { InspectionsModule } from './inspections.module';
