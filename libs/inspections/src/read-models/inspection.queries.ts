import type { Instant, LocalDate, PersonId, UnitId } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { InspectionId, InspectionPlan } from '../domain/inspection.types';

export type InspectionRow = InspectionPlan &
  Readonly<{
    inspectionId: InspectionId;
    plannedBy: PersonId;
    plannedAt: Instant;
    endedAt: Instant | null;
    endReason: string | null;
    revision: number;
  }>;

/**
 * Which tasks somebody may know of. The inspected unit learns of one only when it is over (四不两直): `whenOver` holds then
 * alone, for tasks in one of those villages, or in any.
 */
export type InspectionScope = Readonly<{
  all: boolean;
  teams: readonly UnitId[];
  persons: readonly PersonId[];
  whenOver: 'any' | readonly UnitId[];
}>;

type Stored = Omit<InspectionRow, 'revision'> & Readonly<{ revision: string }>;

const COLUMNS = `inspection_id as "inspectionId", team_id as "teamId", members, villages, from_day as "from", to_day as "to", source, manner,
  note, planned_by as "plannedBy", planned_at as "plannedAt", ended_at as "endedAt", end_reason as "endReason", revision`;
/** $1 all, $2 teams, $3 persons, $4 whether any village counts once it is over, $5 villages, $6 today. */
const SEEN = `($1::bool or team_id = any($2::text[]) or members && $3::text[]
  or ((ended_at is not null or to_day < $6) and ($4::bool or villages && $5::text[])))`;
const seenBy = ({ all, teams, persons, whenOver }: InspectionScope, today: LocalDate): readonly unknown[] => [
  all,
  teams,
  persons,
  whenOver === 'any',
  whenOver === 'any' ? [] : whenOver,
  today,
];
const rowOf = (stored: Stored): InspectionRow => ({ ...stored, revision: Number(stored.revision) });

@Injectable()
export class InspectionQueries {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** Null: unknown, or not to be known by this reader. */
  async one(id: InspectionId, scope: InspectionScope, today: LocalDate): Promise<InspectionRow | null> {
    const [row] = await this.dataSource.query<Stored[]>(`select ${COLUMNS} from inspection where ${SEEN} and inspection_id = $7`, [
      ...seenBy(scope, today),
      id,
    ]);
    return row === undefined ? null : rowOf(row);
  }

  /** Latest first; `mine`: those the persons of the scope are members of. `after` is the last task of the page before. */
  async page(
    scope: InspectionScope,
    today: LocalDate,
    asked: Readonly<{ mine: boolean; limit: number; after: Readonly<{ from: LocalDate; id: string }> | null }>,
  ): Promise<readonly InspectionRow[]> {
    const rows = await this.dataSource.query<Stored[]>(
      `select ${COLUMNS} from inspection where ${SEEN} and (not $7::bool or members && $3::text[])
         and ($8::text is null or (from_day, inspection_id) < ($8, $9))
       order by from_day desc, inspection_id desc limit $10`,
      [...seenBy(scope, today), asked.mine, asked.after?.from ?? null, asked.after?.id ?? null, asked.limit],
    );
    return rows.map(rowOf);
  }

  /** Tasks of these persons that are under way on that day, the latest begun first. */
  async underWay(persons: readonly PersonId[], today: LocalDate): Promise<readonly InspectionRow[]> {
    const rows = await this.dataSource.query<Stored[]>(
      `select ${COLUMNS} from inspection where members && $1::text[] and from_day <= $2 and to_day >= $2 and ended_at is null
       order by from_day desc, inspection_id limit 20`,
      [persons, today],
    );
    return rows.map(rowOf);
  }
}
