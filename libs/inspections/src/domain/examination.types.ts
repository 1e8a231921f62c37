import type { Brand, UnitId } from '@app/kernel';
import type { InspectionId } from './inspection.types';

/** Follows from what was examined: the same village, kind and task (or days) are told once and then corrected. */
export type ExaminationId = Brand<string, 'ExaminationId'>;

/** What was examined: 户 · 项目 · 人 · 村. */
export const EXAMINED_KINDS = ['household', 'project', 'person', 'village'] as const;
export type ExaminedKind = (typeof EXAMINED_KINDS)[number];

/** By a team on its task, or by the town itself (自查). */
export type ExaminationOrigin = Readonly<{ kind: 'inspection'; inspectionId: InspectionId }> | Readonly<{ kind: 'self-check' }>;

/** The village or town, and the town it belongs to. */
export type ExaminedPlace = Readonly<{ unitId: UnitId; townId: UnitId }>;
