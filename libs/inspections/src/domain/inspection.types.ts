import type { Brand, LocalDate, PersonId, UnitId } from '@app/kernel';

export type InspectionId = Brand<string, 'InspectionId'>;

/** In the words of the findings that come of it. */
export type InspectionSource = Readonly<{
  kind: 'upper' | 'inspection' | 'self' | 'data' | 'leader' | 'other';
  name: string;
  batch: string | null;
  documentNumber: string | null;
}>;
export type InspectionManner = 'documents' | 'on-site' | 'household' | 'data' | 'unannounced';

/** 检查任务: which team goes to which villages on which days, by whose order and how. Both days are included. */
export type InspectionPlan = Readonly<{
  teamId: UnitId;
  members: readonly PersonId[];
  villages: readonly UnitId[];
  from: LocalDate;
  to: LocalDate;
  source: InspectionSource;
  manner: InspectionManner;
  note: string | null;
}>;
