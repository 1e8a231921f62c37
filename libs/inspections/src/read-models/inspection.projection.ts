import type { RecordedEvent } from '@app/event-store';
import { assertNever } from '@app/kernel';
import type { Projection, Tx } from '@app/read-store';
import type { ExaminationEvent } from '../domain/examination.events';
import type { InspectionEvent } from '../domain/inspection.events';

const HANDLES = {
  InspectionPlanned: true,
  InspectionChanged: true,
  InspectionEnded: true,
  SubjectsExamined: true,
  SubjectsExaminedCorrected: true,
} satisfies Record<(InspectionEvent | ExaminationEvent)['type'], boolean>;

const save = async (event: InspectionEvent | ExaminationEvent, stored: RecordedEvent, tx: Tx): Promise<void> => {
  const revision = stored.revision.toString();
  switch (event.type) {
    case 'InspectionPlanned':
    case 'InspectionChanged': {
      const { inspectionId, teamId, members, villages, from, to, source, manner, note, by, at } = event.data;
      await tx.query(
        `insert into inspection (inspection_id, team_id, members, villages, from_day, to_day, source, manner, note, planned_by, planned_at, revision)
         values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9, $10, $11, $12)
         on conflict (inspection_id) do update set team_id = excluded.team_id, members = excluded.members, villages = excluded.villages,
           from_day = excluded.from_day, to_day = excluded.to_day, source = excluded.source, manner = excluded.manner, note = excluded.note,
           revision = excluded.revision`,
        [inspectionId, teamId, members, villages, from, to, JSON.stringify(source), manner, note, by.personId, at, revision],
      );
      return;
    }
    case 'InspectionEnded': {
      const { inspectionId, at, reason } = event.data;
      await tx.query('update inspection set ended_at = $2, end_reason = $3, revision = $4 where inspection_id = $1', [
        inspectionId,
        at,
        reason,
        revision,
      ]);
      return;
    }
    case 'SubjectsExamined': {
      const { examinationId, origin, unitId, townId, kind, count, from, to, at, by } = event.data;
      const inspectionId = origin.kind === 'inspection' ? origin.inspectionId : null;
      await tx.query(
        `insert into examination (examination_id, inspection_id, unit_id, town_id, kind, n, from_day, to_day, told_at, told_by, reason, revision)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, null, $11) on conflict do nothing`,
        [examinationId, inspectionId, unitId, townId, kind, count, from, to, at, by.personId, revision],
      );
      return;
    }
    case 'SubjectsExaminedCorrected': {
      const { examinationId, count, reason, at, by } = event.data;
      await tx.query(
        'update examination set n = $2, told_at = $3, told_by = $4, reason = $5, revision = $6 where examination_id = $1 and revision < $6',
        [examinationId, count, at, by.personId, reason, revision],
      );
      return;
    }
    default:
      return assertNever(event);
  }
};

/** Inspection tasks as planned, changed and ended, and what was examined. Who may see a row is for the query to say. */
export const inspectionProjection: Projection = {
  name: 'inspection',
  version: 2,
  handles: Object.keys(HANDLES),
  tables: ['inspection', 'examination'],
  async apply(events: readonly RecordedEvent[], tx: Tx): Promise<void> {
    for (const stored of events) await save({ type: stored.type, data: stored.data } as InspectionEvent | ExaminationEvent, stored, tx);
  },
};
