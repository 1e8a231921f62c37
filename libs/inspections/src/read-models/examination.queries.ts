import type { Instant, LocalDate, PersonId, UnitId } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ExaminationId, ExaminedKind } from '../domain/examination.types';
import type { InspectionId } from '../domain/inspection.types';

export type Examined = Readonly<{ townId: UnitId; kind: ExaminedKind; total: number; bySelf: number }>;
export type ExaminationRow = Readonly<{
  examinationId: ExaminationId;
  /** Null: the town's own check. */
  inspectionId: InspectionId | null;
  unitId: UnitId;
  townId: UnitId;
  kind: ExaminedKind;
  count: number;
  from: LocalDate;
  to: LocalDate;
  toldAt: Instant;
  toldBy: PersonId;
  /** Of the last correction. */
  reason: string | null;
}>;

const COLUMNS = `examination_id as "examinationId", inspection_id as "inspectionId", unit_id as "unitId", town_id as "townId", kind, n as count,
  from_day as "from", to_day as "to", told_at as "toldAt", told_by as "toldBy", reason`;

/** What was examined, by town: as many rows as there were villages visited. */
@Injectable()
export class ExaminationQueries {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** Of checks whose last day lies from `from` to `to`; towns as they were then. */
  totals(from: LocalDate, to: LocalDate): Promise<readonly Examined[]> {
    return this.dataSource.query(
      `select town_id as "townId", kind, sum(n)::int as total, coalesce(sum(n) filter (where inspection_id is null), 0)::int as "bySelf"
       from examination where to_day >= $1 and to_day <= $2 group by town_id, kind order by town_id, kind`,
      [from, to],
    );
  }

  /** What a total consists of, newest first. */
  ofTowns(towns: readonly UnitId[], from: LocalDate, to: LocalDate, limit: number): Promise<readonly ExaminationRow[]> {
    return this.dataSource.query(
      `select ${COLUMNS} from examination where town_id = any($1) and to_day >= $2 and to_day <= $3
       order by to_day desc, unit_id, kind, examination_id limit $4`,
      [towns, from, to, limit],
    );
  }

  /** What teams examined in all towns, newest first. */
  byTeams(from: LocalDate, to: LocalDate, limit: number): Promise<readonly ExaminationRow[]> {
    return this.dataSource.query(
      `select ${COLUMNS} from examination where inspection_id is not null and to_day >= $1 and to_day <= $2
       order by to_day desc, unit_id, kind, examination_id limit $3`,
      [from, to, limit],
    );
  }

  ofInspection(inspectionId: InspectionId): Promise<readonly ExaminationRow[]> {
    return this.dataSource.query(`select ${COLUMNS} from examination where inspection_id = $1 order by unit_id, kind`, [inspectionId]);
  }
}
